#include "site/index_pages.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

Day day_of(const char* iso, const std::optional<Usage>& usage) {
  Day day = day_with(*Date::parse(iso), 2);
  day.usage = usage;
  return day;
}

// A year of every kind of month: all costs known, some, none, no LLM.
std::vector<Day> days() {
  const Usage priced{"model-1", 1, 900, {}, 70, {}, {}, 0.25};
  const Usage unpriced{"model-2", 1, 900, {}, 70, {}, {}, {}};
  return {day_of("2099-04-06", {}),     day_of("2099-03-03", unpriced), day_of("2099-02-04", unpriced),
          day_of("2099-02-03", priced), day_of("2099-01-06", priced),   day_of("2099-01-05", priced),
          day_of("2098-12-01", priced)};
}

std::vector<std::string> lines_with(const std::string& text, const std::string& part) {
  std::vector<std::string> lines;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    const auto start = text.rfind('\n', at) + 1;
    lines.push_back(text.substr(start, text.find('\n', at) - start));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("calendar: the archive tells the money of each month and year, and where it is only a part", "[site]") {
  const Files files = built(days(), parts());
  const std::string& page = files.at("archive/index.html");
  CHECK(lines_with(page, "<th scope=\"row\">") ==
        Lines{"<tr><th scope=\"row\"><a href=\"../2099/01/\">January 2099</a></th><td>2 days</td><td>4 papers</td>"
              "<td>$0.50</td></tr>",
              "<tr><th scope=\"row\"><a href=\"../2099/02/\">February 2099</a></th><td>2 days</td><td>4 papers</td>"
              "<td>at least $0.25</td></tr>",
              "<tr><th scope=\"row\"><a href=\"../2099/03/\">March 2099</a></th><td>1 day</td><td>2 papers</td>"
              "<td>cost unknown</td></tr>",
              "<tr><th scope=\"row\"><a href=\"../2099/04/\">April 2099</a></th><td>1 day</td><td>2 papers</td>"
              "<td></td></tr>",
              "<tr><th scope=\"row\"><a href=\"../2098/12/\">December 2098</a></th><td>1 day</td><td>2 papers</td>"
              "<td>$0.25</td></tr>"});
  CHECK(lines_with(page, "<p class=\"totals\">") ==
        Lines{"<p class=\"totals\"><span>7 days</span> <span>14 papers</span></p>",
              "<p class=\"totals\"><span>6 days</span> <span>12 papers</span> <span>at least $0.75</span></p>",
              "<p class=\"totals\"><span>1 day</span> <span>2 papers</span> <span>$0.25</span></p>"});
}

TEST_CASE("calendar: a year's and a month's page tell the money too", "[site]") {
  const Files files = built(days(), parts());
  CHECK(lines_with(files.at("2099/index.html"), "<p class=\"totals\">").front() ==
        "<p class=\"totals\"><span>6 days</span> <span>12 papers</span> <span>at least $0.75</span></p>");
  CHECK(lines_with(files.at("2099/02/index.html"), "at least").front() ==
        "<p class=\"totals\"><span>2 days</span> <span>4 papers</span> <span>at least $0.25</span></p>");
}
