#include "site/about.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

std::string lastmod(const Files& files, const std::string& path) {
  const std::string& sitemap = files.at("sitemap.xml");
  const auto start = sitemap.find("<loc>https://daybook.example/papers/" + path + "</loc>");
  if (start == std::string::npos) return "no such page";
  const std::string page = sitemap.substr(start, sitemap.find("</url>", start) - start);
  const auto date = page.find("<lastmod>");
  return date == std::string::npos ? "" : page.substr(date + 9, 10);
}

void rescore(Entry& entry, Date on) { entry.score.rescored = Rescored{on, Scorer::local, 5, 5}; }

}  // namespace

TEST_CASE("about page: each status is explained as on a day's page", "[site]") {
  const Files files = built({}, parts());
  const std::string& page = files.at("about/index.html");
  const auto start = page.find("<dl class=\"statuses\">");
  std::string expected = "<dl class=\"statuses\">\n";
  for (const char* name : {"complete", "partial", "local", "degraded", "quiet", "lost"})
    expected += "<dt>" + std::string(name) + "</dt><dd>" + std::string(status_sentence(*status_of(name))) + "</dd>\n";
  // The templates' library escapes an apostrophe, which a text does not need.
  std::string shown = page.substr(start, page.find("</dl>") - start);
  for (auto at = shown.find("&#39;"); at != std::string::npos; at = shown.find("&#39;")) shown.replace(at, 5, "'");
  CHECK(shown == expected);
}

TEST_CASE("about page: the certificate of the latest day of the cascade is shown, and none without one", "[site]") {
  const auto page = [](const std::vector<Day>& days) { return built(days, parts()).at("about/index.html"); };
  Day day = day_with(monday, 1);
  CHECK(page({day}).find("papers the cascade misses") == std::string::npos);
  day.cascade = Cascade{0.31, 0.04, 184, 18, 470, {}};
  CHECK(page({day}).find("<p>How many papers the cascade misses is not known yet: fewer than 30 were read at random "
                         "from below the threshold in the 30 days before 2099-01-05.</p>") != std::string::npos);
  Day later = day_with(monday + 1, 1);
  later.cascade = day.cascade;
  later.cascade->certificate = Certificate{0.9619, 0.952, 0.8249, 1112};
  CHECK(page({day_with(monday + 2, 1), later, day})
            .find("<p>Of the papers that the LLM would select, at least 95.2 % were sent to it in the 30 days before "
                  "2099-01-06 (95 % confidence; the estimate is 96.1 %). 1,112 papers from below the threshold were "
                  "read at random to check; these alone show at least 82.4 %.</p>") != std::string::npos);
}

TEST_CASE("about page: the sitemap dates a day's page by its day", "[site]") {
  const Files files = built({day_with(monday + 1, 2), day_with(monday, 2)}, parts());
  CHECK(lastmod(files, "2099/01/05/") == "2099-01-05");
  CHECK(lastmod(files, "2099/01/06/") == "2099-01-06");
  CHECK(lastmod(files, "") == "2099-01-06");
  CHECK(lastmod(files, "2099/01/").empty());
}

TEST_CASE("about page: the sitemap dates a day's page by the last day that scored any of its papers anew", "[site]") {
  Day day = day_with(monday, 3);
  rescore(day.papers[0], monday + 2);
  rescore(day.papers[1], monday + 5);
  const Files files = built({day_with(monday + 3, 1), day}, parts());
  CHECK(lastmod(files, "2099/01/05/") == "2099-01-10");
  CHECK(lastmod(files, "2099/01/08/") == "2099-01-08");
  CHECK(lastmod(files, "") == "2099-01-10");  // it lists both days
}

TEST_CASE("about page: the sitemap dates the front page by the day that it shows, or by a quiet one after it",
          "[site]") {
  Day shown = day_with(monday, 1);
  rescore(shown.papers[0], monday + 2);
  CHECK(lastmod(built({shown}, parts()), "") == "2099-01-07");
  Day quiet;
  quiet.date = monday + 4;
  quiet.status = Status::quiet;
  CHECK(lastmod(built({quiet, shown}, parts()), "") == "2099-01-09");
  CHECK(lastmod(built({}, parts()), "").empty());
}
