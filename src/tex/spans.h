// Where math and groups of braces begin and end.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook {

struct MathSpan {
  std::string_view content;  // between the delimiters, white space at its ends cut off
  bool display = false;      // $$..$$, \[..\]
  std::size_t end = 0;       // behind the closing delimiter; 0: no math opens there
};

// The math that opens with the '$' or the backslash at `at`; sums of money and lone signs open none.
MathSpan math_at(std::string_view tex, std::size_t at);

// The pairs of braces of a text, found in one pass when first asked for. Escaped braces (\{) are none.
class Braces {
 public:
  explicit Braces(std::string_view tex) : tex_(tex) {}
  // The brace that closes the one at `open`; npos where none does.
  std::size_t close_of(std::size_t open);

 private:
  void match();
  std::string_view tex_;
  bool matched_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;  // sorted by the opening brace
};

}  // namespace daybook
