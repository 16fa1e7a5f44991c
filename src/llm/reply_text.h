// The text of a reply as language models write it: JSON between thoughts, prose and fences, in lines, in lists, with
// trailing commas, cut off.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace daybook {

// Where an entry stands: one that can be read, or of one that can't the rest of its line.
struct AnswerSpan {
  std::size_t begin = 0;
  std::size_t end = 0;  // behind it
  bool is_readable = true;
};

// Calls `met` with each entry: an object in the text that has a member "ARXIVID" (whatever its case and separators:
// "arxiv_id"), outermost first; objects inside of strings are no objects. Returns all that can be read or begin with
// such a member, in their order. Text may be anything; the work done is bounded by its length.
std::vector<AnswerSpan> for_each_entry(std::string_view text, const std::function<void(const Json&)>& met);

inline constexpr std::string_view id_key = "arxivid";

// The member whose name has the letters of `key`, which is in lower case; null where there is none.
const Json* loose_member(const Json& object, std::string_view key);

// The reply without what the model thought, as drafts of scores there are no answer: all up to the last mark that ends
// a thought (some endpoints leave the opening one out, some models think in prose before it), and all from a mark on
// that begins one which has no end. Marks are "<think>" of DeepSeek and its like under any of their names, "[THINK]" of
// Mistral, "◁think▷" of Kimi, "<|START_THINKING|>" of Cohere, and the channels of gpt-oss
// (https://cookbook.openai.com/articles/openai-harmony).
//
// A mark in an entry of the answer is none: a comment on a paper may speak of such marks, and must cost no other paper
// its answer. In an entry that can't be read it counts, and what follows in that line goes too: it may be forged.
std::string without_thoughts(std::string_view content);

}  // namespace daybook
