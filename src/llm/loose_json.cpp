#include "llm/loose_json.h"

#include <algorithm>

#include "core/ascii.h"
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
  Finder(std::string_view text, std::string_view key, const std::function<void(const Json&)>& met)
      : text_(text), key_(key), met_(met), looks_left_(text.size() * looks_per_byte) {}

  int find() {
    std::size_t at = text_.find('{');
    while (at != std::string_view::npos && looks_left_ > 0) at = text_.find('{', behind(at));
    return unreadable_;
  }

  const std::vector<ObjectSpan>& spans() const { return spans_; }

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
    ++unreadable_;
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
    return colon != std::string_view::npos && letters_of(head.substr(0, colon)) == key_;
  }

  bool read(std::size_t at, std::size_t end) {
    looks_left_ -= std::min(looks_left_, end - at);
    rapidjson::Document document;
    if (!parse(document, text_.substr(at, end + 1 - at))) return false;
    met_any_ = false;
    visit(document, levels_deep);
    if (met_any_) spans_.push_back({at, end + 1, true});
    return true;
  }

  void visit(const Json& value, std::size_t levels) {
    if (levels == 0) return;
    if (value.IsObject()) {
      if (loose_member(value, key_) != nullptr) {
        met_any_ = true;
        return met_(value);
      }
      for (const auto& one : value.GetObject()) visit(one.value, levels - 1);
    } else if (value.IsArray()) {
      for (const auto& one : value.GetArray()) visit(one, levels - 1);
    }
  }

  std::string_view text_;
  std::string_view key_;
  const std::function<void(const Json&)>& met_;
  std::size_t looks_left_;
  int unreadable_ = 0;
  bool met_any_ = false;
  std::vector<ObjectSpan> spans_;
};

}  // namespace

const Json* loose_member(const Json& object, std::string_view key) {
  for (const auto& one : object.GetObject())
    if (letters_of({one.name.GetString(), one.name.GetStringLength()}) == key) return &one.value;
  return nullptr;
}

int for_each_object(std::string_view text, std::string_view key, const std::function<void(const Json&)>& met) {
  const std::string whole = is_utf8(text) ? std::string(text) : repaired_utf8(text);
  return Finder(whole, key, met).find();
}

std::vector<ObjectSpan> object_spans(std::string_view text, std::string_view key) {
  const std::function<void(const Json&)> pass_over = [](const Json&) {};
  Finder finder(text, key, pass_over);
  finder.find();
  return finder.spans();
}

}  // namespace daybook
