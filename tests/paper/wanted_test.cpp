#include "paper/merge.h"
#include "paper/reading.h"

using namespace daybook;
using namespace daybook::feed_text;

namespace {

const Date monday = date("2099-01-05");

Paper of_type(int number, AnnounceType type) {
  Paper paper = invented_paper(number);
  paper.announce_type = type;
  return paper;
}

ArxivSettings settings() {
  ArxivSettings settings;
  settings.categories = {"cs.AI", "cs.LG"};
  return settings;
}

Feed feed_of(const std::string& category, const std::vector<Paper>& papers) {
  return read_well(rss_feed(category, monday, papers));
}

std::vector<std::string> ids(const std::vector<Paper>& papers) {
  std::vector<std::string> ids;
  for (const Paper& paper : papers) ids.push_back(paper.id);
  return ids;
}

}  // namespace

TEST_CASE("wanted papers: papers of the wanted announce types remain, in the order of the feeds", "[feeds]") {
  const Feed feed = feed_of("cs.LG", {of_type(4, AnnounceType::replace), of_type(3, AnnounceType::cross),
                                      of_type(1, AnnounceType::new_), of_type(2, AnnounceType::replace_cross)});
  CHECK(ids(wanted_papers({feed}, settings())) == std::vector<std::string>{"9901.00003", "9901.00001"});
  ArxivSettings all = settings();
  all.announce = {AnnounceType::replace, AnnounceType::replace_cross};
  CHECK(ids(wanted_papers({feed}, all)) == std::vector<std::string>{"9901.00004", "9901.00002"});
}

TEST_CASE("wanted papers: a paper in several feeds is one, listed in all of them in the settings' order", "[feeds]") {
  Paper cross = of_type(1, AnnounceType::cross);
  cross.title = "The title of the first feed";
  Paper original = of_type(1, AnnounceType::new_);
  original.version = 2;
  const auto papers = wanted_papers(
      {feed_of("cs.LG", {cross}), feed_of("stat.ML", {cross}), feed_of("cs.AI", {invented_paper(2), original})},
      settings());
  REQUIRE(ids(papers) == std::vector<std::string>{"9901.00001", "9901.00002"});
  CHECK(papers[0].title == original.title);
  CHECK(papers[0].announce_type == AnnounceType::new_);
  CHECK(papers[0].version == 2);
  CHECK(papers[0].listed_in == std::vector<std::string>{"cs.AI", "cs.LG", "stat.ML"});
}

TEST_CASE("wanted papers: of one version in two feeds the first reading stays", "[feeds]") {
  Paper first = of_type(1, AnnounceType::cross);
  first.title = "The title of the first feed";
  const auto papers = wanted_papers({feed_of("cs.LG", {first}), feed_of("cs.AI", {invented_paper(1)})}, settings());
  REQUIRE(papers.size() == 1);
  CHECK(papers[0].title == "The title of the first feed");
}

TEST_CASE("wanted papers: of two versions the newer is taken whole, whichever comes first", "[feeds]") {
  Paper newer = of_type(1, AnnounceType::replace);
  newer.version = 2;
  newer.title = "The second title";
  newer.abstract = "The second abstract.";
  const Paper older = of_type(1, AnnounceType::new_);
  for (const auto& feeds : {std::vector{feed_of("cs.LG", {older}), feed_of("cs.AI", {newer})},
                            std::vector{feed_of("cs.LG", {newer}), feed_of("cs.AI", {older})}}) {
    const auto papers = wanted_papers(feeds, settings());
    REQUIRE(papers.size() == 1);
    CHECK(papers[0].version == 2);
    CHECK(papers[0].title == newer.title);
    CHECK(papers[0].abstract == newer.abstract);
    CHECK(papers[0].announce_type == AnnounceType::new_);
    CHECK(papers[0].listed_in.size() == 2);
  }
}

TEST_CASE("wanted papers: a paper new in one feed and replaced in another is new", "[feeds]") {
  const auto papers = wanted_papers(
      {feed_of("cs.LG", {of_type(1, AnnounceType::replace)}), feed_of("cs.AI", {of_type(1, AnnounceType::cross)})},
      settings());
  REQUIRE(papers.size() == 1);
  CHECK(papers[0].announce_type == AnnounceType::cross);
}

TEST_CASE("wanted papers: with primary_only a paper's first category must be one of the settings'", "[feeds]") {
  ArxivSettings primary = settings();
  primary.primary_only = true;
  Paper listed_too = invented_paper(2);
  listed_too.categories = {"stat.ML", "cs.LG"};
  const Feed feed = feed_of("cs.LG", {invented_paper(1), listed_too});
  CHECK(ids(wanted_papers({feed}, primary)) == std::vector<std::string>{"9901.00001"});
  CHECK(wanted_papers({feed}, settings()).size() == 2);
}

TEST_CASE("wanted papers: an archive among the settings' categories holds its subject classes as primary ones",
          "[feeds]") {
  ArxivSettings archive = settings();
  archive.primary_only = true;
  archive.categories = {"stat"};
  Paper inside = invented_paper(1);
  inside.categories = {"stat.ML"};
  Paper outside = invented_paper(2);
  outside.categories = {"statics.X"};
  CHECK(ids(wanted_papers({feed_of("stat", {inside, outside})}, archive)) == std::vector<std::string>{"9901.00001"});
}

TEST_CASE("wanted papers: papers of the API, which say no announce type, are wanted", "[feeds]") {
  CHECK(wanted_papers({read_well(api_feed(invented_papers(3)))}, settings()).size() == 3);
}

TEST_CASE("wanted papers: no feeds, no papers", "[feeds]") { CHECK(wanted_papers({}, settings()).empty()); }
