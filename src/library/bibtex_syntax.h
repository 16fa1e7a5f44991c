// The syntax of BibTeX files, without what fields mean: http://tug.org/docs/html/btxdoc/btxdoc.html and what programs
// make of it. bibtex.h is for users.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"

namespace daybook {

// What a field is good for, by its name in lower case.
enum class FieldUse { none, hint, text };

struct BibtexEntry {
  std::string type;                                         // both in lower case: "article", "title"
  std::vector<std::pair<std::string, std::string>> fields;  // those of use; of a name, the first
  int line = 0;                                             // of its '@'

  // Empty where there is none.
  std::string_view field(std::string_view name) const;
};

// Entries in the file's order; values are put together ('#', @string), with the braces and blanks that are in them.
// Text between entries, @comment and @preamble are passed over. UTF-8 only.
//
// Faults: an entry whose braces are not closed when the next one begins on a line of its own (left out), a brace too
// many, what stands where a field should (the first of an entry; the others of its fields are read), an unknown
// abbreviation in a field of text, a file without any entry. Keys and commas that are missing, and fields without a
// value, are none. In linear time: no recursion, nothing is looked at more than a few times, and abbreviations expand
// to 1 MiB in all.
std::vector<BibtexEntry> read_bibtex_entries(std::string_view text, const std::string& source,
                                             FieldUse (*use_of)(std::string_view field), Errors& errors);

}  // namespace daybook
