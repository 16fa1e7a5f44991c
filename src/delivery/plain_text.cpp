#include "delivery/plain_text.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/text.h"

namespace daybook {

namespace {

using Range = std::pair<char32_t, char32_t>;  // first and last

constexpr std::array<Range, 17> without_width = {{{0x300, 0x36F},
                                                  {0x483, 0x489},
                                                  {0x591, 0x5BD},
                                                  {0x610, 0x61A},
                                                  {0x64B, 0x65F},
                                                  {0x1AB0, 0x1AFF},
                                                  {0x1DC0, 0x1DFF},
                                                  {0x200B, 0x200F},
                                                  {0x2028, 0x202E},
                                                  {0x2060, 0x2069},
                                                  {0x20D0, 0x20FF},
                                                  {0x3099, 0x309A},
                                                  {0xFE00, 0xFE0F},
                                                  {0xFE20, 0xFE2F},
                                                  {0xFEFF, 0xFEFF},
                                                  {0x1F3FB, 0x1F3FF},
                                                  {0xE0000, 0xE01EF}}};
constexpr std::array<Range, 12> east_asian = {{{0x1100, 0x115F},
                                               {0x2E80, 0x303E},
                                               {0x3041, 0x3247},
                                               {0x3250, 0x4DBF},
                                               {0x4E00, 0xA4CF},
                                               {0xA960, 0xA97F},
                                               {0xAC00, 0xD7A3},
                                               {0xF900, 0xFAFF},
                                               {0xFE30, 0xFE6F},
                                               {0xFF00, 0xFF60},
                                               {0xFFE0, 0xFFE6},
                                               {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 5> emoji = {
    {{0x231A, 0x231B}, {0x23E9, 0x23F3}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}}};

template <std::size_t count>
bool is_in(const std::array<Range, count>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return c >= range.first && c <= range.second; });
}

std::size_t columns_of(char32_t c) {
  if (c < 0x300) return 1;
  if (is_in(without_width, c)) return 0;
  return is_in(east_asian, c) || is_in(emoji, c) ? 2 : 1;
}

// What is not to be broken.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t columns = 0;
  bool after_blank = false;
};

std::vector<Piece> pieces_of(std::string_view line) {
  std::vector<Piece> pieces;
  bool after_blank = true;
  bool breaks = true;  // before the next letter
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(line, at);
    if (c == ' ') {
      after_blank = breaks = true;
      continue;
    }
    const std::size_t width = columns_of(c);
    const bool alone = width > 0 && is_in(east_asian, c);
    // An accent stays with its letter.
    if (after_blank || (width > 0 && breaks) || alone) pieces.push_back({start, at, 0, after_blank});
    pieces.back().end = at;
    pieces.back().columns += width;
    after_blank = false;
    if (width > 0) breaks = alone;
  }
  return pieces;
}

std::size_t indent_of(std::string_view line) {
  const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t digits = std::min(line.find_first_not_of("0123456789", blanks), line.size()) - blanks;
  return digits > 0 && line.substr(blanks + digits).starts_with(". ") ? blanks + 4 : blanks;
}

void append_wrapped(std::string& out, std::string_view line, std::size_t columns) {
  const std::size_t indent = indent_of(line);
  std::size_t column = std::min(line.find_first_not_of(' '), line.size());
  bool at_start = true;
  out.append(column, ' ');
  for (const Piece& piece : pieces_of(line)) {
    const std::size_t gap = piece.after_blank && !at_start ? 1 : 0;
    if (!at_start && column + gap + piece.columns > columns) {
      out.append(1, '\n').append(indent, ' ');
      column = indent;
    } else {
      out.append(gap, ' ');
      column += gap;
    }
    out += line.substr(piece.begin, piece.end - piece.begin);
    column += piece.columns;
    at_start = false;
  }
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) columns += columns_of(next_code_point(text, at));
  return columns;
}

std::string wrapped(std::string_view text, std::size_t columns) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  const auto lines = split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += '\n';
    const auto end = lines[i].find_last_not_of(' ');
    const std::string_view line = lines[i].substr(0, end == std::string_view::npos ? 0 : end + 1);
    if (columns_of(line) <= columns)
      out += line;
    else
      append_wrapped(out, line, columns);
  }
  return out;
}

}  // namespace daybook
