#include <algorithm>

#include "tex/letters.h"
#include "tex/spans.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

std::size_t partner(const Pairs& pairs, std::size_t opening) {
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), std::pair<std::size_t, std::size_t>(opening, 0));
  return at != pairs.end() && at->first == opening ? at->second : npos;
}

// "{name}" at `at`: the name; empty where there is none.
std::string_view name_at(std::string_view tex, std::size_t at) {
  if (byte_at(tex, at) != '{') return {};
  const std::string_view name = letters_at(tex, at + 1);
  std::size_t end = at + 1 + name.size();
  if (byte_at(tex, end) == '*') ++end;
  return byte_at(tex, end) == '}' ? tex.substr(at + 1, end - at - 1) : std::string_view();
}

constexpr std::size_t unclosed_max = 16;  // environments that an \end may skip, because nothing ends them

}  // namespace

std::size_t Braces::close_of(std::size_t open) {
  if (!matched_) match();
  return partner(pairs_, open);
}

std::vector<std::size_t> Braces::places() {
  if (!matched_) match();
  std::vector<std::size_t> places;
  for (const auto& [open, close] : pairs_) {
    places.push_back(open);
    places.push_back(close);
  }
  std::sort(places.begin(), places.end());
  return places;
}

void Braces::match() {
  matched_ = true;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tex_.size(); ++i) {
    if (tex_[i] == '\\') {
      ++i;
    } else if (tex_[i] == '{') {
      open.push_back(i);
    } else if (tex_[i] == '}' && !open.empty()) {
      pairs_.emplace_back(open.back(), i);
      open.pop_back();
    }
  }
  std::sort(pairs_.begin(), pairs_.end());
}

std::size_t Environments::end_of(std::size_t begin) {
  if (!matched_) match();
  return partner(pairs_, begin);
}

void Environments::match() {
  matched_ = true;
  std::vector<std::pair<std::string_view, std::size_t>> open;
  for (std::size_t i = tex_.find('\\'); i < tex_.size(); i = tex_.find('\\', i)) {
    const std::string_view command = letters_at(tex_, i + 1);
    const std::size_t begin = i;
    i += command.empty() ? 2 : 1 + command.size();
    const bool begins = command == "begin";
    if (!begins && command != "end") continue;
    const std::string_view name = name_at(tex_, i);
    if (name.empty()) continue;
    if (begins) {
      open.emplace_back(name, begin);
      continue;
    }
    const std::size_t lowest = open.size() > unclosed_max ? open.size() - unclosed_max : 0;
    std::size_t level = open.size();
    while (level > lowest && open[level - 1].first != name) --level;
    if (level == lowest) continue;
    pairs_.emplace_back(open[level - 1].second, i + name.size() + 2);
    open.resize(level - 1);
  }
  std::sort(pairs_.begin(), pairs_.end());
}

}  // namespace daybook
