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

// An environment of LaTeX's math, of amsmath or mathtools; `known` is false where it is none.
struct MathTable {
  bool known = false;
  std::string_view open, close;  // its brackets
  std::string_view columns;      // how they are aligned; empty: in the middle
  bool lines = false;            // its rows are formulas in a line of their own, as big as there
  bool argument = false;         // it has one of its own: \begin{array}{cc}
  std::string_view inner = {};   // what stands for it inside of $..$
};
MathTable math_table(std::string_view environment);

}  // namespace daybook
