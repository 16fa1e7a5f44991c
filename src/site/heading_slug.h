// The anchors that GitHub gives to headings, so that a page's table of contents can point to them.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Lower case; letters, marks, digits, "_", "-" and blanks stay, all else goes; blanks become "-". As GitHub's own
// renderer does it (github.com/gjtorikian/html-pipeline, toc_filter).
std::string heading_slug(std::string_view shown);

}  // namespace daybook
