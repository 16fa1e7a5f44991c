#include "tex/tex.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/escape.h"
#include "core/text.h"
#include "tex/addresses.h"
#include "tex/commands.h"
#include "tex/letters.h"
#include "tex/mathml.h"
#include "tex/unicode_math.h"
#include "tex/walk.h"

namespace daybook {
namespace {

class Collector : public Listener {
 public:
  void text(std::string_view unicode) override {
    if (runs.empty() || runs.back().kind != Run::Kind::text) runs.push_back({Run::Kind::text, ""});
    runs.back().text += unicode;
  }
  void tie() override { text("\u00A0"); }
  void math(std::string_view tex, MathSigns /*signs*/) override { runs.push_back({Run::Kind::math, std::string(tex)}); }

  std::vector<Run> runs;
};

// A letter or digit beside a formula; what else stands there joins nothing.
char joining(char c) { return is_alnum(c) ? c : '\0'; }

// True of what reads worse as TeX: a '$' in the formula looks like its end, a script of what is before like none.
bool is_better_linear(std::string_view tex, MathNeighbours beside) {
  const bool script = tex.front() == '^' || tex.front() == '_';
  return tex.find('$') != std::string_view::npos || (script && beside.before != '\0' && beside.behind == '\0');
}

class PlainWriter : public Listener {
 public:
  explicit PlainWriter(std::size_t tex_bytes) { out_.reserve(tex_bytes); }
  void text(std::string_view unicode) override {
    write_math(unicode.front());
    out_ += unicode;
  }
  void tie() override { text(" "); }
  void math(std::string_view tex, MathSigns signs) override {
    write_math(tex.front());
    math_ = Math{std::string(tex), signs};
  }
  std::string written() {
    write_math('\0');
    return std::move(out_);
  }

 private:
  struct Math {
    std::string tex;
    MathSigns signs;
  };

  // A formula waits for what stands behind it.
  void write_math(char behind) {
    if (!math_) return;
    const Math math = *std::exchange(math_, std::nullopt);
    const std::string_view sign = math.signs == MathSigns::environment ? "" : "$";
    const char before = out_.empty() ? '\0' : out_.back();
    const MathNeighbours beside = {joining(before), joining(behind)};
    auto plain = unicode_math(math.tex, beside);
    if (!plain && is_better_linear(math.tex, beside)) plain = linear_math(math.tex, beside);
    if (plain) {
      out_ += *plain;
    } else {
      out_.append(sign).append(math.tex).append(sign);
    }
  }

  std::string out_;
  std::optional<Math> math_;
};

// \begin{align} stands in lines of its own, a matrix in the text.
bool is_display(std::string_view tex, MathSigns signs) {
  if (signs != MathSigns::environment) return signs == MathSigns::display;
  const std::size_t open = tex.find('{');
  const MathEnvironment* known = math_environment(tex.substr(open + 1, tex.find('}') - open - 1));
  return known != nullptr && known->lines;
}

// How many characters a formula shows, roughly.
std::size_t shown_length(std::string_view mathml) {
  std::size_t length = 0;
  bool in_tag = false;
  for (const char c : mathml) {
    const bool first_byte = (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
    if (c == '<') in_tag = true;
    if (!in_tag && first_byte) ++length;
    if (c == '>') in_tag = false;
  }
  return length;
}

// How much of the text behind a formula must stay in its line: what closes a bracket, the rest of a word, and a dash.
std::size_t glued_length(std::string_view text) {
  constexpr std::size_t glued_max = 24;
  constexpr ByteSet closing(".,;:!?)]}%'\"");
  text = text.substr(0, std::min(text.find("http"), glued_max));
  std::size_t end = 0;
  while (end < text.size() && (is_alnum(text[end]) || closing.has(text[end]))) ++end;
  for (const std::string_view last : {"-", "–", "—", "’", "”"}) {
    if (text.substr(end, last.size()) == last) return end + last.size();
  }
  return end;
}

class HtmlWriter : public Listener {
 public:
  enum class Place { heading, paragraph };
  HtmlWriter(std::string& out, Place place, std::size_t tex_bytes) : out_(out), place_(place) {
    waiting_.reserve(tex_bytes);
  }

  // Text waits until it is whole: walk() reports it in pieces, and an address may have "\_" in it.
  void text(std::string_view unicode) override { waiting_ += unicode; }
  void tie() override { waiting_ += "\u00A0"; }

  void math(std::string_view tex, MathSigns signs) override {
    const bool glued = waiting_.empty() ? formula_ != npos : !is_space(waiting_.back());
    write_text();
    if (glued) out_ += "\u2060";  // word joiner: a browser would break the line
    formula_ = out_.size();
    if (append_mathml(out_, tex, is_display(tex, signs))) return frame();
    formula_ = npos;
    const std::string_view sign = signs == MathSigns::display ? "$$" : signs == MathSigns::one_line ? "$" : "";
    out_.append("<code class=\"tex\">").append(sign);
    append_escaped(out_, tex);
    out_.append(sign).append("</code>");
  }

  void write_text() {
    if (waiting_.empty()) return;
    std::string_view text = waiting_;
    if (const std::size_t glued = formula_ == npos ? 0 : glued_length(text); glued > 0) {
      out_.insert(formula_, "<span class=\"nb\">");
      append_escaped(out_, text.substr(0, glued));
      out_ += "</span>";
      text.remove_prefix(glued);
    }
    place_ == Place::paragraph ? write_linked(text) : append_escaped(out_, text);
    waiting_.clear();
    formula_ = npos;
  }

 private:
  static constexpr auto npos = std::string_view::npos;

  // A formula is one line, which scrolls where it is longer than the screen of a phone.
  void frame() {
    constexpr std::size_t phone_width = 30;
    if (place_ != Place::paragraph || shown_length(std::string_view(out_).substr(formula_)) <= phone_width) return;
    out_.insert(formula_, "<span class=\"formula\" tabindex=\"0\" role=\"group\" aria-label=\"formula, scrolls\">");
    out_ += "</span>";
    formula_ = npos;
  }

  void write_linked(std::string_view text) {
    constexpr std::size_t scheme_max = 6;  // a letter more than "https": then none begins there
    std::size_t from = 0;
    for (std::size_t colon = text.find("://"); colon != npos; colon = text.find("://", colon + 1)) {
      std::size_t at = colon;
      while (at > from && colon - at < scheme_max && is_letter(text[at - 1])) --at;
      const std::size_t length = text.substr(at, 4) == "http" ? web_address_length(text, at) : 0;
      if (length == 0) continue;
      append_escaped(out_, text.substr(from, at - from));
      std::string address;
      append_escaped(address, text.substr(at, length));
      out_.append("<a href=\"").append(address).append("\">").append(address).append("</a>");
      from = at + length;
    }
    append_escaped(out_, text.substr(from));
  }

  std::string& out_;
  Place place_;
  std::string waiting_;
  std::size_t formula_ = npos;  // where the formula begins that was written last, while nothing is behind it
};

void write_html(std::string& out, std::string_view tex, HtmlWriter::Place place) {
  HtmlWriter writer(out, place, tex.size());
  walk(tex, writer);
  writer.write_text();
}

}  // namespace

std::vector<Run> runs(std::string_view tex) {
  Collector collector;
  walk(tex, collector);
  return std::move(collector.runs);
}

std::string plain_text(std::string_view tex) {
  if (is_short_text(tex)) return std::string(tex);
  PlainWriter writer(tex.size());
  walk(tex, writer);
  return writer.written();
}

void append_html(std::string& out, std::string_view tex) { write_html(out, tex, HtmlWriter::Place::heading); }

std::string html(std::string_view tex) {
  std::string out;
  out.reserve(tex.size() + tex.size() / 8);
  append_html(out, tex);
  return out;
}

std::string html_paragraph(std::string_view tex) {
  std::string out;
  out.reserve(tex.size() + tex.size() / 8);
  write_html(out, tex, HtmlWriter::Place::paragraph);
  return out;
}

}  // namespace daybook
