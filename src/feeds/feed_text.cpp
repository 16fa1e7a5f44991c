#include "feeds/feed_text.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "core/escape.h"
#include "core/text.h"
#include "tex/alphabets.h"
#include "tex/letters.h"
#include "tex/unicode_math.h"
#include "tex/walk.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;

// Where math is, beside the marks of its scripts.
constexpr char begin_math = '\5', end_math = '\6';

enum class Form { linear, marked };

// A letter or digit beside a formula; what else stands there joins nothing.
char joining(char c) { return is_alnum(c) ? c : '\0'; }

// What can't be read at all, without what only TeX needs.
std::string without_signs(std::string_view tex) {
  constexpr ByteSet signs("\\{}$");
  std::string out;
  std::copy_if(tex.begin(), tex.end(), std::back_inserter(out), [&](char c) { return !signs.has(c); });
  return out;
}

class FeedWriter : public Listener {
 public:
  explicit FeedWriter(Form form) : form_(form) {}
  void text(std::string_view unicode) override {
    write_math(unicode.front());
    out_ += unicode;
  }
  void tie() override { text(" "); }
  void math(std::string_view tex, MathSigns /*signs*/) override {
    write_math(tex.front());
    math_ = std::string(tex);
  }
  std::string written() {
    write_math('\0');
    return std::move(out_);
  }

 private:
  // A formula waits for what stands behind it.
  void write_math(char behind) {
    if (!math_) return;
    const std::string tex = *std::exchange(math_, std::nullopt);
    char before = out_.empty() ? '\0' : out_.back();
    if (before == end_math) before = out_[out_.size() - 2];
    const MathNeighbours beside = {joining(before), joining(behind)};
    auto plain = form_ == Form::linear ? unicode_math(tex, beside) : marked_math(tex, beside);
    if (!plain) plain = readable_math(tex, beside);
    if (!plain) plain = without_signs(tex);
    if (form_ == Form::linear) return void(out_ += *plain);
    out_ += begin_math;
    out_ += *plain;
    out_ += end_math;
  }

  Form form_;
  std::string out_;
  std::optional<std::string> math_;
};

// Whether every mark in it has its counterpart there.
bool is_whole(std::string_view text) {
  int open = 0;
  for (const char c : text) {
    if (c < ScriptMarks::superscript || c > end_math) continue;
    open += c % 2 == 1 ? 1 : -1;
    if (open < 0) return false;
  }
  return open == 0;
}

// What is left of TeX in running text: "10^{100}", "\ours{}", "\new{these words}".
class Remnants {
 public:
  Remnants(std::string_view text, Form form) : text_(text), form_(form) {}

  std::string replaced() {
    while (at_ < text_.size()) {
      const std::size_t next = std::min(text_.find_first_of("^_\\", at_), text_.size());
      out_.append(text_, at_, next - at_);
      at_ = next;
      if (at_ == text_.size()) break;
      text_[at_] == '\\' ? command() : script();
    }
    return std::move(out_);
  }

 private:
  // What is in the braces at `open`; nothing where they hold others, or do not close.
  std::optional<std::string_view> braced(std::size_t open) const {
    if (byte_at(text_, open) != '{') return std::nullopt;
    const std::size_t close = text_.find_first_of("{}\\\n", open + 1);
    if (close == npos || text_[close] != '}') return std::nullopt;
    const std::string_view content = text_.substr(open + 1, close - open - 1);
    return is_whole(content) ? std::optional(content) : std::nullopt;
  }

  void script() {
    const auto content = braced(at_ + 1);
    if (!content) return void(out_ += text_[at_++]);
    const auto small = form_ == Form::linear
                           ? readable_math(text_.substr(at_, content->size() + 3), {'\0', byte_at(text_, at_ + 3)})
                           : marked_math(text_.substr(at_, content->size() + 3));
    out_ += small ? *small : *content;
    at_ += content->size() + 3;
  }

  void command() {
    const std::string_view name = letters_at(text_, at_ + 1);
    if (name.size() < 2) {
      if (std::string_view("()[]").find(byte_at(text_, at_ + 1)) == npos) out_ += '\\';
      return void(++at_);
    }
    at_ += 1 + name.size();
    const auto content = braced(at_);
    out_ += content && !content->empty() ? *content : name;
    if (content) at_ += content->size() + 2;
  }

  std::string_view text_;
  Form form_;
  std::size_t at_ = 0;
  std::string out_;
};

std::string written(std::string_view tex, Form form) {
  FeedWriter writer(form);
  walk(printable(tex), writer);  // its marks are characters that it takes out
  std::string text = writer.written();
  if (text.find_first_of("^_\\") == npos) return text;
  return Remnants(text, form).replaced();
}

std::string_view tag_of(char mark) {
  switch (mark) {
    case ScriptMarks::superscript:
      return "<sup>";
    case ScriptMarks::end_superscript:
      return "</sup>";
    case ScriptMarks::subscript:
      return "<sub>";
    case ScriptMarks::end_subscript:
      return "</sub>";
    default:
      return "";
  }
}

// A variable: a letter that is no part of a word, and has no accent behind it, which a tag would part from it.
bool is_variable(std::string_view text, std::size_t at) {
  const char behind = byte_at(text, at + 1);
  return is_letter(text[at]) && !is_letter(byte_before(text, at)) && !is_letter(behind) && behind != '\xCC';
}

}  // namespace

std::string linear_text(std::string_view tex) { return written(tex, Form::linear); }

std::string simple_html(std::string_view tex) {
  const std::string text = written(tex, Form::marked);
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  bool in_math = false;
  std::size_t from = 0;  // what is before is written
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool mark = text[at] >= ScriptMarks::superscript && text[at] <= end_math;
    if (!mark && !(in_math && is_variable(text, at))) continue;
    append_escaped(out, std::string_view(text).substr(from, at - from));
    if (mark) out += tag_of(text[at]);
    if (!mark) out.append("<i>").append(1, text[at]).append("</i>");
    if (text[at] >= begin_math && mark) in_math = text[at] == begin_math;
    from = at + 1;
  }
  append_escaped(out, std::string_view(text).substr(from));
  return out;
}

}  // namespace daybook
