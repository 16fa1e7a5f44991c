// Colours of the web (sRGB), and whether text in one can be read on another: the contrast ratio of WCAG 2.2
// (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio), from 1 to 21.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace daybook {

struct Rgb {
  std::array<int, 3> parts = {};  // each from 0 to 255
  bool operator==(const Rgb&) const = default;
};

inline constexpr Rgb black{{0, 0, 0}};
inline constexpr Rgb white{{255, 255, 255}};
inline constexpr double readable_contrast = 4.5;  // what WCAG asks for text, level AA

// "#0b57a4" or "#05a", as CSS has it; nothing for all else.
std::optional<Rgb> parse_colour(std::string_view text);
std::string colour_text(const Rgb& colour);  // "#0b57a4"

double contrast(const Rgb& one, const Rgb& other);

// `colour`, blended with `end` no more than it takes to have that contrast against `ground`; `end` where nothing does.
Rgb blended_until(const Rgb& colour, const Rgb& end, const Rgb& ground, double least_contrast);

}  // namespace daybook
