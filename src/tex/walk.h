// walk() makes one pass over TeX as arXiv's metadata has it (tex/tex.h): it turns text into Unicode, finds math, and
// reports both to a Listener, which decides what becomes of them. HTML, Markdown, plain text and runs() are listeners.
//
// It is not a TeX engine: it expands no macros, and it never fails. Abstracts are written by hand and often contain no
// TeX at all ("costs $5", "50% of <x>"), so whatever is not understood passes through as it was written. No tree is
// built: pieces are reported as they come.
//
// Time is linear in the length. Where a mark needs its counterpart (a quotation, the braces of an address, an optional
// argument) the search is bounded, at 300 to 2,000 bytes; what is longer stands for itself.
#pragma once

#include <string_view>

namespace daybook {

// How a formula is delimited: one_line by $..$ or \(..\); display by $$..$$ or \[..\]; environment by itself
// (\begin{align} .. \end{align}).
enum class MathSigns { one_line, display, environment };

class Listener {
 public:
  virtual ~Listener() = default;
  virtual void text(std::string_view unicode) = 0;  // in pieces of any length
  virtual void tie() = 0;                           // a no-break space (~)
  virtual void math(std::string_view tex, MathSigns signs) = 0;
};

// True of most names and many titles: 64 bytes of ASCII at most that hold nothing of TeX and stand for themselves.
bool is_short_text(std::string_view tex);

// Bytes that are not UTF-8 become U+FFFD.
void walk(std::string_view tex, Listener& listener);

}  // namespace daybook
