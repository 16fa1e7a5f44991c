#include <optional>
#include <utility>

#include "tex/letters.h"
#include "tex/tex.h"
#include "tex/unicode_math.h"
#include "tex/walk.h"

namespace daybook {
namespace {

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

}  // namespace

std::string plain_text(std::string_view tex) {
  PlainWriter writer;
  walk(tex, writer);
  return writer.written();
}

}  // namespace daybook
