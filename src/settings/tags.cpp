#include "settings/tags.h"

#include "core/text.h"

namespace daybook {

std::vector<Tag> tags_of(std::string_view text) {
  std::vector<Tag> tags;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const bool triple = text.substr(at, 3) == "{{{";
    const std::string_view closing = triple ? "}}}" : "}}";
    const std::size_t close = text.find(closing, at + 2);
    if (close == std::string_view::npos) {
      tags.push_back({'?', {}, at, text.size()});
      break;
    }
    std::string_view inside = trim(text.substr(at + closing.size(), close - at - closing.size()));
    char kind = triple ? '{' : 'v';
    if (!triple && !inside.empty() && std::string_view("&#^/>!=").find(inside[0]) != std::string_view::npos) {
      kind = inside[0];
      inside = trim(inside.substr(1));
    }
    tags.push_back({kind, inside, at, close + closing.size()});
    at = close + closing.size();
  }
  return tags;
}

}  // namespace daybook
