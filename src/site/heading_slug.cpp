#include "site/heading_slug.h"

#include "core/text.h"

namespace daybook {

namespace {

// Beyond ASCII: the ranges of the Unicode blocks that hold no letters, marks or digits, or nearly none.
bool is_symbol(char32_t c) {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (in(0x80, 0xBF)) return c != 0xAA && c != 0xB5 && c != 0xBA;
  // Superscript letters are letters to Unicode, superscript digits and fractions no digits.
  if (in(0x2070, 0x209F)) return c != 0x2071 && c != 0x207F && !in(0x2090, 0x209C);
  return c == 0xD7 || c == 0xF7 || in(0x2C2, 0x2C5) || in(0x2D2, 0x2DF) || c == 0x37E || c == 0x387 || c == 0x3F6 ||
         in(0x2000, 0x206F) || in(0x20A0, 0x20CF) || in(0x2150, 0x215F) || in(0x2190, 0x245F) || in(0x249C, 0x24E9) ||
         in(0x2500, 0x2775) || in(0x2794, 0x2BFF) || in(0x2E00, 0x2E7F) || in(0x3001, 0x3004) || in(0x3008, 0x3020) ||
         in(0xFE10, 0xFE1F) || in(0xFE30, 0xFE32) || in(0xFF01, 0xFF0F) || in(0xFF1A, 0xFF20) || c == 0xFFFD ||
         in(0x1D6C1, 0x1D6C1) || in(0x1F000, 0x1FAFF) || in(0xE000, 0xF8FF);
}

char32_t lower(char32_t c) {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (in('A', 'Z') || (in(0xC0, 0xDE) && c != 0xD7)) return c + 0x20;
  if ((in(0x100, 0x137) && c != 0x130) || in(0x14A, 0x177)) return c | 1U;
  if (in(0x139, 0x148) || in(0x179, 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (c == 0x178) return 0xFF;
  if (in(0x391, 0x3A9)) return c + 0x20;
  if (in(0x410, 0x42F)) return c + 0x20;
  if (in(0x400, 0x40F)) return c + 0x50;
  return c;
}

}  // namespace

std::string heading_slug(std::string_view shown) {
  std::string slug;
  for (std::size_t i = 0; i < shown.size();) {
    const char32_t c = next_code_point(shown, i);
    const bool word =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (c == ' ') {
      slug += '-';
    } else if (word || (c >= 0x80 && !is_symbol(c))) {
      append_utf8(slug, lower(c));
    }
  }
  return slug;
}

}  // namespace daybook
