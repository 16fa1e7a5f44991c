#include "llm/thoughts.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/text.h"
#include "llm/loose_json.h"

namespace daybook {

namespace {

constexpr std::size_t longest_mark = 200;  // bytes, attributes and all

enum class Side { begin, end };

struct Mark {
  Side side = Side::begin;
  std::size_t at = 0;
  std::size_t behind = 0;
};

// The longer ones first: "<|" begins with "<".
constexpr std::pair<std::string_view, std::string_view> brackets[] = {
    {"<|", "|>"}, {"<", ">"}, {"[", "]"}, {"\u25C1", "\u25B7"}};

bool take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

// What stands between the brackets, in lower case: "think", "/thinking id=1", "begin_of_thought", "seed:think".
std::optional<Side> side_of(std::string_view words) {
  Side side = Side::begin;
  words = trim(words);
  if (!words.empty() && words.back() == '/') return std::nullopt;  // "<think/>" is a whole thought
  if (take(words, "/") || take(words, "end_of_") || take(words, "end_")) side = Side::end;
  if (take(words, "begin_of_") || take(words, "start_of_") || take(words, "start_")) side = Side::begin;
  words = trim(words);
  if (const auto colon = words.find(':'); colon != std::string_view::npos) words.remove_prefix(colon + 1);
  const std::string_view name = words.substr(0, words.find_first_of(" \t\r\n"));
  for (const std::string_view known :
       {"think", "thinking", "thinking_process", "antthinking", "thought", "thoughts", "thought_process",
        "chain_of_thought", "reason", "reasoning", "reasoning_content", "reasoning_process", "reflection", "reflect",
        "scratchpad", "analysis", "inner_monologue"})
    if (name == known) return side;
  return std::nullopt;
}

// "<|channel|>final<|message|>" ends the thoughts, "<|channel|>analysis<|message|>" begins one.
std::optional<Mark> channel_at(std::string_view text, std::size_t at) {
  constexpr std::string_view channel = "<|channel|>";
  constexpr std::string_view message = "<|message|>";
  const std::string_view rest = text.substr(at, longest_mark);
  const auto end = rest.starts_with(channel) ? rest.find(message) : std::string_view::npos;
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view name = trim(rest.substr(channel.size(), end - channel.size()));
  return Mark{name.starts_with("final") ? Side::end : Side::begin, at, at + end + message.size()};
}

std::optional<Mark> mark_at(std::string_view text, std::size_t at) {
  if (auto channel = channel_at(text, at)) return channel;
  const std::string_view rest = text.substr(at, longest_mark);
  for (const auto& [open, close] : brackets) {
    if (!rest.starts_with(open)) continue;
    const std::string_view inner = rest.substr(open.size());
    // No mark has another in it: else a text of nothing but brackets would be looked through once for each.
    const std::size_t end = std::min(inner.find(close), inner.find(open));
    if (end == std::string_view::npos || !inner.substr(end).starts_with(close)) continue;
    if (const auto side = side_of(ascii_lower(inner.substr(0, end))))
      return Mark{*side, at, at + open.size() + end + close.size()};
  }
  return std::nullopt;
}

// "analysis...assistantfinal...": gpt-oss's channels where an endpoint has taken their signs out.
void add_bare_channel(std::string_view text, std::vector<Mark>& marks) {
  constexpr std::string_view final_channel = "assistantfinal";
  std::string_view rest = trim(text);
  static_cast<void>(take(rest, "assistant"));
  // In prose a blank or a colon follows.
  if (!take(rest, "analysis") || rest.empty() || std::string_view(" :.,").find(rest.front()) < 4) return;
  const auto at = text.rfind(final_channel);
  if (at == std::string_view::npos) {
    marks.insert(marks.begin(), {Side::begin, 0, 0});
    return;
  }
  const auto place = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.at > at; });
  marks.insert(place, {Side::end, at, at + final_channel.size()});
}

// Those that stand in no entry of the answer. One that ends a thought in an entry that can't be read ends it with that
// entry.
std::vector<Mark> marks_in(std::string_view text) {
  constexpr ByteSet starts("<[\xE2");
  std::vector<Mark> marks;
  for (std::size_t at = starts.find_in(text); at < text.size(); at = starts.find_in(text, at)) {
    const auto mark = mark_at(text, at);
    if (mark) marks.push_back(*mark);
    at = mark ? mark->behind : at + 1;
  }
  add_bare_channel(text, marks);
  if (marks.empty()) return marks;
  const auto spans = for_each_entry(text, [](const Json&) {});
  auto span = spans.begin();
  std::erase_if(marks, [&](Mark& mark) {
    while (span != spans.end() && span->end <= mark.at) ++span;
    if (span == spans.end() || span->begin > mark.at) return false;
    mark.behind = span->end;
    return span->is_readable || mark.side == Side::begin;
  });
  return marks;
}

}  // namespace

std::string without_thoughts(std::string_view content) {
  const std::vector<Mark> marks = marks_in(content);
  const auto last = std::find_if(marks.rbegin(), marks.rend(), [](const Mark& mark) { return mark.side == Side::end; });
  const std::size_t from = last == marks.rend() ? 0 : last->behind;
  // Behind the last end there are only beginnings.
  const std::size_t to = last == marks.rbegin() ? content.size() : last.base()->at;
  return std::string(content.substr(from, to - from));
}

}  // namespace daybook
