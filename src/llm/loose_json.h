// JSON as language models write it: between prose and fences, in lines, in lists, with trailing commas, cut off.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace daybook {

// Calls `met` with each object in the text that has a member named `key` (whatever its case and separators: "ARXIVID",
// "arxiv_id"), outermost first; objects inside of strings are no objects. Returns how many that begin with such a
// member could not be read. Text may be anything; the work done is bounded by its length.
int for_each_object(std::string_view text, std::string_view key, const std::function<void(const Json&)>& met);

// Where such objects stand, in their order: those that can be read, and of those that can't the rest of their line.
struct ObjectSpan {
  std::size_t begin = 0;
  std::size_t end = 0;  // behind it
  bool is_readable = true;
};
std::vector<ObjectSpan> object_spans(std::string_view text, std::string_view key);

// The member whose name has the letters of `key`, which is in lower case; null where there is none.
const Json* loose_member(const Json& object, std::string_view key);

}  // namespace daybook
