// Reads archives of Daybook's predecessors: published pages (of every generation since January 2025), stores by day,
// and bundles. Our own records are read too.
//
// The kind of a file is recognised by its content, not by its name. One file gives one day; several readings of one day
// (page and store) are merged by legacy/merge.h. Nothing is invented: a number that a page did not show stays unknown,
// and never becomes 0.
//
// A day that selected nothing is ambiguous. It is quiet if it announced nothing, complete if the LLM is known to have
// answered, and else lost: the predecessors wrote nothing on days without announcements, and a lost day gives way to
// any better reading.
//
// Our own Markdown pages are refused, since a page has only part of its day's record.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "day/day.h"

namespace daybook {

struct Imported {
  Day day;
  std::string prompt;  // the prompt's Markdown at the foot of a page, without quote marks; empty: none
};

// Whether a Markdown page was written by Daybook.
bool is_own_page(std::string_view text);

// Reads one file. `source` is its path; if the content has no date, the last YYYY-MM-DD in the file's name is used. The
// papers keep the file's order.
Result<Imported> import_file(std::string text, const std::string& source);

}  // namespace daybook
