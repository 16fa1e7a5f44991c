// One pass over TeX: text is turned into Unicode, math is found; who listens decides what becomes of both.
#pragma once

#include <string_view>

namespace daybook {

// What stands around a formula: $..$ or \(..\); $$..$$ or \[..\]; nothing, because it is an environment
// (\begin{align} .. \end{align}).
enum class MathSigns { one_line, display, environment };

class Listener {
 public:
  virtual ~Listener() = default;
  virtual void text(std::string_view unicode) = 0;  // in pieces, as they come
  virtual void tie() = 0;                           // a blank at which a line must not break (~)
  virtual void math(std::string_view tex, MathSigns signs) = 0;
};

// Bytes that are not UTF-8 become U+FFFD. Takes time in proportion to its length.
void walk(std::string_view tex, Listener& listener);

}  // namespace daybook
