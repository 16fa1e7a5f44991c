#include "site/chart.h"

#include <algorithm>
#include <cmath>

#include "core/escape.h"
#include "core/text.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/usage_fields.h"

namespace daybook {

namespace {

constexpr std::size_t parted_at_most = 80;  // more bars than that have no room for gaps on a phone

std::string opened_svg(std::string_view css_class, const std::string& view_box, std::string_view label) {
  std::string svg = "<svg class=\"";
  svg.append(css_class).append("\" viewBox=\"").append(view_box).append("\" role=\"img\" aria-label=\"");
  append_escaped(svg, label);
  return svg + '"';
}

std::optional<std::size_t> largest(const Values& values) {
  std::optional<std::size_t> at;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] && (!at || *values[i] > *values[*at])) at = i;
  return at;
}

Fields strip(const Series& series, const std::vector<std::string>& places, std::size_t peak) {
  const double most = *series.values[peak];
  const auto last = std::find_if(series.values.rbegin(), series.values.rend(), [](const auto& v) { return bool(v); });
  const std::string label = series.name + ": most " + series.text(most) + " (" + places[peak] + "), latest " +
                            series.text(**last) + " (" +
                            places[places.size() - 1 - static_cast<std::size_t>(last - series.values.rbegin())] + ')';
  Fields fields;
  fields.set("name", series.name);
  fields.set("peak", "most " + series.text(most));
  fields.set("svg", bars_svg(series.values, series.top > 0 ? series.top : most, label));
  return fields;
}

Fields::List cells_of(const std::vector<std::string>& texts) {
  return list_of(texts, [](const std::string& text) { return Fields().set("text", text); });
}

void set_row(Fields::List& rows, const std::string& place, const std::vector<std::string>& texts) {
  rows.push_back(Fields().set("row", place).set("cells", cells_of(texts)));
}

Fields::List rows_of(const Chart& chart) {
  Fields::List rows;
  for (std::size_t i = chart.places.size(); i-- > 0;) {
    std::vector<std::string> texts;
    bool known = false;
    for (const Series& series : chart.series) {
      known = known || series.values[i];
      texts.push_back(series.values[i] ? series.text(*series.values[i]) : "–");
    }
    if (known) set_row(rows, chart.places[i], texts);
  }
  return rows;
}

constexpr const char* no_numbers = "No day has recorded it yet.";

std::string unknown_text(const std::vector<std::string>& names, bool all) {
  if (names.empty()) return "";
  return all ? no_numbers : "Not recorded on these days: " + joined(names, ", ") + '.';
}

void set_words(Fields& fields, std::string_view title, std::string_view sentence) {
  fields.set("chart_title", title).set("chart_sentence", sentence);
}

// From 0, as the array has them.
int count_of(const ScorePairs& pairs, int relevance, int novelty) {
  return pairs[static_cast<std::size_t>(relevance)][static_cast<std::size_t>(novelty)];
}

// By the square root: a few pairs have most papers.
int shade(int count, int most) {
  return count == 0 ? 0 : 1 + std::min(2, static_cast<int>(3 * std::sqrt(double(count) / most)));
}

void append_text(std::string& svg, int x, int y, int number) {
  svg += "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\">" + std::to_string(number) + "</text>";
}

constexpr int cell = 30;  // units of the viewBox: a phone shows one as about a pixel

std::string heat_svg(const ScorePairs& pairs, int most, std::string_view label) {
  std::string svg = opened_svg("heat", "0 0 330 330", label) + '>';
  for (int r = 0; r < 10; ++r) {
    const int y = (9 - r) * cell;
    append_text(svg, cell / 2, y + 19, r + 1);
    append_text(svg, (r + 1) * cell + cell / 2, 10 * cell + 19, r + 1);
    for (int n = 0; n < 10; ++n) {
      const int count = count_of(pairs, r, n);
      const std::string step = std::to_string(shade(count, most));
      svg += "<g class=\"h" + step + "\"><rect x=\"" + std::to_string((n + 1) * cell + 1) + "\" y=\"" +
             std::to_string(y + 1) + "\" width=\"28\" height=\"28\" rx=\"3\"/>";
      if (count > 0) append_text(svg, (n + 1) * cell + cell / 2, y + 19, count);
      svg += "</g>";
    }
  }
  return svg + "</svg>";
}

}  // namespace

std::string bars_svg(const Values& values, double top, std::string_view label) {
  std::string svg = opened_svg("bars", "0 0 " + std::to_string(values.size()) + " 100", label);
  svg += " preserveAspectRatio=\"none\"><path d=\"";
  const bool parted = values.size() <= parted_at_most;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].value_or(0) <= 0) continue;
    // The least is still seen.
    const std::string height = std::to_string(std::clamp(std::lround(*values[i] / top * 100), 2L, 100L));
    svg +=
        'M' + std::to_string(i) + (parted ? ".1" : "") + " 100v-" + height + (parted ? "h.8v" : "h1v") + height + 'z';
  }
  return svg + "\"/></svg>";
}

Fields chart_fields(const Chart& chart) {
  Fields::List strips;
  std::vector<std::string> names;
  std::vector<std::string> unknown;
  for (const Series& series : chart.series) {
    names.push_back(series.name);
    if (const auto peak = largest(series.values); peak)
      strips.push_back(strip(series, chart.places, *peak));
    else
      unknown.push_back(series.name);
  }
  Fields fields;
  set_words(fields, chart.title, chart.sentence);
  fields.set("first", strips.empty() ? "" : chart.places.front());
  fields.set("last", strips.empty() ? "" : chart.places.back());
  fields.set("unknown", unknown_text(unknown, strips.empty()));
  fields.flag("has_table", !strips.empty());
  fields.set("strips", std::move(strips));
  fields.set("place", chart.place);
  fields.set("columns", cells_of(names));
  fields.set("rows", rows_of(chart));
  return fields;
}

Fields heat_map_fields(std::string_view title, std::string_view sentence, const ScorePairs& pairs) {
  int most = 0;
  int most_relevance = 0;
  int most_novelty = 0;
  Fields::List rows;
  std::vector<std::string> columns;
  for (int r = 10; r >= 1; --r) {
    std::vector<std::string> texts;
    for (int n = 1; n <= 10; ++n) {
      const int count = count_of(pairs, r - 1, n - 1);
      texts.push_back(count == 0 ? "–" : grouped(count));
      if (count > most) {
        most = count;
        most_relevance = r;
        most_novelty = n;
      }
    }
    set_row(rows, std::to_string(r), texts);
    columns.insert(columns.begin(), std::to_string(r));
  }
  const std::string peak = "most " + grouped(most) + " at " + score_text(most_relevance, most_novelty);
  Fields::List strips;
  if (most > 0)
    strips.push_back(Fields()
                         .set("name", "Relevance ↑ novelty →")
                         .set("peak", peak)
                         .set("svg", heat_svg(pairs, most, "Papers by relevance and novelty: " + peak)));
  Fields fields;
  set_words(fields, title, sentence);
  fields.set("first", "").set("last", "");
  fields.set("unknown", most > 0 ? "" : no_numbers);
  fields.flag("has_table", most > 0);
  fields.set("strips", std::move(strips));
  fields.set("place", "Relevance \\ novelty");
  fields.set("columns", cells_of(columns));
  fields.set("rows", std::move(rows));
  return fields;
}

}  // namespace daybook
