// Older archives read: the predecessors' published pages, their stores by day, their bundles, and our own records and
// Markdown pages.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "day/day.h"

namespace daybook {

struct Imported {
  Day day;
  std::string prompt;  // the prompt's Markdown at the foot of a page, quote marks taken off; empty: none
};

// Reads one file, its kind recognised by its content. `source` is its path; a date in the file's name (the last
// YYYY-MM-DD in it) serves where the content has none. The papers keep the file's order.
Result<Imported> import_file(std::string text, const std::string& source);

}  // namespace daybook
