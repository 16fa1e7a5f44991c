#include "settings/colour.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "core/text.h"

namespace daybook {

namespace {

// WCAG's relative luminance, from 0 (black) to 1.
double luminance(const Rgb& colour) {
  constexpr std::array<double, 3> weights = {0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double part = colour.parts[i] / 255.0;
    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

}  // namespace

std::optional<Rgb> parse_colour(std::string_view text) {
  if ((text.size() != 4 && text.size() != 7) || text[0] != '#' || !all(text.substr(1), is_hex_digit))
    return std::nullopt;
  const std::size_t digits = text.size() / 3;
  Rgb colour;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view part = text.substr(1 + i * digits, digits);
    std::from_chars(part.data(), part.data() + part.size(), colour.parts[i], 16);
    if (digits == 1) colour.parts[i] *= 17;
  }
  return colour;
}

std::string colour_text(const Rgb& colour) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "#";
  for (const int part : colour.parts)
    for (const int digit : {part / 16, part % 16}) text += digits[static_cast<std::size_t>(digit)];
  return text;
}

double contrast(const Rgb& one, const Rgb& other) {
  const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
  return (lighter + 0.05) / (darker + 0.05);
}

Rgb blended_until(const Rgb& colour, const Rgb& end, const Rgb& ground, double least_contrast) {
  constexpr int steps = 64;
  Rgb blend = colour;
  for (int step = 1; step <= steps && contrast(blend, ground) < least_contrast; ++step)
    for (std::size_t i = 0; i < 3; ++i)
      blend.parts[i] = colour.parts[i] + (end.parts[i] - colour.parts[i]) * step / steps;
  return blend;
}

}  // namespace daybook
