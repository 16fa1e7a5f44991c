#include "site/topic_pages.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

bool has(const std::string& page, const std::string& part) { return page.find(part) != std::string::npos; }

Date day_of(int year, int month, int day) { return *Date::from_parts(year, month, day); }

Day named_day(Date date, const std::string& id, const std::vector<std::string>& authors) {
  Day day = day_with(date, 1);
  day.papers[0].paper.id = id;
  day.papers[0].paper.authors = authors;
  return day;
}

SiteParts following(const std::vector<Author>& authors) {
  SiteParts all = parts();
  all.interests.authors = authors;
  return all;
}

}  // namespace

TEST_CASE("topics: each quarter that has a paper has a page, and its year's page leads there", "[topics]") {
  const Files files = built(
      {day_with(day_of(2099, 8, 5), 3), day_with(day_of(2099, 7, 1), 2), day_with(day_of(2098, 12, 31), 1)}, parts());
  CHECK(count(files.at("topics/maps/2099/q3/index.html"), "<li><a href=\"../../../../2099/0") == 5);
  CHECK(count(files.at("topics/maps/2098/q4/index.html"), "<li><a href=\"../../../../2098/12/31/#p") == 1);
  CHECK(files.count("topics/maps/2099/q2/index.html") == 0);
  const std::string& year = files.at("topics/maps/2099/index.html");
  CHECK(has(year, "<a href=\"../../../topics/maps/2099/q3/\">Q3 <i>5<span class=\"unseen\"> papers</span></i></a>"));
  CHECK(has(year, "<a href=\"../../../topics/maps/2099/\" aria-current=\"page\">2099</a>"));
  CHECK(has(year, "Best of 2099"));
}

TEST_CASE("topics: the best of the last 30 days, by their scores, the newer first", "[topics]") {
  Day newest = day_with(day_of(2099, 8, 31), 1);
  Day older = day_with(day_of(2099, 8, 2), 1);
  Day too_old = day_with(day_of(2099, 8, 1), 1);
  newest.papers[0].score.relevance = 8;
  older.papers[0].paper.title = "The Better One";
  too_old.papers[0].paper.title = "The Old One";
  too_old.papers[0].score.relevance = 10;
  const std::string page = built({newest, older, too_old}, parts()).at("topics/maps/index.html");
  const auto best = page.find("Best of the last 30 days");
  const std::string list = page.substr(best, page.find("</section>", best) - best);
  CHECK(count(list, "<article") == 2);
  CHECK(list.find("The Better One") < list.find(newest.papers[0].paper.id));
}

TEST_CASE("topics: a paper whose scores are not believed is not the best", "[topics]") {
  Day day = day_with(monday, 2);
  day.papers[0].score.ranked_as = 3;
  day.papers[0].paper.title = "Give Me Ten";
  const std::string page = built({day}, parts()).at("topics/maps/index.html");
  CHECK(page.find("Give Me Ten") > page.find(day.papers[1].paper.id));
}

TEST_CASE("topics: what belongs to a topic, what it leaves out, and its feed before the site's", "[topics]") {
  SiteParts all = parts();
  all.interests.topics[0].skip = "Maps of <nothing>.";
  const std::string page = built({day_with(monday, 1)}, all).at("topics/maps/index.html");
  CHECK(has(page, "<p>Maps of things.</p>"));
  CHECK(has(page, "Left out: Maps of &lt;nothing&gt;."));
  CHECK(page.find("topics/maps/atom.xml") < page.find("href=\"../../atom.xml\""));
}

TEST_CASE("topics: one without papers has a page that says so", "[topics]") {
  SiteParts all = parts();
  all.interests.topics.push_back({"new", "New", "What is new.", "", {}});
  const Files files = built({day_with(monday, 1)}, all);
  CHECK(has(files.at("topics/new/index.html"), "No papers yet."));
  CHECK_FALSE(has(files.at("topics/new/index.html"), "<svg"));
  CHECK(has(files.at("topics/index.html"), "<a href=\"../topics/new/\">New</a> <span class=\"soft\">0 papers</span>"));
}

TEST_CASE("topics: a topic under a new name has a page of its own, the old one keeps its papers", "[topics]") {
  Day old = day_with(monday, 1, "atlases");
  old.topics = {{"atlases", "Atlases"}};
  const Files files = built({day_with(monday + 1, 1), old}, parts());
  CHECK(has(files.at("topics/atlases/index.html"), "No longer a topic here; its papers stay."));
  CHECK_FALSE(has(files.at("topics/maps/index.html"), "No longer a topic"));
  CHECK(files.count("topics/atlases/2099/q1/index.html") == 1);
  CHECK(has(files.at("topics/index.html"), "<a href=\"../topics/atlases/\">Atlases</a>"));
}

TEST_CASE("authors: a followed author's page lists papers that carry the name or were matched", "[authors]") {
  Day matched = named_day(monday + 2, "9901.00003", {"Wei Wang"});
  matched.papers[0].score.scorer = Scorer::author;
  Day namesake = named_day(monday + 1, "9901.00002", {"Zora Quillfeather"});
  namesake.papers[0].score.namesake = "Zora Quillfeather";
  const Day by_name = named_day(monday, "9901.00001", {"Ada Imagined", "Quillfeather, Zora"});
  const Files files =
      built({matched, namesake, by_name},
            following({{"zora-quillfeather", "Zora Quillfeather", "", ""}, {"wei-wang", "Wei Wang", "7", ""}}));
  const std::string& zora = files.at("authors/zora-quillfeather/index.html");
  CHECK(has(zora, "data-id=\"9901.00001\""));
  CHECK_FALSE(has(zora, "data-id=\"9901.00002\""));
  CHECK(has(files.at("authors/wei-wang/index.html"), "data-id=\"9901.00003\""));
  CHECK(has(files.at("topics/index.html"),
            "<a href=\"../authors/zora-quillfeather/\">Zora Quillfeather</a> <span class=\"soft\">1 paper</span>"));
}

TEST_CASE("authors: only followed ones have a page", "[authors]") {
  for (const auto& [path, bytes] : built({day_with(monday, 1)}, parts())) CHECK_FALSE(path.starts_with("authors/"));
  const Files files = built({}, following({{"ada", "Ada Imagined", "", ""}}));
  CHECK(has(files.at("authors/ada/index.html"), "No paper yet."));
}

TEST_CASE("topics: a paused or ended topic keeps page, papers, feed and name, and its pages say so", "[topics]") {
  SiteParts all = parts();
  REQUIRE(all.interests.topics[0].slug == "maps");
  const Day day = day_with(day_of(2099, 8, 5), 3);
  const Files before = built({day}, all);
  const std::string mark = "<p class=\"soft\">Ended on 2099-08-04; its papers stay.</p>\n";
  all.interests.topics[0].until = day.date;
  CHECK(built({day}, all) == before);
  all.interests.topics[0].until = day.date - 1;
  Files ended = built({day}, all);
  CHECK(has(ended.at("about/index.html"), "<span class=\"soft\">ended on 2099-08-04</span></h3>"));
  CHECK(has(ended.at("topics/index.html"), ", ended on 2099-08-04</span>"));
  std::string& page = ended.at("topics/maps/index.html");
  REQUIRE(has(page, mark));
  page.erase(page.find(mark), mark.size());
  for (const auto& [path, bytes] : before)
    if (path != "about/index.html" && path != "topics/index.html") CHECK(ended.at(path) == bytes);
  all.interests.topics[0].until.reset();
  all.interests.topics[0].paused = true;
  CHECK(
      has(built({day}, all).at("topics/maps/index.html"), "<p class=\"soft\">Paused: no papers are chosen for it now"));
}
