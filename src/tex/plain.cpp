#include <optional>
#include <utility>

#include "tex/github_math.h"
#include "tex/letters.h"
#include "tex/tex.h"
#include "tex/unicode_math.h"
#include "tex/walk.h"

namespace daybook {
namespace {

// A letter or digit beside a formula; what else stands there joins nothing.
char joining(char c) { return is_alnum(c) ? c : '\0'; }

// A '$' in the formula would look like its end.
std::string without_dollars(const std::string& tex) {
  return tex.find('$') == std::string::npos ? tex : github_math(tex).value_or(tex);
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
    if (const auto unicode = unicode_math(math.tex, {joining(out_.empty() ? '\0' : out_.back()), joining(behind)})) {
      out_ += *unicode;
    } else {
      out_.append(sign).append(without_dollars(math.tex)).append(sign);
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
