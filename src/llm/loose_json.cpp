#include "llm/loose_json.h"

#include <algorithm>
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
  const std::string mended = with_doubled_backslashes(clean);
  document.Parse<parse_flags>(mended.data(), mended.size());
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

}  // namespace

const Json* loose_member(const Json& object, std::string_view key) {
  for (const auto& one : object.GetObject())
    if (letters_of(string_of(&one.name)) == key) return &one.value;
  return nullptr;
}

std::vector<AnswerSpan> for_each_entry(std::string_view text, const std::function<void(const Json&)>& met) {
  return Finder(text, met).find();
}

}  // namespace daybook
