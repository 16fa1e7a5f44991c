// TeX as one line of GitHub-flavoured Markdown (https://github.github.com/gfm/): math as $`..`$, and in text a
// backslash before each character that GitHub would take for markup.
//
// A character is escaped only where it would do something, so that the pages stay readable as plain text. That depends
// on the place (paragraph, heading, link text), on the neighbours ("*" between blanks is itself, and so is "_" within a
// word), and on whether a mark that works in pairs has a partner in the paragraph at all, for which they are counted
// beforehand.
//
// Markup that the author wrote is left to work in a paragraph: "**so**" and "[site](https://x.org)". Addresses are
// passed through whole, since GitHub links them by itself and a backslash would become part of the link.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/text.h"
#include "tex/addresses.h"
#include "tex/letters.h"
#include "tex/markdown_runs.h"
#include "tex/tex.h"

namespace daybook {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr ByteSet mark_bytes("*`[]$\\_<&~#:");    // of Markdown
constexpr ByteSet starts_of_addresses("hwfHWF");  // "https://", "www."

// The length of an author's own emphasis, "**so**", with both marks; 0 if there is none at `at`.
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

// The length of an author's own link, "[site](https://x.org)"; 0 if there is none at `at`.
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

// GitHub shows ":rocket:" as a picture. Such names begin with a small letter or a sign, except for a few numbers.
bool is_emoji(std::string_view text, std::size_t at) {
  const char first = byte_at(text, at + 1);
  if ((first < 'a' || first > 'z') && first != '+' && first != '-') return false;
  std::size_t end = at + 1;
  while (end < text.size() && (is_alnum(text[end]) || text[end] == '_' || text[end] == '+' || text[end] == '-')) ++end;
  return end > at + 1 && byte_at(text, end) == ':';
}

// Some marks work only in pairs: a single one in a paragraph stands for itself.
class MarkCounts {
 public:
  explicit MarkCounts(const std::vector<Run>& runs) {
    for (const Run& run : runs) {
      const bool is_math = run.kind == Run::Kind::math;
      for (const char c : is_math ? std::string_view("$``$") : std::string_view(run.text)) ++counts_[index(c)];
    }
  }
  bool has_two(char mark) const { return counts_[index(mark)] > 1; }

 private:
  static std::size_t index(char c) { return static_cast<unsigned char>(c); }
  std::array<std::size_t, 256> counts_{};
};

// A text run being written; `first` and `last` tell whether the caller's own text is beside it.
class Escaper {
 public:
  Escaper(std::string& out, const Run& run, bool first, bool last, MarkdownPlace place, const MarkCounts& marks)
      : out_(out),
        text_(run.text),
        first_(first),
        last_(last),
        place_(place),
        marks_(marks),
        closing_(text_.find_last_not_of('#') + 1) {
    if (place == MarkdownPlace::link_text) find_pairs_of_brackets();
  }

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
    if (mark_bytes.has(c)) return false;
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

  // The text of a link may hold pairs of brackets, but no link.
  void find_pairs_of_brackets() {
    std::vector<std::size_t> open;
    for (std::size_t i = text_.find_first_of("[]"); i < text_.size(); i = text_.find_first_of("[]", i + 1)) {
      if (text_[i] == '[') {
        open.push_back(i);
      } else if (!open.empty()) {
        if (!is_before_target(i) && !is_footnote(open.back())) {
          paired_.push_back(open.back());
          paired_.push_back(i);
        }
        open.pop_back();
      }
    }
    std::sort(paired_.begin(), paired_.end());
  }

  bool is_paired(std::size_t at) const { return std::binary_search(paired_.begin(), paired_.end(), at); }

  // A ']' that would end a link's text, or a definition's name.
  bool is_before_target(std::size_t at) const {
    const char next = byte_at(text_, at + 1);
    return next == '(' || next == '[' || (next == ':' && first_ && text_[0] == '[');
  }

  // cmark-gfm shows what looks like one, and is none, with its escapes.
  bool is_footnote(std::size_t at) const { return byte_at(text_, at + 1) == '^'; }

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
    const bool star = c == '*' && next != '*';
    const bool block = marker == 0 && (c == '>' || (alone && (star || c == '-' || c == '+' || c == '#' || c == '=')));
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
    if (length == 0 || address.find_first_of("`[]") != npos) return false;
    out_.append("`").append(address).append("`");
    at_ += length;
    return true;
  }

  bool needs_escape() const {
    switch (text_[at_]) {
      case '*':
        return marks_.has_two('*') && !(before() == ' ' && behind() == ' ');
      case '`':  // one in a link's text might find another behind the link
        return marks_.has_two('`') || place_ == MarkdownPlace::link_text;
      case '$':
        return marks_.has_two('$');
      case '[':
        return place_ == MarkdownPlace::link_text ? !is_paired(at_) : is_footnote(at_);
      case ']':
        return place_ == MarkdownPlace::link_text ? !is_paired(at_) : is_before_target(at_);
      case '\\':
        return behind() == '\0' || is_ascii_punctuation(behind()) || starts_address(text_, at_ + 1);
      case '_':
        return marks_.has_two('_') && (!is_alnum(before()) || !is_alnum(behind()));
      case '<':
        return is_letter(behind()) || behind() == '\0' || behind() == '/' || behind() == '!' || behind() == '?';
      case '&':
        return is_entity(text_, at_);
      case ':':  // ":name" in a heading's link is a directive to some readers
        return is_emoji(text_, at_) || (place_ == MarkdownPlace::link_text && is_alnum(behind()));
      case '~':  // a closing one has something other than a blank before it
        return marks_.has_two('~') && (!is_alnum(behind()) || is_word(before()));
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
  const MarkCounts& marks_;
  std::vector<std::size_t> paired_;  // brackets in a link's text, in order
  std::size_t closing_;              // where the '#' at the end start
  std::size_t at_ = 0;
};

}  // namespace

void append_markdown(std::string& out, std::string_view tex, MarkdownPlace place) {
  const std::vector<Run> runs = markdown_runs(tex, place);
  const MarkCounts marks(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].kind == Run::Kind::math) {
      out.append("$`").append(runs[i].text).append("`$");
    } else {
      Escaper(out, runs[i], i == 0, i + 1 == runs.size(), place, marks).write();
    }
  }
}

std::string markdown(std::string_view tex, MarkdownPlace place) {
  std::string out;
  append_markdown(out, tex, place);
  return out;
}

}  // namespace daybook
