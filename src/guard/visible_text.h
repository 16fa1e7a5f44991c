// Text as a reader sees it, letters as a model takes them, however they are encoded, and without other papers' names.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// On one line: white space and line breaks of every kind are single blanks; controls, zero-width and bidirectional
// characters, variation selectors, tags, private use and unassigned planes are gone. Bytes that are not UTF-8 become
// U+FFFD.
std::string visible_text(std::string_view text);

// What is spelt in tag characters (U+E0020 to U+E007E), which are shown as nothing and read by LLMs all the same.
std::string tagged_text(std::string_view text);

// The letter or digit that a code point stands for: without case, accent and style (fullwidth, mathematical, circled);
// 0 for marks that only decorate. Other code points as they are.
char32_t plain_letter(char32_t code_point);

// The text with "[a paper]" in place of every arXiv id, of either scheme.
std::string without_arxiv_ids(std::string_view text);

// Whether an id is there in disguise: in other digits, with blanks around its full stop, or with "dot" in its place.
bool has_disguised_id(std::string_view text);

}  // namespace daybook
