#include "rank/novelty.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/text.h"
#include "rank/phrases.h"

namespace daybook {

namespace {

struct Sign {
  double points;  // in an abstract; in a title it counts double
  std::string_view phrases;
};

constexpr std::array<Sign, 6> signs = {{
    {1.0,
     "new paradigm|novel paradigm|paradigm shift|novel theory|new theory|unified theory|for the first time|"
     "conventional wisdom|fundamentally new|long standing open problem|open question|new class of"},
    {0.5,
     "first theoretical|first principled|we prove|theorem|provably|rigorous|counterintuitive|surprising|surprisingly|"
     "rethinking|rethink|new perspective|fundamental limit|phase transition|scaling law|universality|new principle|"
     "theoretical framework|closed form|impossibility|unify|challenge the"},
    {0.25,
     "novel framework|novel architecture|new architecture|novel approach|we introduce|principled|from first "
     "principles"},
    {-0.5,
     "application of|case study|empirical study|comparative study|comparison of|we compare|real world application|"
     "existing methods|off the shelf|fine tune|fine tuned|ensemble|toolkit|open source library|software"},
    {-0.75,
     "benchmark|new dataset|dataset for|data collection|shared task|technical report|position paper|tutorial|"
     "reproducibility|replication"},
    {-1.5, "survey|systematic review|literature review|review of|overview of|taxonomy"},
}};

struct Table {
  Phrases phrases;
  std::vector<double> points;
};

Table made_table() {
  Table table;
  for (const Sign& sign : signs) {
    for (const auto phrase : split(sign.phrases, '|')) {
      if (table.phrases.add(phrase_of(phrase), static_cast<std::uint32_t>(table.points.size())))
        table.points.push_back(sign.points);
    }
  }
  return table;
}

}  // namespace

int guessed_novelty(const Words& title, const Words& abstract) {
  static const Table table = made_table();
  // Each sign once, so that a paper which says "novel" in every sentence gains nothing by it.
  std::vector<double> met(table.points.size());
  const auto count_in = [&](const Words& text, double factor) {
    table.phrases.find(text.stems,
                       [&](std::uint32_t sign, std::size_t, std::size_t) { met[sign] = std::max(met[sign], factor); });
  };
  count_in(abstract, 1);
  count_in(title, 2);
  double points = 5.5;
  for (std::size_t i = 0; i < met.size(); ++i) points += met[i] * table.points[i];
  return static_cast<int>(std::lround(std::clamp(points, 2.0, 9.0)));
}

}  // namespace daybook
