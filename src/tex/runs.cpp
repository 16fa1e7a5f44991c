#include <utility>

#include "tex/tex.h"
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

}  // namespace

std::vector<Run> runs(std::string_view tex) {
  Collector collector;
  walk(tex, collector);
  return std::move(collector.runs);
}

}  // namespace daybook
