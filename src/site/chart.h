// Charts made when the site is built: inline SVG without a script, each with the table of its numbers. Colours are the
// style sheet's (classes `bars` and `heat`), because the pages' Content-Security-Policy allows no style attribute.
//
// Words stand beside the SVG as HTML: then bars may be stretched to any width without distorting a letter, and text
// has the size that the reader chose.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings/template_fields.h"

namespace daybook {

using Values = std::vector<std::optional<double>>;  // one for each place of the axis; nothing: not known

// Bars from the left to the right, as high as the SVG where a value is `top`. `label` is its text alternative.
std::string bars_svg(const Values& values, double top, std::string_view label);

struct Series {
  std::string name;
  Values values;
  std::string (*text)(double);  // how a value is written
  double top = 0;               // the value of the highest bar; 0: the largest
};

/// Chart is a strip of bars for each series, one below the other along the same axis: each has a scale of its own, so
/// that 40 papers shown are seen beside 1,000 announced.
struct Chart {
  std::string title;
  std::string sentence;             // what it shows
  std::string place;                // what a row of its table is: "Month"
  std::vector<std::string> places;  // the axis, oldest first
  std::vector<Series> series;
};

// For the partial chart.html: chart_title, chart_sentence, strips (name, peak, svg), first, last, unknown (a sentence
// on the series without any value), has_table, place, columns, rows (newest first; those without any value are left
// out).
Fields chart_fields(const Chart& chart);

// Papers by score: [relevance - 1][novelty - 1].
using ScorePairs = std::array<std::array<int, 10>, 10>;

// The same fields: relevance upwards, novelty to the right, the darker the more.
Fields heat_map_fields(std::string_view title, std::string_view sentence, const ScorePairs& pairs);

}  // namespace daybook
