// Math that plain Unicode can say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook {

// "n^2" -> "n²", "\mathcal{O}(n \log n)" -> "𝒪(n log n)"; nothing where a reader could take it for something else, or
// Unicode has no such character.
std::optional<std::string> unicode_math(std::string_view tex);

}  // namespace daybook
