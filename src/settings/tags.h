// The tags of a mustache template, where they stand: the library tells neither names nor lines.
#pragma once

#include <string_view>
#include <vector>

#include "settings/templates.h"

namespace daybook {

struct Tag {
  char kind;  // 'v' variable, '{' and '&' unescaped, '#', '^', '/', '>', '!' comment, '=' delimiters, '?' not closed
  std::string_view name;
  std::size_t begin;  // of its "{{"
  std::size_t end;    // behind its "}}"
};

std::vector<Tag> tags_of(std::string_view text);

// Where the byte of an expanded template stands in the file that it came from.
Place place_in(const Templates::Expanded& expanded, std::size_t offset);

}  // namespace daybook
