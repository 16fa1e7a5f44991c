#include "guard/visible_text.h"

#include "core/text.h"
#include "paper/paper.h"

namespace daybook {

namespace {

// Ranges: the first and the last code point of each.
template <std::size_t n>
bool is_in(const char32_t (&ranges)[n], char32_t c) {
  for (std::size_t i = 0; i < n; i += 2)
    if (c >= ranges[i] && c <= ranges[i + 1]) return true;
  return false;
}

// White_Space of Unicode's PropList.txt, and what is drawn as nothing but a gap.
constexpr char32_t gaps[] = {0x09,   0x0D,   0x20,   0x20,   0x85,   0x85,   0xA0,   0xA0,   0x1680, 0x1680, 0x2000,
                             0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F, 0x2800, 0x2800, 0x3000, 0x3000};

// Default_Ignorable_Code_Point of DerivedCoreProperties.txt, controls, interlinear annotation, private use and what no
// character is assigned to beyond plane 3.
constexpr char32_t unseen[] = {0x00,   0x1F,   0x7F,   0x9F,   0xAD,    0xAD,    0x34F,   0x34F,   0x61C,  0x61C,
                               0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B,  0x180F,  0x200B,  0x200F,  0x202A, 0x202E,
                               0x2060, 0x206F, 0x3164, 0x3164, 0xE000,  0xF8FF,  0xFE00,  0xFE0F,  0xFEFF, 0xFEFF,
                               0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB, 0x1D173, 0x1D17A, 0x40000, 0x10FFFF};

// Where copies of the Latin alphabet start, of 26 letters in a row each: in circles, brackets and squares.
constexpr char32_t alphabets[] = {0x249C, 0x24B6, 0x24D0, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6};

std::size_t end_of_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// Where the archive of an id of the old scheme would stand: "math.GT".
std::string_view archive_at_end(std::string_view out) {
  std::size_t start = out.size();
  while (start > 0 && (is_letter(out[start - 1]) || out[start - 1] == '-' || out[start - 1] == '.')) --start;
  return out.substr(start);
}

// The length of the id at `at`: "9901.00002", or "/9901002" behind `archive`. 0: none is there.
std::size_t id_length(std::string_view text, std::size_t at, std::string_view archive) {
  const bool is_old = text[at] == '/' && !archive.empty();
  if (!is_old && (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1])))) return 0;
  std::size_t end = end_of_digits(text, at + 1);
  if (is_old ? end - at != 8 : end - at != 4 || end == text.size() || text[end] != '.') return 0;
  if (!is_old) end = end_of_digits(text, end + 1);
  const std::string id = ascii_lower(is_old ? archive : "") + std::string(text.substr(at, end - at));
  return ArxivId::parse(id) ? end - at : 0;
}

}  // namespace

std::string visible_text(std::string_view text) {
  const std::string valid = is_utf8(text) ? std::string(text) : repaired_utf8(text);
  std::string out;
  out.reserve(valid.size());
  bool gap = false;
  for (std::size_t at = 0; at < valid.size();) {
    const std::size_t start = at;
    // Printed ASCII, most of every text, goes over as it is.
    while (at < valid.size() && valid[at] > ' ' && valid[at] < '\x7F') ++at;
    if (at == start) {
      const char32_t c = next_code_point(valid, at);
      const bool is_gap = is_in(gaps, c);
      gap |= is_gap;
      if (is_gap || is_in(unseen, c)) continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out.append(valid, start, at - start);
  }
  return out;
}

std::string tagged_text(std::string_view text) {
  constexpr std::string_view start = "\xF3\xA0";  // of every code point from U+E0000; then 0x80 or 0x81, and six bits
  std::string out;
  for (auto at = text.find(start); at != text.npos && at + 3 < text.size(); at = text.find(start, at + 4))
    if (const int c = (text[at + 2] & 1) << 6 | (text[at + 3] & 0x3F); c >= ' ' && c <= '~')
      out += static_cast<char>(c);
  return out;
}

char32_t plain_letter(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;                     // fullwidth
  if (c >= 0x1D400 && c <= 0x1D6A3) c = 'a' + (c - 0x1D400) % 26;  // thirteen mathematical alphabets of both cases
  if (c >= 0x1D7CE && c <= 0x1D7FF) c = '0' + (c - 0x1D7CE) % 10;  // and five rows of digits
  for (const char32_t first : alphabets)
    if (c >= first && c < first + 26) return 'a' + (c - first);
  return fold(c);
}

std::string without_arxiv_ids(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view archive = text[at] == '/' ? archive_at_end(out) : std::string_view();
    const std::size_t length = is_digit(text[at]) || !archive.empty() ? id_length(text, at, archive) : 0;
    if (length == 0) {
      out += text[at++];
      continue;
    }
    out.resize(out.size() - archive.size());
    out += "[a paper]";
    at += length;
  }
  return out;
}

bool has_disguised_id(std::string_view text) {
  constexpr std::u32string_view stops = U"\u00B7\u2022\u2024\u2027\u2219\u22C5\u3002\uFF61";
  bool may_have = false;
  for (std::size_t at = 0; at < text.size() && !may_have; at = end_of_digits(text, at) + 1)
    may_have = end_of_digits(text, at) - at == 4 || static_cast<unsigned char>(text[at]) >= 0x80;
  if (!may_have) return false;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const char32_t letter = stops.find(c) != stops.npos ? U'.' : plain_letter(c);
    const bool is_between = letter == ' ' && plain.ends_with('.');
    if (is_between || letter == '[' || letter == ']' || letter == '(' || letter == ')') continue;
    append_utf8(plain, letter);
    for (const std::string_view stop : {".", "dot", "point", "_"}) {
      if (!plain.ends_with(stop)) continue;
      plain.resize(plain.find_last_not_of(' ', plain.size() - stop.size() - 1) + 1);
      plain += '.';
    }
  }
  return without_arxiv_ids(plain) != plain;
}

}  // namespace daybook
