#include "core/escape.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace daybook {
namespace {

// What a byte needs: nothing, an entity, or a look at what follows it.
enum Need : unsigned char { none, entity, refused, look };

constexpr std::array<Need, 256> needs_of_bytes() {
  std::array<Need, 256> table{};
  for (unsigned c = 0; c < 0x20; ++c) table[c] = refused;
  table['\t'] = table['\n'] = table['\r'] = none;
  table[0x7F] = refused;
  for (const char c : std::string_view("&<>\"")) table[static_cast<unsigned char>(c)] = entity;
  table[0xC2] = look;  // U+0080-009F, control characters
  table[0xE2] = look;  // U+202A-202E and U+2066-2069, bidirectional controls
  table[0xEF] = look;  // U+FFFE, U+FFFF and U+FDD0-FDEF, no characters
  return table;
}
constexpr std::array<Need, 256> needs = needs_of_bytes();

constexpr std::string_view replacement = "\uFFFD";

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    default:
      return "&quot;";
  }
}

bool is_bidi_control(std::string_view text, std::size_t at) {
  const std::string_view character = text.substr(at, 3);
  return (character >= "\u202A" && character <= "\u202E") || (character >= "\u2066" && character <= "\u2069");
}

// How many bytes at `at` are a character that must not appear; 0 where it may.
std::size_t refused_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned second = byte(at + 1);
  const unsigned third = byte(at + 2);
  if (byte(at) == 0xC2) return second < 0xA0 ? 2 : 0;
  if (byte(at) == 0xE2) return is_bidi_control(text, at) ? 3 : 0;
  if (second == 0xBF && third >= 0xBE) return 3;
  return second == 0xB7 && third >= 0x90 && third <= 0xAF ? 3 : 0;
}

// How many bytes at `at` are a character that a terminal must not get; 0 where it may.
std::size_t unprintable_length(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) return 1;
  if (byte == 0xC2) return static_cast<unsigned char>(text[at + 1]) < 0xA0 ? 2 : 0;
  return byte == 0xE2 && is_bidi_control(text, at) ? 3 : 0;
}

// True where none of so many bytes needs anything. Compilers make a few vector instructions of it: there are no
// branches.
constexpr std::size_t block = 32;
template <Need least>
bool is_plain_block(const char* bytes) {
  unsigned char any = 0;
  for (std::size_t i = 0; i < block; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const bool is_entity = (c & 0xFBU) == '"' || (c & 0xFDU) == '<';  // '"' and '&', '<' and '>' differ in a bit
    any |= c < ' ' || c > '~' || (least == entity && is_entity) ? 1 : 0;
  }
  return any == 0;
}

// The first byte at `at` or behind it that needs `least` or more.
template <Need least>
std::size_t next_need(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t end = std::min(at + block, text.size());
    const bool plain = end == at + block && is_plain_block<least>(text.data() + at);
    for (at = plain ? end : at; at < end; ++at)
      if (needs[static_cast<unsigned char>(text.data()[at])] >= least) return at;
  }
  return at;
}

template <Need least>
void append_with(std::string& out, std::string_view text) {
  std::size_t start = 0;
  for (std::size_t i = next_need<least>(text, 0); i < text.size(); i = next_need<least>(text, i)) {
    const Need need = needs[static_cast<unsigned char>(text[i])];
    const std::size_t length = need == look ? refused_length(text, i) : 1;
    if (length > 0) {
      out.append(text, start, i - start);
      if (need == entity) out += entity_of(text[i]);
      if (need != entity && !is_bidi_control(text, i)) out += replacement;
      start = i + length;
    }
    i += length > 0 ? length : 1;
  }
  out.append(text, start, text.size() - start);
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) { append_with<entity>(out, text); }

std::string xml_allowed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_with<refused>(out, text);
  return out;
}

bool has_bidi_controls(std::string_view text) {
  for (auto at = text.find('\xE2'); at != std::string_view::npos; at = text.find('\xE2', at + 1))
    if (is_bidi_control(text, at)) return true;
  return false;
}

std::string printable(std::string_view text) {
  if (is_plain_line(text)) return std::string(text);
  const std::string repaired = is_utf8(text) ? std::string() : repaired_utf8(text);
  if (!repaired.empty()) text = repaired;
  std::string out;
  out.reserve(text.size());
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(at + block, text.size());
    if (end == at + block && is_plain_block<refused>(&text[at])) at = end;
    while (at < end) {
      const std::size_t length = unprintable_length(text, at);
      if (length > 0) {
        out.append(text, start, at - start);
        start = at + length;
      }
      at += std::max<std::size_t>(length, 1);
    }
  }
  return out.append(text, start, text.size() - start);
}

}  // namespace daybook
