// Math that plain Unicode can say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook {

// What stands beside the formula, so that no digit runs into another one ("2$\frac{1}{2}$D" is 2½D, not 21/2D).
struct MathNeighbours {
  char before = '\0', behind = '\0';  // NUL: nothing
};

// "n^2" -> "n²", "\mathcal{O}(n \log n)" -> "𝒪(n log n)"; nothing where a reader could take it for something else, or
// Unicode has no such character.
std::optional<std::string> unicode_math(std::string_view tex, MathNeighbours beside = {});

// For readers that show no formula, and so never nothing where braces match: scripts that Unicode has no characters for
// are "x^(n+1)", a command that is not known is its name, an accent over several letters is left out.
std::optional<std::string> readable_math(std::string_view tex, MathNeighbours beside = {});

// The same, with every script between two of these characters, which no text has.
struct ScriptMarks {
  static constexpr char superscript = '\1', end_superscript = '\2', subscript = '\3', end_subscript = '\4';
};
std::optional<std::string> marked_math(std::string_view tex, MathNeighbours beside = {});

// As unicode_math, with "_{..}" and "^{..}" for scripts that Unicode has no characters for: "y_{if k>1}", "^{p,q}".
std::optional<std::string> linear_math(std::string_view tex, MathNeighbours beside = {});

// What MathJax's \unicode{x2713} stands for, of its argument "x2713" or "10003"; 0 where it is none.
char32_t coded_character(std::string_view code);

}  // namespace daybook
