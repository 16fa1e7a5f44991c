#include "guard/addressed_text.h"

#include <algorithm>
#include <array>

#include "core/fold.h"
#include "core/text.h"

namespace daybook {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr bool is_in(const Range& range, char32_t c) { return c >= range.first && c <= range.last; }

template <std::size_t n>
bool is_in_any(const std::array<Range, n>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return is_in(range, c); });
}

// White_Space of Unicode's PropList.txt, and what is drawn as nothing but a gap.
constexpr std::array<Range, 11> gaps = {{{0x09, 0x0D},
                                         {0x20, 0x20},
                                         {0x85, 0x85},
                                         {0xA0, 0xA0},
                                         {0x1680, 0x1680},
                                         {0x2000, 0x200A},
                                         {0x2028, 0x2029},
                                         {0x202F, 0x202F},
                                         {0x205F, 0x205F},
                                         {0x2800, 0x2800},
                                         {0x3000, 0x3000}}};

// Default_Ignorable_Code_Point of DerivedCoreProperties.txt, controls, interlinear annotation, private use and what no
// character is assigned to beyond plane 3.
constexpr std::array<Range, 19> unseen = {{{0x00, 0x1F},
                                           {0x7F, 0x9F},
                                           {0xAD, 0xAD},
                                           {0x34F, 0x34F},
                                           {0x61C, 0x61C},
                                           {0x115F, 0x1160},
                                           {0x17B4, 0x17B5},
                                           {0x180B, 0x180F},
                                           {0x200B, 0x200F},
                                           {0x202A, 0x202E},
                                           {0x2060, 0x206F},
                                           {0x3164, 0x3164},
                                           {0xE000, 0xF8FF},
                                           {0xFE00, 0xFE0F},
                                           {0xFEFF, 0xFEFF},
                                           {0xFFA0, 0xFFA0},
                                           {0xFFF0, 0xFFFB},
                                           {0x1D173, 0x1D17A},
                                           {0x40000, 0x10FFFF}}};

constexpr std::array<Range, 5> decorations = {
    {{0x300, 0x36F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F}}};

// Alphabets of 26 letters in a row, each a copy of the Latin one.
constexpr std::array<Range, 7> alphabets = {{{0x249C, 0x24B5},
                                             {0x24B6, 0x24CF},
                                             {0x24D0, 0x24E9},
                                             {0x1F130, 0x1F149},
                                             {0x1F150, 0x1F169},
                                             {0x1F170, 0x1F189},
                                             {0x1F1E6, 0x1F1FF}}};

struct Lookalike {
  char32_t from;
  char to;
};

// Letters apart from the alphabets above: small capitals, script and double-struck ones, those of phonetics.
constexpr std::array<Lookalike, 58> styled = {
    {{0x131, 'i'},  {0x251, 'a'},  {0x261, 'g'},  {0x262, 'g'},  {0x269, 'i'},  {0x26A, 'i'},  {0x274, 'n'},
     {0x280, 'r'},  {0x28F, 'y'},  {0x299, 'b'},  {0x29C, 'h'},  {0x29F, 'l'},  {0x1D00, 'a'}, {0x1D04, 'c'},
     {0x1D05, 'd'}, {0x1D07, 'e'}, {0x1D0A, 'j'}, {0x1D0B, 'k'}, {0x1D0D, 'm'}, {0x1D0F, 'o'}, {0x1D18, 'p'},
     {0x1D1B, 't'}, {0x1D1C, 'u'}, {0x1D20, 'v'}, {0x1D21, 'w'}, {0x1D22, 'z'}, {0x2071, 'i'}, {0x207F, 'n'},
     {0x2102, 'c'}, {0x210A, 'g'}, {0x210B, 'h'}, {0x210C, 'h'}, {0x210D, 'h'}, {0x210E, 'h'}, {0x2110, 'i'},
     {0x2111, 'i'}, {0x2112, 'l'}, {0x2113, 'l'}, {0x2115, 'n'}, {0x2119, 'p'}, {0x211A, 'q'}, {0x211B, 'r'},
     {0x211C, 'r'}, {0x211D, 'r'}, {0x2124, 'z'}, {0x2128, 'z'}, {0x212C, 'b'}, {0x212D, 'c'}, {0x212F, 'e'},
     {0x2130, 'e'}, {0x2131, 'f'}, {0x2133, 'm'}, {0x2134, 'o'}, {0x2139, 'i'}, {0x2170, 'i'}, {0xA730, 'f'},
     {0xA731, 's'}, {0xA7AF, 'q'}}};

constexpr std::array<Lookalike, 43> foreign = {
    {{0x3B1, 'a'}, {0x3B2, 'b'}, {0x3B3, 'y'}, {0x3B5, 'e'}, {0x3B7, 'n'}, {0x3B9, 'i'}, {0x3BA, 'k'}, {0x3BD, 'v'},
     {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C3, 'o'}, {0x3C4, 't'}, {0x3C5, 'u'}, {0x3C7, 'x'}, {0x430, 'a'}, {0x432, 'b'},
     {0x435, 'e'}, {0x437, '3'}, {0x438, 'u'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43D, 'h'}, {0x43E, 'o'}, {0x43F, 'n'},
     {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'}, {0x44C, 'b'}, {0x451, 'e'}, {0x455, 's'},
     {0x456, 'i'}, {0x458, 'j'}, {0x475, 'v'}, {0x4AF, 'y'}, {0x4BB, 'h'}, {0x4CF, 'l'}, {0x501, 'd'}, {0x51B, 'q'},
     {0x51D, 'w'}, {0x57D, 'u'}, {0x585, 'o'}}};

template <std::size_t n>
char32_t replaced(const std::array<Lookalike, n>& letters, char32_t c) {
  const auto found = std::lower_bound(letters.begin(), letters.end(), c,
                                      [](const Lookalike& letter, char32_t wanted) { return letter.from < wanted; });
  return found != letters.end() && found->from == c ? static_cast<char32_t>(found->to) : c;
}

// U+1D400 to U+1D7FF: thirteen alphabets of both cases, then Greek ones, then five rows of digits.
char32_t mathematical(char32_t c) {
  if (c <= 0x1D6A3) return 'a' + (c - 0x1D400) % 26;
  return c >= 0x1D7CE ? '0' + (c - 0x1D7CE) % 10 : c;
}

// What next_code_point() may be asked for.
std::string valid_utf8(std::string_view text) { return is_utf8(text) ? std::string(text) : repaired_utf8(text); }

}  // namespace

std::string visible_text(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string out;
  out.reserve(valid.size());
  bool gap = false;
  for (std::size_t at = 0; at < valid.size();) {
    const std::size_t start = at;
    // Printed ASCII, most of every text, goes over as it is.
    while (at < valid.size() && valid[at] > ' ' && valid[at] < '\x7F') ++at;
    if (at > start) {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      out.append(valid, start, at - start);
      continue;
    }
    const char32_t c = next_code_point(valid, at);
    if (is_in_any(gaps, c)) {
      gap = true;
      continue;
    }
    if (is_in_any(unseen, c)) continue;
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out.append(valid, start, at - start);
  }
  return out;
}

std::string tagged_text(std::string_view text) {
  std::string out;
  if (text.find("\xF3\xA0") == std::string_view::npos) return out;  // how every code point from U+E0000 begins
  const std::string valid = valid_utf8(text);
  for (std::size_t at = 0; at < valid.size();) {
    const char32_t c = next_code_point(valid, at);
    if (c >= 0xE0020 && c <= 0xE007E) out += static_cast<char>(c - 0xE0000);
  }
  return out;
}

char32_t plain_letter(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c < 0x80) return fold(c);
  if (is_in_any(decorations, c)) return 0;
  if (c >= 0x1D400 && c <= 0x1D7FF) return fold(mathematical(c));
  for (const Range& alphabet : alphabets)
    if (is_in(alphabet, c)) return 'a' + (c - alphabet.first);
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c == 0x401 ? 0x435 : c + 0x50;
  const char32_t letter = replaced(styled, c);
  return letter == c ? fold(c) : letter;
}

char32_t latin_lookalike(char32_t c) { return replaced(foreign, c); }

}  // namespace daybook
