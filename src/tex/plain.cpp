#include <utility>

#include "tex/tex.h"
#include "tex/unicode_math.h"
#include "tex/walk.h"

namespace daybook {
namespace {

class PlainWriter : public Listener {
 public:
  void text(std::string_view unicode) override { out += unicode; }
  void tie() override { out += ' '; }
  void math(std::string_view tex, bool /*display*/) override {
    if (const auto unicode = unicode_math(tex)) {
      out += *unicode;
    } else {
      out.append("$").append(tex).append("$");
    }
  }

  std::string out;
};

}  // namespace

std::string plain_text(std::string_view tex) {
  PlainWriter writer;
  walk(tex, writer);
  return std::move(writer.out);
}

}  // namespace daybook
