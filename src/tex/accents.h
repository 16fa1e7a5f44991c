// TeX's accents on letters, as composed Unicode (NFC).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook {

// The combining character of an accent command, by the command's name: "'" -> U+0301, "c" -> U+0327. 0 where it is
// none.
char32_t combining_accent(std::string_view command);

// The letter with a combining accent: one letter where Unicode has it (Unicode Standard 3.11, canonical composition).
std::string with_accent(char32_t letter, char32_t accent);

// A letter under its accent, read from TeX: \"o, \"{o}, \'{\i}, \c c, \'{\^a}.
struct Accented {
  std::string text;     // Unicode
  std::size_t end = 0;  // behind the last byte read; 0 where there is no accented letter
};
// The accent command starts with the backslash at `at`.
Accented accented_at(std::string_view tex, std::size_t at);

}  // namespace daybook
