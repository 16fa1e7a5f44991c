#include "core/escape.h"
#include "tex/mathml.h"
#include "tex/tex.h"
#include "tex/walk.h"

namespace daybook {
namespace {

class HtmlWriter : public Listener {
 public:
  explicit HtmlWriter(std::string& out) : out_(out) {}

  void text(std::string_view unicode) override { append_escaped(out_, unicode); }
  void tie() override { out_ += "\u00A0"; }

  void math(std::string_view tex, bool display) override {
    if (append_mathml(out_, tex, display)) return;
    out_ += "<code class=\"tex\">";
    out_ += display ? "$$" : "$";
    append_escaped(out_, tex);
    out_ += display ? "$$</code>" : "$</code>";
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
