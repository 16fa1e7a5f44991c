#include "llm/reply_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::size_t levels_deep = 4;      // a reply is an object, its list, and the papers in it
constexpr std::size_t longest_name = 80;    // bytes up to its colon
constexpr std::size_t looks_per_byte = 32;  // a bound for texts of nothing but brackets
constexpr unsigned parse_flags = rapidjson::kParseTrailingCommasFlag | rapidjson::kParseIterativeFlag;

std::string letters_of(std::string_view name) {
  std::string letters;
  for (const char c : ascii_lower(name))
    if (is_lower(c)) letters += c;
  return letters;
}

// Line breaks and other controls in a string are not JSON, but are written all the same.
std::string without_controls(std::string_view text) {
  std::string clean(text);
  std::replace_if(
      clean.begin(), clean.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return clean;
}

// "u00e9" behind a backslash; half of a pair of surrogates is none.
bool is_unicode_escape(std::string_view rest) {
  if (rest.size() < 5 || rest[0] != 'u') return false;
  const bool surrogate = (rest[1] == 'd' || rest[1] == 'D') && rest[2] >= '8';
  return !surrogate && all(rest.substr(1, 4), is_hex_digit);
}

// "\alpha" in a comment is TeX, not an escape.
std::string with_doubled_backslashes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '\\') continue;
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    if (next == '"' || next == '\\' || next == '/' || next == 'n' || is_unicode_escape(text.substr(i + 1))) {
      out += text[++i];
    } else {
      out += '\\';
    }
  }
  return out;
}

bool parse(rapidjson::Document& document, std::string_view text) {
  const std::string clean = without_controls(text);
  document.Parse<parse_flags>(clean.data(), clean.size());
  if (!document.HasParseError()) return true;
  const std::string repaired = with_doubled_backslashes(clean);
  document.Parse<parse_flags>(repaired.data(), repaired.size());
  return !document.HasParseError();
}

class Finder {
 public:
  Finder(std::string_view text, const std::function<void(const Json&)>& met)
      : text_(text), met_(met), looks_left_(text.size() * looks_per_byte) {}

  std::vector<AnswerSpan> find() {
    std::size_t at = text_.find('{');
    while (at != std::string_view::npos && looks_left_ > 0) at = text_.find('{', behind(at));
    return std::move(spans_);
  }

 private:
  // Reads what begins at `at`; where to go on from.
  std::size_t behind(std::size_t at) {
    if (const auto end = closing(at); end != std::string_view::npos && read(at, end)) return end + 1;
    // A list around papers is broken or cut off: each of them may be whole.
    if (!begins_with_key(at)) return at + 1;
    const std::size_t line_end = std::min(text_.find('\n', at), text_.size());
    const std::size_t last = text_.rfind('}', line_end);
    if (last != std::string_view::npos && last > at && read(at, last)) return last + 1;
    // Not stepped into: what a broken object has in its texts may be a forgery.
    spans_.push_back({at, line_end, false});
    return line_end;
  }

  // Of the bracket at `at`, or npos.
  std::size_t closing(std::size_t at) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = at; i < text_.size() && looks_left_ > 0; ++i, --looks_left_) {
      const char c = text_[i];
      if (in_string) {
        if (c == '\\') ++i;
        in_string = c != '"';
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{') {
        ++depth;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return std::string_view::npos;
  }

  bool begins_with_key(std::size_t at) const {
    const std::string_view head = text_.substr(at, longest_name);
    const std::size_t colon = head.find(':');
    return colon != std::string_view::npos && letters_of(head.substr(0, colon)) == id_key;
  }

  bool read(std::size_t at, std::size_t end) {
    looks_left_ -= std::min(looks_left_, end - at);
    rapidjson::Document document;
    if (!parse(document, text_.substr(at, end + 1 - at))) return false;
    if (visit(document, levels_deep)) spans_.push_back({at, end + 1, true});
    return true;
  }

  // Whether there was an entry.
  bool visit(const Json& value, std::size_t levels) {
    if (levels == 0) return false;
    bool any = false;
    for (const Json& one : items_of(&value)) any = visit(one, levels - 1) || any;
    if (!value.IsObject()) return any;
    if (loose_member(value, id_key) != nullptr) return met_(value), true;
    for (const auto& one : value.GetObject()) any = visit(one.value, levels - 1) || any;
    return any;
  }

  std::string_view text_;
  const std::function<void(const Json&)>& met_;
  std::size_t looks_left_;
  std::vector<AnswerSpan> spans_;
};

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

const Json* loose_member(const Json& object, std::string_view key) {
  for (const auto& one : object.GetObject())
    if (letters_of(string_of(&one.name)) == key) return &one.value;
  return nullptr;
}

std::vector<AnswerSpan> for_each_entry(std::string_view text, const std::function<void(const Json&)>& met) {
  return Finder(text, met).find();
}

std::string without_thoughts(std::string_view content) {
  const std::vector<Mark> marks = marks_in(content);
  const auto last = std::find_if(marks.rbegin(), marks.rend(), [](const Mark& mark) { return mark.side == Side::end; });
  const std::size_t from = last == marks.rend() ? 0 : last->behind;
  // Behind the last end there are only beginnings.
  const std::size_t to = last == marks.rbegin() ? content.size() : last.base()->at;
  return std::string(content.substr(from, to - from));
}

}  // namespace daybook
