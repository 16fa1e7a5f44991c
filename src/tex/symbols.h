// TeX's commands for single symbols, in math and text.
#pragma once

#include <string_view>

namespace daybook {

struct Symbol {
  enum class Kind {
    letter,      // Greek and everything that behaves like a variable
    sign,        // binary operators, relations, arrows, punctuation
    open,        // opening delimiters
    close,       // closing delimiters
    sum,         // large, with limits above and below: \sum
    integral,    // large, limits at the side
    function,    // a name in upright letters: \log
    limit_name,  // the same, with what is below it below: \max
  };
  std::string_view name;  // without the backslash
  Kind kind;
  std::string_view text;  // Unicode
};

// The symbol of a command of math (LaTeX and the amsmath, amssymb packages), or null.
const Symbol* math_symbol(std::string_view name);

// The Unicode of a command that stands for characters in text (\ss, \ldots, \textendash); empty where it is none.
std::string_view text_symbol(std::string_view name);

// True of the text commands that are letters: the blank behind them only ends their name.
bool is_letter_command(std::string_view name);

}  // namespace daybook
