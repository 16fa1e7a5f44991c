// Letters without case and accents, so that words and names compare.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// The code point in lower case without its accent: 'É' -> 'e', U+1EC5 (ễ) -> 'e'; 0 for a combining accent. Latin
// letters that core's slug() writes in ASCII, Vietnamese ones, and Greek capitals; everything else stays as it is.
char32_t fold(char32_t code_point);

// All of a text.
std::string folded(std::string_view text);

}  // namespace daybook
