// GitHub-flavoured Markdown (https://github.github.com/gfm/) for a stretch of one line.
#include "core/text.h"
#include "tex/addresses.h"
#include "tex/letters.h"
#include "tex/tex.h"
#include "tex/walk.h"

namespace daybook {
namespace {

void append_folded(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (out.empty() || out.back() != ' ') {
      out += ' ';
    }
  }
}

// Text and math with white space folded; ties are blanks in a source that people read.
class Folder : public Listener {
 public:
  void text(std::string_view unicode) override {
    if (runs.empty() || runs.back().kind != Run::Kind::text) runs.push_back({Run::Kind::text, ""});
    append_folded(runs.back().text, unicode);
  }
  void tie() override { text(" "); }
  void math(std::string_view tex, bool /*display*/) override {
    std::string folded;
    append_folded(folded, tex);
    // Nothing escapes a backtick in $`..`$.
    if (tex.find('`') != std::string_view::npos) return text("$" + folded + "$");
    runs.push_back({Run::Kind::math, std::move(folded)});
  }

  std::vector<Run> runs;
};

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
      : out_(out), text_(text), first_(first), last_(last), place_(place) {}

  void write() {
    if (first_) write_start();
    const bool has_mail = text_.find('@') != std::string_view::npos;
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      while (at_ < text_.size() && is_plain(has_mail)) ++at_;
      out_.append(text_, start, at_ - start);
      if (at_ == text_.size()) break;
      const std::size_t address = address_length(text_, at_);
      if (address > 0) {
        write_address(address);
      } else {
        if (needs_escape()) out_ += '\\';
        out_ += text_[at_++];
      }
    }
  }

 private:
  // Most of a text: neither a character of Markdown nor the start of an address.
  bool is_plain(bool has_mail) const {
    const char c = text_[at_];
    if (!is_alnum(c)) return std::string_view("*`[]|$\\_<&~#").find(c) == std::string_view::npos;
    const bool may_start = has_mail || c == 'h' || c == 'w' || c == 'f' || c == 'H' || c == 'W' || c == 'F';
    return !may_start || is_word(before());
  }

  char before() const { return byte_before(text_, at_); }
  char behind() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : last_ ? '\0' : '$'; }

  // What would open a list, a heading or a quotation at the start of a line.
  void write_start() {
    const char c = byte_at(text_, 0);
    const std::size_t digits = text_.find_first_not_of("0123456789");
    const std::size_t marker = digits != std::string_view::npos && digits > 0 && digits < 10 ? digits : 0;
    const char sign = byte_at(text_, marker);
    const char next = byte_at(text_, marker + 1);
    const bool alone = next == '\0' || next == ' ' || next == sign;
    const bool item = marker > 0 && (sign == '.' || sign == ')') && alone;
    const bool block = marker == 0 && (c == '>' || (alone && (c == '-' || c == '+' || c == '#' || c == '=')));
    if (!item && !block) return;
    out_.append(text_.substr(0, marker)).append("\\").append(1, sign);
    at_ = marker + 1;
  }

  void write_address(std::size_t length) {
    const std::string_view address = text_.substr(at_, length);
    if (place_ == MarkdownPlace::paragraph && is_linkable(address)) {
      out_.append("<").append(address).append(">");
      at_ += length;
      return;
    }
    // No link wanted: "https\://", "www\.x.org".
    const std::size_t sign = address.find_first_of(":.");
    out_.append(address.substr(0, sign)).append("\\").append(1, address[sign]);
    at_ += sign + 1;
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
        return behind() == '\0' || is_ascii_punctuation(behind()) || address_length(text_, at_ + 1) > 0;
      case '_':
        return !is_alnum(before()) || !is_alnum(behind());
      case '<':
        return is_letter(behind()) || behind() == '\0' || behind() == '/' || behind() == '!' || behind() == '?';
      case '&':
        return is_entity(text_, at_);
      case '~':  // a closing one has something other than a blank before it
        return !is_alnum(behind()) || is_word(before());
      case '#':  // at the end of a heading it would be taken for its closing sequence
        return last_ && text_.find_first_not_of('#', at_) == std::string_view::npos;
      default:
        return false;
    }
  }

  std::string& out_;
  std::string_view text_;
  bool first_, last_;
  MarkdownPlace place_;
  std::size_t at_ = 0;
};

}  // namespace

void append_markdown(std::string& out, std::string_view tex, MarkdownPlace place) {
  Folder folder;
  walk(tex, folder);
  for (std::size_t i = 0; i < folder.runs.size(); ++i) {
    const Run& run = folder.runs[i];
    if (run.kind == Run::Kind::math) {
      out.append("$`").append(run.text).append("`$");
    } else {
      Escaper(out, run.text, i == 0, i + 1 == folder.runs.size(), place).write();
    }
  }
}

std::string markdown(std::string_view tex, MarkdownPlace place) {
  std::string out;
  append_markdown(out, tex, place);
  return out;
}

}  // namespace daybook
