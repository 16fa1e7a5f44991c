// What MathML has to know of TeX's commands and signs.
#pragma once

#include <string_view>

namespace daybook {

// An accent over or under its base: \hat, \overline, \underbrace.
struct MathAccent {
  std::string_view text;  // the character; empty: no such accent
  bool under = false;
  bool stretchy = false;
};
MathAccent math_accent(std::string_view name);

// A blank of that width in em as MathML writes it ("0.1667em"); empty where the command is no blank. "\," has the name
// ",".
std::string_view space_width(std::string_view name);

// The size of a delimiter behind \big and the like ("1.2em"); empty where the command is none of them.
std::string_view delimiter_size(std::string_view name);

// True of commands that change nothing in MathML: \displaystyle, \limits.
bool is_layout(std::string_view name);

// True of commands of which only the argument is left: \mathrel{..}, \smash{..}.
bool is_wrapper(std::string_view name);

// True of commands whose argument is running text: \text{..}.
bool is_words(std::string_view name);

// The brackets of an environment of amsmath; `known` is false where it is none.
struct MathTable {
  bool known = false;
  std::string_view open, close;
  bool left = false;  // its columns are aligned to the left
};
MathTable math_table(std::string_view environment);

}  // namespace daybook
