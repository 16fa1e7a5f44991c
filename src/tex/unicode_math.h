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

// The same, with "_{..}" and "^{..}" for scripts that Unicode has no characters for: "y_{if k>1}", "^{p,q}".
std::optional<std::string> linear_math(std::string_view tex, MathNeighbours beside = {});

}  // namespace daybook
