// Questions about single bytes of UTF-8 text.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/text.h"

namespace daybook {

inline bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
// A letter or digit, or part of any character outside ASCII.
inline bool is_word(char c) { return is_alnum(c) || !is_ascii(c); }
inline bool is_ascii_punctuation(char c) { return c > ' ' && c < '\x7F' && !is_alnum(c); }

// The byte there, or NUL outside of the text.
inline char byte_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }
inline char byte_before(std::string_view text, std::size_t at) { return at > 0 ? text[at - 1] : '\0'; }

// The letters from `at` on: the name of the TeX command whose backslash is in front of them.
inline std::string_view letters_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  std::size_t end = at;
  while (end < text.size() && is_letter(text[end])) ++end;
  return text.substr(at, end - at);
}

// True of a name that stands in a list of names parted by single blanks.
inline bool is_one_of(std::string_view name, std::string_view list) {
  if (name.empty() || name.find(' ') != std::string_view::npos) return false;
  for (std::size_t at = list.find(name); at != std::string_view::npos; at = list.find(name, at + 1)) {
    const bool starts = at == 0 || list[at - 1] == ' ';
    if (starts && (at + name.size() == list.size() || list[at + name.size()] == ' ')) return true;
  }
  return false;
}

inline std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Where the next of a few bytes is, for a reader that never goes back. Each is looked for alone, which memchr() does
// many bytes at a time: quicker than a ByteSet where they are rare.
template <std::size_t count>
class NextOf {
 public:
  NextOf(std::string_view text, const char (&bytes)[count + 1]) : text_(text) {
    for (std::size_t i = 0; i < count; ++i) each_[i] = {bytes[i], find(bytes[i], 0)};
  }
  // At `at` or behind it; the text's end where there is none.
  std::size_t from(std::size_t at) {
    std::size_t nearest = text_.size();
    for (Next& next : each_) {
      if (next.at < at) next.at = find(next.byte, at);
      nearest = std::min(nearest, next.at);
    }
    return nearest;
  }

 private:
  struct Next {
    char byte = '\0';
    std::size_t at = 0;
  };
  std::size_t find(char byte, std::size_t from) const { return std::min(text_.find(byte, from), text_.size()); }

  std::string_view text_;
  std::array<Next, count> each_;
};

}  // namespace daybook
