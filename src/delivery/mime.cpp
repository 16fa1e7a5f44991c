#include "delivery/mime.h"

#include <algorithm>

#include "core/escape.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr std::size_t header_columns = 76;      // of a line with an encoded word, RFC 2047 2
constexpr std::size_t encoded_word_bytes = 75;  // the same
constexpr std::size_t body_columns = 76;        // RFC 2045 6.7 (5)
constexpr std::string_view word_start = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t n) {
      return i + n < bytes.size() ? static_cast<unsigned char>(bytes[i + n]) : 0U;
    };
    const unsigned three = byte(0) << 16U | byte(1) << 8U | byte(2);
    for (std::size_t n = 0; n < 4; ++n)
      out += i + n > bytes.size() ? '=' : digits[three >> (18U - 6U * static_cast<unsigned>(n)) & 63U];
  }
  return out;
}

std::string encoded_words(std::string_view text, std::size_t column) {
  std::string out;
  while (!text.empty()) {
    const std::size_t room =
        std::min(encoded_word_bytes, header_columns - column) - word_start.size() - word_end.size();
    const std::string_view part = utf8_prefix(text, room / 4 * 3);
    if (!out.empty()) out += "\r\n ";
    out.append(word_start).append(base64(part)).append(word_end);
    text.remove_prefix(part.size());
    column = 1;
  }
  return out;
}

// At blanks, each of which begins the next line.
std::string folded_header(std::string_view text, std::size_t column) {
  std::string out;
  for (const std::string_view word : split(text, ' ')) {
    const bool fits = out.empty() || column + 1 + word.size() <= header_columns;
    if (!out.empty()) out += fits ? " " : "\r\n ";
    column = fits ? column + (out.empty() ? 0 : 1) + word.size() : 1 + word.size();
    out += word;
  }
  return out;
}

template <typename Is>
bool goes_as_it_is(std::string_view line, std::size_t column, Is is_allowed) {
  const auto words = split(line, ' ');
  return all(line, [&](char c) { return c == ' ' || is_allowed(c); }) && line.find("=?") == line.npos &&
         std::all_of(words.begin(), words.end(),
                     [&](std::string_view word) { return column + word.size() <= header_columns; });
}

std::string line_of(std::string_view text) { return one_line(printable(text)); }

}  // namespace

std::string header_text(std::string_view text, std::size_t column) {
  const std::string line = line_of(text);
  const auto is_allowed = [](char c) { return c > ' ' && c < 0x7F; };
  return goes_as_it_is(line, column, is_allowed) ? folded_header(line, column) : encoded_words(line, column);
}

std::string header_phrase(std::string_view name, std::size_t column) {
  const std::string line = line_of(name);
  return goes_as_it_is(line, column, is_alnum) ? folded_header(line, column) : encoded_words(line, column);
}

std::string quoted_printable(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() * 9 / 8);
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool blank_at_end = c == ' ' && (i + 1 == text.size() || text[i + 1] == '\n');
    const bool plain = c >= ' ' && c < 0x7F && c != '=' && !blank_at_end;
    const std::size_t width = plain ? 1 : 3;
    if (column + width > body_columns - 1) {  // the last is for the '=' of a line that goes on
      out += "=\r\n";
      column = 0;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      out += c;
    else
      out.append(1, '=').append(1, hex[byte >> 4U]).append(1, hex[byte & 15U]);
    column += width;
  }
  return out;
}

}  // namespace daybook
