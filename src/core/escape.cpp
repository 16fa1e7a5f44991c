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

constexpr std::size_t run = 16;

// Whether bytes need nothing; other than ASCII are taken to need a look. Apart, so that compilers compare all at once.
[[gnu::noinline]] bool is_plain_run(const char* bytes) {
  unsigned char odd = 0;
  for (std::size_t i = 0; i < run; ++i) {
    const auto c = static_cast<signed char>(bytes[i]);
    odd |= static_cast<unsigned char>((c < ' ') | (c == 0x7F) | (c == '&') | (c == '<') | (c == '>') | (c == '"'));
  }
  return odd == 0;
}

// The first byte from `at` on that needs something.
std::size_t next_need(std::string_view text, std::size_t at) {
  while (at + run <= text.size() && is_plain_run(&text[at])) at += run;
  while (at < text.size() && needs[static_cast<unsigned char>(text[at])] == none) ++at;
  return at;
}

template <typename Entity>
void append_with(std::string& out, std::string_view text, Entity entity_text) {
  std::size_t start = 0;
  for (std::size_t i = next_need(text, 0); i < text.size(); i = next_need(text, i)) {
    const Need need = needs[static_cast<unsigned char>(text[i])];
    const std::size_t length = need == look ? refused_length(text, i) : 1;
    if (length > 0) {
      out.append(text, start, i - start);
      if (need == entity) out += entity_text(text, i);
      if (need != entity && !is_bidi_control(text, i)) out += replacement;
      start = i + length;
    }
    i += length > 0 ? length : 1;
  }
  out.append(text, start, text.size() - start);
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  append_with(out, text, [](std::string_view all, std::size_t at) { return entity_of(all[at]); });
}

std::string xml_allowed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_with(out, text, [](std::string_view all, std::size_t at) { return all.substr(at, 1); });
  return out;
}

bool has_bidi_controls(std::string_view text) {
  for (auto at = text.find('\xE2'); at != std::string_view::npos; at = text.find('\xE2', at + 1))
    if (is_bidi_control(text, at)) return true;
  return false;
}

std::string printable(std::string_view text) {
  const auto is_plain = [](char c) { return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t'; };
  if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  const std::string repaired = is_utf8(text) ? std::string() : repaired_utf8(text);
  if (!repaired.empty()) text = repaired;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
    const bool c1 = byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (control || c1 || is_bidi_control(text, i)) {
      i += c1 ? 1 : control ? 0 : 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace daybook
