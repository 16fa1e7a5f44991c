#include "site/escape.h"

#include <array>

namespace daybook {

namespace {

constexpr std::array<bool, 256> special_bytes() {
  std::array<bool, 256> special{};
  for (std::size_t c = 0; c < 0x20; ++c) special.at(c) = c != '\t' && c != '\n' && c != '\r';
  for (const char c : {'&', '<', '>', '"'}) special.at(static_cast<unsigned char>(c)) = true;
  return special;
}

constexpr auto special = special_bytes();

std::string_view replacement(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "\xEF\xBF\xBD";
  }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!special[static_cast<unsigned char>(text[i])]) continue;
    out.append(text, copied, i - copied).append(replacement(text[i]));
    copied = i + 1;
  }
  out.append(text, copied);
}

std::string xml_allowed(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool control = static_cast<unsigned char>(out[i]) < 0x20 && special[static_cast<unsigned char>(out[i])];
    if (control) out.replace(i, 1, replacement(out[i]));
  }
  return out;
}

}  // namespace daybook
