#include "site/chart.h"

#include <tinyxml2.h>

#include "site/samples.h"
#include "site/stats.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

std::string tenths(double value) { return std::to_string(static_cast<int>(value * 10)) + "/10"; }

std::string text_in(const Fields& fields, const char* name) { return std::get<std::string>(*fields.find(name)); }
const Fields::List& list_in(const Fields& fields, const char* name) {
  return std::get<Fields::List>(*fields.find(name));
}

// Every SVG of a page.
std::vector<std::string> svgs_in(const std::string& page) {
  std::vector<std::string> all;
  for (auto at = page.find("<svg"); at != std::string::npos; at = page.find("<svg", at + 1))
    all.push_back(page.substr(at, page.find("</svg>", at) + 6 - at));
  return all;
}

Day known_day(Date date) {
  Day day = day_with(date, 2);
  day.status = Status::complete;
  day.counts.announced = 1006;
  day.counts.scanned = 654;
  day.usage = Usage{"model", 1, 1, 0, 1, 0.1, 0.1, 0.2, 1};
  day.cascade = Cascade{0.5, 0.1, 150, 10, 50, 0.1};
  return day;
}

}  // namespace

TEST_CASE("chart: a bar is as high as its share of the top, nothing has none, the least is seen", "[chart]") {
  CHECK(bars_svg({4, std::nullopt, 2, 0, 0.001}, 4, "a < b") ==
        "<svg class=\"bars\" viewBox=\"0 0 5 100\" role=\"img\" aria-label=\"a &lt; b\" preserveAspectRatio=\"none\">"
        "<path d=\"M0.1 100v-100h.8v100zM2.1 100v-50h.8v50zM4.1 100v-2h.8v2z\"/></svg>");
}

TEST_CASE("chart: series have their largest value, the axis its ends, the table its rows from the newest", "[chart]") {
  const Fields fields = chart_fields({"Title",
                                      "Sentence.",
                                      "Month",
                                      {"May", "June", "July"},
                                      {{"one", {1, 2.5, std::nullopt}, tenths}, {"other", Values(3), tenths}}});
  const auto& strips = list_in(fields, "strips");
  REQUIRE(strips.size() == 1);
  CHECK(text_in(strips[0], "peak") == "most 25/10");
  CHECK(text_in(strips[0], "svg").find("aria-label=\"one: most 25/10 (June), latest 25/10 (June)\"") !=
        std::string::npos);
  CHECK(text_in(fields, "unknown") == "Not recorded on these days: other.");
  CHECK(text_in(fields, "first") == "May");
  CHECK(text_in(fields, "last") == "July");
  const auto& rows = list_in(fields, "rows");
  REQUIRE(rows.size() == 2);
  CHECK(text_in(rows[0], "row") == "June");
  CHECK(text_in(list_in(rows[0], "cells")[1], "text") == "–");
}

TEST_CASE("chart: without any number there is a sentence, and neither a picture nor a table", "[chart]") {
  for (const Fields& fields : {chart_fields({"Title", "", "Day", {"a"}, {{"one", Values(1), tenths}}}),
                               chart_fields({"Title", "", "Day", {}, {}}), heat_map_fields("Title", "", {})}) {
    CHECK(list_in(fields, "strips").empty());
    CHECK_FALSE(std::get<bool>(*fields.find("has_table")));
  }
  CHECK(text_in(heat_map_fields("Title", "", {}), "unknown") == "No day has recorded it yet.");
}

TEST_CASE("chart: a heat map has relevance upwards, a shade and a number for each pair", "[chart]") {
  ScorePairs pairs = {};
  pairs[8][7] = 100;
  pairs[6][4] = 1;
  const Fields fields = heat_map_fields("Scores", "", pairs);
  const std::string svg = text_in(list_in(fields, "strips").front(), "svg");
  CHECK(svg.find("<g class=\"h3\"><rect x=\"241\" y=\"31\" width=\"28\" height=\"28\" rx=\"3\"/>"
                 "<text x=\"255\" y=\"49\">100</text></g>") != std::string::npos);
  CHECK(count(svg, "class=\"h1\"") == 1);
  CHECK(count(svg, "class=\"h0\"") == 98);
  const auto& rows = list_in(fields, "rows");
  CHECK(text_in(rows[1], "row") == "9");
  CHECK(text_in(list_in(rows[1], "cells")[7], "text") == "100");
}

TEST_CASE("stats: six charts, each well-formed with a text alternative and a table", "[stats]") {
  SiteParts named = parts();
  named.interests.topics[0].name = "Maps & \"charts\" <b>";
  Files files = built({known_day(monday + 1), known_day(monday), day_with(monday - 40, 1)}, named);
  const std::string page = files.at("stats/index.html");
  CHECK(count(page, "<h2>") == 6);
  CHECK(count(page, " as a table</summary>") == 5);  // the bytes of the files are known to a build only
  const auto svgs = svgs_in(page);
  CHECK(svgs.size() == 3 + 1 + 1 + 1 + 1);
  for (const std::string& svg : svgs) {
    INFO(svg);
    tinyxml2::XMLDocument document;
    REQUIRE(document.Parse(svg.data(), svg.size()) == tinyxml2::XML_SUCCESS);
    CHECK(document.RootElement()->Attribute("role") == std::string("img"));
    CHECK(document.RootElement()->Attribute("aria-label") != nullptr);
    CHECK(svg.find("style=") == std::string::npos);
  }
  CHECK(page.find("announced: most 1,006 (2099-01-05), latest 1,006 (2099-01-06)") != std::string::npos);
  CHECK(page.find("share: most 75 % (2099-01-05), latest 75 % (2099-01-06)") != std::string::npos);
  CHECK(page.find("<tr><th scope=\"row\">January 2099</th><td>$0.40</td></tr>") != std::string::npos);
}

TEST_CASE("stats: what no day has recorded is said to be unknown", "[stats]") {
  Day imported = day_with(monday, 1);
  imported.status = Status::complete;
  const std::string page = built({imported}, parts()).at("stats/index.html");
  CHECK(page.find("Not recorded on these days: announced, read.") != std::string::npos);
  CHECK(count(page, "No day has recorded it yet.") == 3);  // sent to the LLM, cost, bytes
  CHECK(built({}, parts()).count("stats/index.html") == 1);
}

TEST_CASE("stats: bytes a paper are those of the days' files", "[stats]") {
  Summaries days = {summary_of(day_with(monday, 4))};
  days[0].page_bytes = 20000;
  const Fields fields = stats_page_fields(days, {}, parts());
  const Fields& bytes = list_in(fields, "charts").back();
  CHECK(text_in(list_in(bytes, "strips").front(), "peak") == "most 5,000");
}
