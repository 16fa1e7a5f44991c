#include "legacy/comment_topic.h"

#include <algorithm>
#include <utility>

#include "core/text.h"

namespace daybook {

namespace {

// Where the name begins in a text, both in lower case; npos: nowhere.
std::size_t place_of(std::string_view name, std::string_view text) {
  if (name.ends_with('s')) name.remove_suffix(1);
  if (name.empty()) return std::string_view::npos;
  const auto is_part_of_word = [&](std::size_t at) { return at < text.size() && is_alnum(text[at]); };
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    auto end = at + name.size();
    if (end < text.size() && text[end] == 's') ++end;
    if (!is_part_of_word(end) && (at == 0 || !is_part_of_word(at - 1))) return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<std::string> topics_named(std::string_view comment, const std::vector<Topic>& topics) {
  const std::string text = ascii_lower(comment);
  std::vector<std::pair<std::size_t, std::string>> named;
  for (const Topic& topic : topics)
    if (const auto at = place_of(ascii_lower(topic.name), text); at != std::string_view::npos)
      named.emplace_back(at, topic.slug);
  std::sort(named.begin(), named.end());
  std::vector<std::string> slugs;
  for (auto& [at, slug] : named) slugs.push_back(std::move(slug));
  return slugs;
}

}  // namespace daybook
