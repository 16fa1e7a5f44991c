#include <array>
#include <utility>

#include "core/byte_set.h"
#include "tex/addresses.h"
#include "tex/letters.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr ByteSet openers("\\$<&");  // of what stands for something else

constexpr std::array<std::pair<std::string_view, char>, 4> entities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}}};

// Reads what stands at `at` other than for itself: its end, and what it means. End 0: it stands for itself.
std::pair<std::size_t, std::string> meaning(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '\\':
      if (is_ascii_punctuation(byte_at(text, at + 1))) return {at + 2, std::string(1, text[at + 1])};
      break;
    case '$':
      if (const std::size_t close = byte_at(text, at + 1) == '`' ? text.find("`$", at + 2) : npos; close != npos) {
        return {close + 2, "$" + std::string(text.substr(at + 2, close - at - 2)) + "$"};
      }
      break;
    case '<':
      if (const std::size_t length = address_length(text, at + 1); length > 0) {
        // The address may end in what would be punctuation without the brackets.
        const std::size_t close = text.find('>', at + 1);
        const std::string_view inside = text.substr(at + 1, close == npos ? 0 : close - at - 1);
        if (!inside.empty() && inside.find(' ') == npos) return {close + 1, std::string(inside)};
      }
      break;
    case '&':
      for (const auto& [entity, character] : entities) {
        if (text.substr(at, entity.size()) == entity) return {at + entity.size(), std::string(1, character)};
      }
      break;
    default:
      break;
  }
  return {0, ""};
}

}  // namespace

std::string from_markdown(std::string_view markdown) {
  std::string out;
  out.reserve(markdown.size());
  std::size_t copied = 0;
  for (std::size_t i = openers.find_in(markdown); i != npos; i = openers.find_in(markdown, i)) {
    const auto [end, text] = meaning(markdown, i);
    if (end == 0) {
      ++i;
      continue;
    }
    out.append(markdown, copied, i - copied).append(text);
    copied = i = end;
  }
  return out.append(markdown, copied);
}

}  // namespace daybook
