#include "tex/tex.h"

#include <optional>
#include <utility>

#include "core/escape.h"
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

class HtmlWriter : public Listener {
 public:
  explicit HtmlWriter(std::string& out) : out_(out) {}

  void text(std::string_view unicode) override { append_escaped(out_, unicode); }
  void tie() override { out_ += "\u00A0"; }

  void math(std::string_view tex, MathSigns signs) override {
    if (append_mathml(out_, tex, is_display(tex, signs))) return;
    const std::string_view sign = signs == MathSigns::display ? "$$" : signs == MathSigns::one_line ? "$" : "";
    out_.append("<code class=\"tex\">").append(sign);
    append_escaped(out_, tex);
    out_.append(sign).append("</code>");
  }

 private:
  std::string& out_;
};

// Text waits until it is whole: walk() reports it in pieces, and an address may have "\_" in it.
class ParagraphWriter : public Listener {
 public:
  explicit ParagraphWriter(std::string& out) : out_(out), writer_(out) {}

  void text(std::string_view unicode) override { waiting_ += unicode; }
  void tie() override { waiting_ += "\u00A0"; }
  void math(std::string_view tex, MathSigns signs) override {
    write_text();
    writer_.math(tex, signs);
  }
  void write_text() {
    const std::string_view text = waiting_;
    std::size_t from = 0;
    for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 1)) {
      const std::size_t length = at < from ? 0 : web_address_length(text, at);
      if (length == 0) continue;
      append_escaped(out_, text.substr(from, at - from));
      std::string address;
      append_escaped(address, text.substr(at, length));
      out_.append("<a href=\"").append(address).append("\">").append(address).append("</a>");
      from = at + length;
    }
    append_escaped(out_, text.substr(from));
    waiting_.clear();
  }

 private:
  std::string& out_;
  HtmlWriter writer_;
  std::string waiting_;
};

}  // namespace

std::vector<Run> runs(std::string_view tex) {
  Collector collector;
  walk(tex, collector);
  return std::move(collector.runs);
}

std::string plain_text(std::string_view tex) {
  PlainWriter writer;
  walk(tex, writer);
  return writer.written();
}

void append_html(std::string& out, std::string_view tex) {
  HtmlWriter writer(out);
  walk(tex, writer);
}

std::string html(std::string_view tex) {
  std::string out;
  out.reserve(tex.size() + tex.size() / 8);
  append_html(out, tex);
  return out;
}

std::string html_paragraph(std::string_view tex) {
  std::string out;
  out.reserve(tex.size() + tex.size() / 8);
  ParagraphWriter writer(out);
  walk(tex, writer);
  writer.write_text();
  return out;
}

}  // namespace daybook
