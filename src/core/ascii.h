// Questions about single bytes of UTF-8 text, whatever the locale; <cctype> asks it, and takes no negative char.
#pragma once

#include <algorithm>
#include <string_view>

namespace daybook {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }  // what trim() takes off
constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// `all(text, is_digit)`; true of an empty text.
template <typename Is>
constexpr bool all(std::string_view text, Is is) {
  return std::all_of(text.begin(), text.end(), is);
}

}  // namespace daybook
