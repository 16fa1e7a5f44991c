#include "core/escape.h"
#include "tex/math_tables.h"
#include "tex/mathml.h"
#include "tex/tex.h"
#include "tex/walk.h"

namespace daybook {
namespace {

// \begin{align} stands in lines of its own, a matrix in the text.
bool is_display(std::string_view tex, MathSigns signs) {
  if (signs != MathSigns::environment) return signs == MathSigns::display;
  const std::size_t open = tex.find('{');
  return math_table(tex.substr(open + 1, tex.find('}') - open - 1)).lines;
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

}  // namespace

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

}  // namespace daybook
