// Where math, environments and groups of braces begin and end. Each finds its pairs in one pass when first asked.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook {

// The longest formula, in bytes; in 50,000 abstracts it has 900.
constexpr std::size_t math_bytes_max = 4096;

// The pairs of braces of a text. Escaped braces (\{) are none.
class Braces {
 public:
  explicit Braces(std::string_view tex) : tex_(tex) {}
  // The brace that closes the one at `open`; npos where none does.
  std::size_t close_of(std::size_t open);
  // A brace and its partner.
  using Pair = std::pair<std::size_t, std::size_t>;
  // Both braces of each pair, in their order in the text.
  const std::vector<Pair>& all();

 private:
  void match();
  std::string_view tex_;
  bool matched_ = false;
  std::vector<Pair> braces_;
};

struct MathSpan {
  std::string_view content;  // between the delimiters, white space at its ends cut off
  bool display = false;      // $$..$$, \[..\]
  std::size_t end = 0;       // behind the closing delimiter; 0: no math opens there
};

// Math between its delimiters. As in TeX and MathJax, braces nest: a '$' in the braces of \text{..} or x^{..} does not
// end the formula around it, and no formula reaches out of the braces in which it began. Braces without a partner are
// characters, so that "costs $5 {and" hides nothing.
class MathSpans {
 public:
  MathSpans(std::string_view tex, Braces& braces) : tex_(tex), braces_(braces) {}
  // The math that opens with the '$' or the backslash at `at`; sums of money and lone signs open none.
  MathSpan at(std::size_t at);

 private:
  struct Sign {
    std::size_t at;     // of the '$' or the backslash
    std::size_t close;  // where the next one is that could close it, in the same braces and paragraph; npos: nowhere
    std::size_t paragraph;
  };
  void find_signs();
  void find_closes();
  const Sign* sign_at(std::size_t at) const;
  MathSpan between(std::size_t from, std::size_t to, std::size_t sign_length) const;

  std::string_view tex_;
  Braces& braces_;
  bool found_ = false;
  std::vector<Sign> signs_;  // in their order
};

// The environments of a text: \begin{name} .. \end{name}.
class Environments {
 public:
  explicit Environments(std::string_view tex) : tex_(tex) {}
  // Behind the \end{name} of the environment that begins with the backslash at `begin`; npos where none ends it.
  std::size_t end_of(std::size_t begin);

 private:
  void match();
  std::string_view tex_;
  bool matched_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;  // sorted by where they begin
};

}  // namespace daybook
