// TeX's dashes, ties and quotation marks, told from the same characters in plain text.
#pragma once

#include <cstddef>
#include <string_view>

namespace daybook {

// True where the text around `at` is an address (https://..), in which every character stands for itself.
bool in_address(std::string_view tex, std::size_t at);

// The '~' at `at` is a blank at which no line breaks: "Figure~1", "et al.~\cite", but not "~10%" or "5~10".
bool is_tie(std::string_view tex, std::size_t at);

// Hyphens at `at`: how many, and the dash they stand for; empty where they stand for themselves ("--flag", "<!--").
struct Dash {
  std::size_t length = 0;
  std::string_view text;
};
Dash dash_at(std::string_view tex, std::size_t at);

// Backticks at `at`: how many, and where what they open is closed. `close` is 0 where they are no quotation mark.
struct Quote {
  std::size_t length = 0;
  std::size_t close = 0;
  std::size_t close_length = 0;
};
Quote quote_at(std::string_view tex, std::size_t at);

}  // namespace daybook
