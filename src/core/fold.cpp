#include "core/fold.h"

#include <array>
#include <utility>

#include "core/ascii.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr char32_t latin_first = 0xC0;
constexpr char32_t latin_end = 0x180;
constexpr char32_t vietnamese_first = 0x1EA0;

// The letters of U+1EA0 to U+1EF9, a pair of capital and small each.
constexpr std::string_view vietnamese = "aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";

// core's slug() knows the letters of U+00C0 to U+017F; asked once for each.
std::array<char32_t, latin_end - latin_first> latin_letters() {
  std::array<char32_t, latin_end - latin_first> letters{};
  for (char32_t c = latin_first; c < latin_end; ++c) {
    std::string text;
    append_utf8(text, c);
    const std::string letter = slug(text);
    letters.at(c - latin_first) = letter.size() == 1 ? static_cast<unsigned char>(letter[0]) : c;
  }
  return letters;
}

// Single letters with hooks, carons and commas beyond those blocks: Pinyin, Vietnamese horns, Romanian.
char32_t folded_extended(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 22> letters = {
      {{0x1A0, 'o'}, {0x1A1, 'o'}, {0x1AF, 'u'}, {0x1B0, 'u'}, {0x1CD, 'a'}, {0x1CE, 'a'}, {0x1CF, 'i'}, {0x1D0, 'i'},
       {0x1D1, 'o'}, {0x1D2, 'o'}, {0x1D3, 'u'}, {0x1D4, 'u'}, {0x1D6, 'u'}, {0x1D8, 'u'}, {0x1DA, 'u'}, {0x1DC, 'u'},
       {0x1E6, 'g'}, {0x1E7, 'g'}, {0x218, 's'}, {0x219, 's'}, {0x21A, 't'}, {0x21B, 't'}}};
  for (const auto& [from, to] : letters) {
    if (from == c) return to;
  }
  return c;
}

}  // namespace

char32_t fold(char32_t c) {
  if (c < 0x80) return static_cast<unsigned char>(lower(static_cast<char>(c)));
  if (c < latin_first) return c;
  if (c < latin_end) {
    static const auto letters = latin_letters();
    return letters[c - latin_first];
  }
  if (c < 0x250) return folded_extended(c);
  if (c >= 0x300 && c < 0x370) return 0;
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
  if (c >= vietnamese_first && c < vietnamese_first + 2 * vietnamese.size())
    return static_cast<unsigned char>(vietnamese[(c - vietnamese_first) / 2]);
  return c;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = fold(next_code_point(text, at));
    if (c != 0) append_utf8(out, c);
  }
  return out;
}

}  // namespace daybook
