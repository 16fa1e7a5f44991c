#include "feeds/feed_filter.h"

#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

Day one_paper() {
  Day day = day_with(monday, 1);
  Paper& paper = day.papers[0].paper;
  paper.title = "Pruning $k$-means maps: a survey";
  paper.abstract = "We prune. Large maps are small.";
  paper.authors = {"Imagined, A.", "Zo\\\"e Quillfeather"};
  paper.categories = {"cs.LG", "math.CO"};
  return day;
}

bool wanted(const FeedFilter& filter) {
  const Day day = one_paper();
  DaySummary summary = summary_of(day);
  FeedSettings feeds;
  feeds.best = filter;
  note_feeds(summary, day, feeds);
  return summary.papers[0].feeds.at(0);
}

}  // namespace

TEST_CASE("feed filter: all that is asked for must hold, and of a list one", "[feeds]") {
  struct Case {
    const char* what;
    FeedFilter filter;
    bool wanted;
  };
  const Case cases[] = {
      {"nothing asked for", {}, true},
      {"topic", {.topics = {"Other", "MAPS"}}, true},
      {"another topic", {.topics = {"Other"}}, false},
      {"author, accents and order apart", {.authors = {"Zoë Quillfeather"}}, true},
      {"author's initial", {.authors = {"Ada Imagined"}}, true},
      {"another author", {.authors = {"Nobody Else"}}, false},
      {"category", {.categories = {"cs.AI", "math.CO"}}, true},
      {"archive", {.categories = {"math"}}, true},
      {"a category that begins alike", {.categories = {"cs.L"}}, false},
      {"word, whatever its ending", {.words = {"prunes"}}, true},
      {"words in a row", {.words = {"large maps"}}, true},
      {"words across two sentences", {.words = {"prune large"}}, false},
      {"with signs, as it stands", {.words = {"Maps: a"}}, true},
      {"with signs that are not there", {.words = {"maps++"}}, false},
      {"words left out", {.without = {"survey"}}, false},
      {"words left out that are not there", {.without = {"review"}}, true},
      {"relevance", {.relevance = 9}, true},
      {"more relevance", {.relevance = 10}, false},
      {"novelty", {.novelty = 6}, false},
      {"sum", {.sum = 14}, true},
      {"greater sum", {.sum = 15}, false},
      {"one of two does not hold", {.topics = {"Maps"}, .sum = 15}, false},
  };
  for (const Case& one : cases) {
    INFO(one.what);
    CHECK(wanted(one.filter) == one.wanted);
  }
}

TEST_CASE("feed filter: an own feed has its page's address and its best of each day", "[feeds]") {
  SiteParts all = parts();
  OwnFeed own;
  own.name = "Two <a day>";
  own.slug = "two-a-day";
  own.at_most = 2;
  all.feeds.own = {own};
  const Files files = built({day_with(monday + 1, 5), day_with(monday, 1)}, all);
  CHECK(count(files.at("feeds/two-a-day/atom.xml"), "<entry>") == 3);
  CHECK(count(files.at("feeds/index.html"), "feeds/two-a-day/atom.xml") == 2);  // its link, its address
  CHECK(files.at("feeds/index.html").find("Two &lt;a day&gt;") != std::string::npos);
}
