#include "paper/announcement.h"

#include "paper/reading.h"

using namespace daybook;
using namespace daybook::feed_text;

namespace {

const Date monday = date("2099-01-05");

Feed papers_of(Date day) { return read_well(rss_feed("cs.LG", day, invented_papers(1))); }
Feed empty_of(Date day) { return read_well(rss_feed("cs.LG", day, {})); }

Feed undated(Feed feed) {
  feed.announced.reset();
  return feed;
}

}  // namespace

TEST_CASE("a run is about the day that it is in New York") {
  CHECK(announcement_day(*Instant::parse_rfc3339("2099-01-05T04:59:59Z")) == date("2099-01-04"));
  CHECK(announcement_day(*Instant::parse_rfc3339("2099-01-05T05:00:00Z")) == monday);
  CHECK(announcement_day(*Instant::parse_rfc3339("2099-07-06T04:00:00Z")) == date("2099-07-06"));
}

TEST_CASE("each category is asked for once, with the headers that arXiv wants") {
  ArxivSettings settings;
  settings.categories = {"cs.LG", "stat.ML", "cs.LG"};
  const auto requests = feed_requests(settings);
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].method == "GET");
  CHECK(requests[0].url == "https://rss.arxiv.org/rss/cs.LG");
  CHECK(requests[1].url == "https://rss.arxiv.org/rss/stat.ML");
  CHECK(requests[0].body.empty());
  CHECK(requests[0].max_bytes == feed_bytes_max);
  CHECK(requests[0].headers ==
        Headers{{"User-Agent", "Daybook/0.1 (arXiv feed reader)"},
                {"Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1"}});
}

TEST_CASE("papers of the day are ready") {
  CHECK(announcement_of({papers_of(monday)}, monday) == Announcement::ready);
  CHECK(announcement_of({empty_of(monday), papers_of(monday)}, monday) == Announcement::ready);
}

TEST_CASE("a feed of an earlier day is not yet there") {
  CHECK(announcement_of({papers_of(monday)}, monday + 1) == Announcement::not_yet);
  CHECK(announcement_of({empty_of(monday)}, monday + 1) == Announcement::not_yet);
  CHECK(announcement_of({papers_of(monday + 1), papers_of(monday)}, monday + 1) == Announcement::not_yet);
}

TEST_CASE("when every feed is of the day and empty it is quiet") {
  CHECK(announcement_of({empty_of(monday)}, monday) == Announcement::quiet);
  CHECK(announcement_of({empty_of(monday), empty_of(monday)}, monday) == Announcement::quiet);
}

TEST_CASE("weekends and skip days are quiet, even while the feed is of the day before") {
  const Date saturday = date("2099-01-10");
  CHECK(announcement_of({empty_of(saturday)}, saturday) == Announcement::quiet);
  CHECK(announcement_of({papers_of(saturday - 1)}, saturday) == Announcement::quiet);
  CHECK(announcement_of({papers_of(saturday - 1)}, saturday + 1) == Announcement::quiet);
  Feed feed = papers_of(monday);
  feed.skip_days = {Weekday::tuesday};
  CHECK(announcement_of({feed}, monday + 1) == Announcement::quiet);
  CHECK(announcement_of({feed}, monday + 2) == Announcement::not_yet);
}

TEST_CASE("papers dated a weekend day are ready on that day") {
  const Date saturday = date("2099-01-10");
  CHECK(announcement_of({papers_of(saturday)}, saturday) == Announcement::ready);
}

TEST_CASE("a feed of a later day counts as of the day") {
  CHECK(announcement_of({papers_of(monday + 1)}, monday) == Announcement::ready);
  CHECK(announcement_of({empty_of(monday + 1)}, monday) == Announcement::quiet);
}

TEST_CASE("a feed without a date is ready where it has papers, and says nothing where it has none") {
  CHECK(announcement_of({undated(papers_of(monday))}, monday + 1) == Announcement::ready);
  CHECK(announcement_of({undated(empty_of(monday))}, monday) == Announcement::not_yet);
  CHECK(announcement_of({}, monday) == Announcement::not_yet);
}
