// GitHub-flavoured Markdown (https://github.github.com/gfm/) for a stretch of one line.
#include <array>
#include <utility>

#include "core/byte_set.h"
#include "core/text.h"
#include "tex/addresses.h"
#include "tex/letters.h"
#include "tex/markdown_runs.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr ByteSet marks("*`[]|$\\_<&~#:");        // of Markdown
constexpr ByteSet starts_of_addresses("hwfHWF");  // "https://", "www."

// "**so**" in the text: its author's emphasis, which is left to do its work. The length with both marks, or 0.
std::size_t strong_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "**" || !is_word(byte_at(text, at + 2)) || is_word(byte_before(text, at))) return 0;
  const std::size_t end = text.find_first_of("*`[]|$\\_<&~#:/@", at + 2);
  if (end == npos || text.substr(end, 2) != "**") return 0;
  const bool closes = (is_word(text[end - 1]) || text[end - 1] == ')') && !is_word(byte_at(text, end + 2)) &&
                      byte_at(text, end + 2) != '*';
  return closes ? end + 2 - at : 0;
}

// "https://x.org/y", or "x.org/y" as some write it.
bool is_target(std::string_view text) {
  if (has_user_info(text)) return false;
  if (text.substr(0, 7) == "http://" || text.substr(0, 8) == "https://") return true;
  const std::string_view host = text.substr(0, text.find('/'));
  const std::size_t dot = host.rfind('.');
  return host.find('@') == npos && dot != npos && dot > 0 && host.size() > dot + 2 &&
         letters_at(host, dot + 1).size() == host.size() - dot - 1;
}

// "[site](https://x.org)" in the text: its author's link. The length of the whole, or 0.
std::size_t link_length(std::string_view text, std::size_t at) {
  const std::size_t close = text.find_first_of("[]`<\\*$|!", at + 1);
  if (close == npos || close == at + 1 || text.substr(close, 2) != "](") return 0;
  const std::size_t start = close + 2;
  const std::size_t end = text.find_first_of("()<>\\ ", start);
  if (end == npos || text[end] != ')' || byte_before(text, at) == '!') return 0;
  return is_target(text.substr(start, end - start)) ? end + 1 - at : 0;
}

bool is_entity(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (byte_at(text, end) == '#') ++end;
  const std::size_t start = end;
  while (end < text.size() && is_alnum(text[end])) ++end;
  return end > start && byte_at(text, end) == ';';
}

// A text run being written; `first` and `last` tell whether the caller's own text is beside it.
class Escaper {
 public:
  Escaper(std::string& out, std::string_view text, bool first, bool last, MarkdownPlace place)
      : out_(out), text_(text), first_(first), last_(last), place_(place), closing_(text.find_last_not_of('#') + 1) {}

  void write() {
    if (first_) write_start();
    const bool has_mail = text_.find('@') != npos;
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      while (at_ < text_.size() && is_plain(has_mail)) ++at_;
      out_.append(text_, start, at_ - start);
      if (at_ < text_.size()) write_special();
    }
  }

 private:
  // Most of a text: neither a character of Markdown nor the start of an address.
  bool is_plain(bool has_mail) const {
    const char c = text_[at_];
    if (marks.has(c)) return false;
    return (!starts_of_addresses.has(c) && !(has_mail && is_alnum(c))) || is_word(before());
  }

  void write_special() {
    const std::size_t markup = place_ == MarkdownPlace::paragraph ? authors_markup() : 0;
    if (markup > 0) {
      out_.append(text_, at_, markup);
      at_ += markup;
    } else if (starts_address(text_, at_)) {
      write_address();
    } else {
      if (needs_escape()) out_ += '\\';
      out_ += text_[at_++];
    }
  }

  // Some authors write Markdown into their abstracts; what is well-formed there reads as they meant it.
  std::size_t authors_markup() const {
    if (text_[at_] == '*') return strong_length(text_, at_);
    return text_[at_] == '[' ? link_length(text_, at_) : 0;
  }

  char before() const { return byte_before(text_, at_); }
  char behind() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : last_ ? '\0' : '$'; }

  // What would open a list, a heading or a quotation at the start of a line.
  void write_start() {
    const char c = byte_at(text_, 0);
    const std::size_t digits = text_.find_first_not_of("0123456789");
    const std::size_t marker = digits != npos && digits > 0 && digits < 10 ? digits : 0;
    const char sign = byte_at(text_, marker);
    const char next = byte_at(text_, marker + 1);
    const bool alone = next == '\0' || next == ' ' || next == sign;
    const bool item = marker > 0 && (sign == '.' || sign == ')') && alone;
    const bool block = marker == 0 && (c == '>' || (alone && (c == '-' || c == '+' || c == '#' || c == '=')));
    if (!item && !block) return;
    out_.append(text_.substr(0, marker)).append("\\").append(1, sign);
    at_ = marker + 1;
  }

  void write_address() {
    if (place_ == MarkdownPlace::paragraph && is_linkable(text_.substr(at_))) {
      const std::size_t length = address_length(text_, at_);
      out_.append("<").append(text_.substr(at_, length)).append(">");
      at_ += length;
      return;
    }
    if (has_user_info(text_.substr(at_)) && write_code(address_length(text_, at_))) return;
    // No link wanted: "https\://", "www\.x.org".
    const std::size_t sign = text_.find_first_of(":.", at_);
    out_.append(text_, at_, sign - at_).append("\\").append(1, text_[sign]);
    at_ = sign + 1;
  }

  // GitHub would make of the rest of such an address a link that writes a mail.
  bool write_code(std::size_t length) {
    const std::string_view address = text_.substr(at_, length);
    if (length == 0 || address.find('`') != npos) return false;
    out_.append("`").append(address).append("`");
    at_ += length;
    return true;
  }

  bool needs_escape() const {
    switch (text_[at_]) {
      case '*':
      case '`':
      case '[':
      case ']':
      case '|':
      case '$':
        return true;
      case '\\':
        return behind() == '\0' || is_ascii_punctuation(behind()) || starts_address(text_, at_ + 1);
      case '_':
        return !is_alnum(before()) || !is_alnum(behind());
      case '<':
        return is_letter(behind()) || behind() == '\0' || behind() == '/' || behind() == '!' || behind() == '?';
      case '&':
        return is_entity(text_, at_);
      case ':':  // ":name" is a directive to some readers, and an emoji to GitHub
        return place_ == MarkdownPlace::link_text && is_alnum(behind());
      case '~':  // a closing one has something other than a blank before it
        return !is_alnum(behind()) || is_word(before());
      case '#':  // at the end of a heading it would be taken for its closing sequence
        return last_ && at_ >= closing_;
      default:
        return false;
    }
  }

  std::string& out_;
  std::string_view text_;
  bool first_, last_;
  MarkdownPlace place_;
  std::size_t closing_;  // where the '#' at the end start
  std::size_t at_ = 0;
};

constexpr ByteSet openers("\\$<&");  // of what stands for something else

constexpr std::array<std::pair<std::string_view, char>, 4> entities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}}};

// What stands for something else: its end, and what it means. End 0: it stands for itself.
struct Meaning {
  std::size_t end = 0;
  std::string text;
};

Meaning address_at(std::string_view text, std::size_t at) {
  if (!starts_address(text, at + 1)) return {};
  // It may end in what would be punctuation without the brackets.
  const std::size_t close = text.find_first_of("> <", at + 1);
  if (close == npos || text[close] != '>') return {};
  return {close + 1, std::string(text.substr(at + 1, close - at - 1))};
}

Meaning meaning_at(std::string_view text, std::size_t at) {
  if (text[at] == '<') return address_at(text, at);
  if (text[at] == '\\' && is_ascii_punctuation(byte_at(text, at + 1))) return {at + 2, std::string(1, text[at + 1])};
  for (const auto& [entity, character] : entities) {
    if (text.substr(at, entity.size()) == entity) return {at + entity.size(), std::string(1, character)};
  }
  return {};
}

// Takes the blank that keeps a formula apart off the end.
void drop_separator(std::string& text) {
  const bool ends = text.size() >= math_separator.size() &&
                    text.compare(text.size() - math_separator.size(), npos, math_separator) == 0;
  if (ends) text.resize(text.size() - math_separator.size());
}

}  // namespace

void append_markdown(std::string& out, std::string_view tex, MarkdownPlace place) {
  const std::vector<Run> runs = markdown_runs(tex, place);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].kind == Run::Kind::math) {
      out.append("$`").append(runs[i].text).append("`$");
    } else {
      Escaper(out, runs[i].text, i == 0, i + 1 == runs.size(), place).write();
    }
  }
}

std::string markdown(std::string_view tex, MarkdownPlace place) {
  std::string out;
  append_markdown(out, tex, place);
  return out;
}

std::string from_markdown(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t copied = 0;
  std::size_t math_end = 0;  // npos: none ends any more
  for (std::size_t i = openers.find_in(text); i != npos; i = openers.find_in(text, i)) {
    const bool opens_math = text.substr(i, 2) == "$`" && math_end != npos;
    if (opens_math) math_end = text.find("`$", i + 2);
    Meaning meaning = meaning_at(text, i);
    if (opens_math && math_end != npos)
      meaning = {math_end + 2, "$" + std::string(text.substr(i + 2, math_end - i - 2)) + "$"};
    if (meaning.end == 0) {
      ++i;
      continue;
    }
    out.append(text, copied, i - copied);
    if (opens_math) drop_separator(out);
    out += meaning.text;
    copied = i = meaning.end;
    if (opens_math && text.substr(i, math_separator.size()) == math_separator) copied = i += math_separator.size();
  }
  out.append(text, copied);
  return out;
}

}  // namespace daybook
