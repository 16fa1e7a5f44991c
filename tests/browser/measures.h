// What a page measures for a reader's eye, and a site for his line.
#pragma once

#include <cstddef>
#include <string>

#include "browser/devtools.h"

namespace daybook::browser {

double number(Page& page, const std::string& expression);

// Where the third paper's title ends, in pixels from the top of the page; 0: there are fewer.
double third_title_end(Page& page);

// The height of the page in heights of its window.
double screens(Page& page);

// Whether something stands out to the right, so that the page scrolls sideways.
bool is_too_wide(Page& page);

int pdf_pages(const std::string& pdf);
std::size_t gzip_bytes(const std::string& bytes);

}  // namespace daybook::browser
