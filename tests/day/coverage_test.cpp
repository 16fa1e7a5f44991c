#include "day/coverage.h"

#include "day/samples.h"
#include "support/catch.h"
#include "support/feed_text.h"

using namespace daybook;
using daybook::feed_text::invented_paper;

namespace {

const Date monday = samples::date("2099-01-05");

std::vector<Paper> papers(int first, int last, AnnounceType type = AnnounceType::new_) {
  std::vector<Paper> all;
  for (int number = first; number <= last; ++number) {
    all.push_back(invented_paper(number));
    all.back().announce_type = type;
  }
  return all;
}

CategoryFeed feed_of(Date announced, std::vector<Paper> all, const std::string& category = "cs.LG") {
  Feed feed;
  feed.category = category;
  feed.announced = announced;
  feed.entries = all.size();
  feed.papers = std::move(all);
  return {category, std::move(feed), {}};
}

// A day that shows these papers, and had a feed of them.
Day recorded(Date date, const std::vector<Paper>& all) {
  Day day;
  day.date = date;
  day.status = Status::complete;
  day.categories = cover({feed_of(date, all)}, {}, date).categories;
  for (const Paper& paper : all) day.papers.push_back({paper, {}, date});
  return day;
}

// So many weeks of days before `end` of so many papers, all in cs.LG.
CategoryHistory weeks_of(const std::vector<int>& counts, Date end) {
  CategoryHistory history;
  int number = 10'000;
  std::size_t next = 0;
  for (Date date = end - 56; date < end; date = date + 1) {
    if (date.is_weekend()) continue;
    const int count = counts[next++ % counts.size()];
    history.add(recorded(date, papers(number, number + count - 1)), {});
    number += count;
  }
  return history;
}

CategoryCount only(const Coverage& coverage) {
  REQUIRE(coverage.categories.size() == 1);
  return coverage.categories.front();
}

std::size_t taken(const Coverage& coverage) {
  std::size_t count = 0;
  for (const Feed& feed : coverage.feeds) count += feed.papers.size();
  return count;
}

}  // namespace

TEST_CASE("coverage: a feed of new papers is complete and counted", "[feeds]") {
  auto all = papers(1, 3);
  all.push_back(papers(4, 4, AnnounceType::cross).front());
  const Coverage coverage = cover({feed_of(monday, all)}, {}, monday);
  const CategoryCount count = only(coverage);
  CHECK(count.state == CategoryState::complete);
  CHECK(count.announced == 4);
  CHECK(count.new_papers == 3);
  CHECK(count.doubt.empty());
  CHECK(announcement_of(coverage, monday) == Announcement::ready);
}

TEST_CASE("coverage: a feed is held against what the days before have scanned", "[feeds]") {
  struct Case {
    const char* what;
    Date day;
    std::vector<Paper> feed;
    CategoryState state;
    std::size_t taken;
  };
  auto with_cross = papers(4, 6);
  with_cross.push_back(papers(1, 1, AnnounceType::cross).front());
  const Case cases[] = {
      {"an earlier day's papers alone are stale", monday + 1, papers(1, 3), CategoryState::stale, 0},
      {"papers of a stale feed that no day has scanned are taken", monday + 1, papers(1, 5), CategoryState::stale, 2},
      {"few scanned papers leave a feed current", monday + 1, papers(3, 8), CategoryState::complete, 5},
      {"what the same day has scanned makes nothing stale", monday, papers(1, 3), CategoryState::complete, 3},
      {"a cross-list of a scanned paper is announced again", monday + 1, with_cross, CategoryState::complete, 4},
  };
  CategoryHistory history;
  history.add(recorded(monday, papers(1, 3)), {});
  for (const Case& one : cases) {
    INFO(one.what);
    const Coverage coverage = cover({feed_of(one.day, one.feed)}, history, one.day);
    CHECK(only(coverage).state == one.state);
    CHECK(only(coverage).announced == static_cast<int>(one.taken));
    CHECK(taken(coverage) == one.taken);
    CHECK(announcement_of(coverage, one.day) == (one.taken > 0 ? Announcement::ready : Announcement::not_yet));
  }
  const Coverage stale = cover({feed_of(monday + 1, papers(1, 3))}, history, monday + 1);
  CHECK(only(stale).doubt == "cs.LG: arXiv's feed has today's date but an earlier day's papers");
}

TEST_CASE("coverage: a feed of replacements alone that is equal to an earlier day's is stale", "[feeds]") {
  const auto replaced = papers(1, 4, AnnounceType::replace);
  CategoryHistory history;
  Day day = recorded(monday, replaced);
  day.papers.clear();  // the settings want none of them
  history.add(day, {});
  const Coverage coverage = cover({feed_of(monday + 1, replaced)}, history, monday + 1);
  CHECK(only(coverage).state == CategoryState::stale);
  CHECK(taken(coverage) == 0);
}

TEST_CASE("coverage: papers that wait to be scored were announced by their day", "[feeds]") {
  CategoryHistory history;
  for (const Paper& paper : papers(1, 3)) history.add_scanned(paper.id, monday);
  CHECK(only(cover({feed_of(monday + 1, papers(1, 3))}, history, monday + 1)).state == CategoryState::stale);
}

TEST_CASE("coverage: one category may be stale while another is taken", "[feeds]") {
  CategoryHistory history;
  history.add(recorded(monday, papers(1, 3)), {});
  const Coverage coverage =
      cover({feed_of(monday + 1, papers(1, 3)), feed_of(monday + 1, papers(4, 6), "cs.CL")}, history, monday + 1);
  REQUIRE(coverage.categories.size() == 2);
  CHECK(coverage.categories[0].state == CategoryState::stale);
  CHECK(coverage.categories[1].state == CategoryState::complete);
  CHECK(announcement_of(coverage, monday + 1) == Announcement::ready);
}

TEST_CASE("coverage: a feed that says that it is of an earlier day is taken nothing of", "[feeds]") {
  const Coverage coverage = cover({feed_of(monday, papers(1, 3))}, {}, monday + 1);
  CHECK(only(coverage).state == CategoryState::stale);
  CHECK(only(coverage).doubt == "cs.LG: arXiv's feed is still that of 2099-01-05");
  CHECK(announcement_of(coverage, monday + 1) == Announcement::not_yet);
}

TEST_CASE("coverage: a category that can't be read is unknown, and why", "[feeds]") {
  const CategoryFeed unread{"cs.CL", {}, Error{Kind::later, {}, "rss.arxiv.org answered 503", ""}};
  const Coverage coverage = cover({feed_of(monday, papers(1, 3)), unread}, {}, monday);
  REQUIRE(coverage.categories.size() == 2);
  CHECK(coverage.categories[1].state == CategoryState::unknown);
  CHECK(coverage.categories[1].doubt == "cs.CL: rss.arxiv.org answered 503");
}

TEST_CASE("coverage: a feed that broke off, and one at arXiv's limit, are cut off", "[feeds]") {
  CategoryFeed broken = feed_of(monday, papers(1, 3));
  broken.feed->cut_off = Error{Kind::later, {}, "the feed is cut off in its 4th entry", ""};
  CHECK(only(cover({broken}, {}, monday)).state == CategoryState::cut_off);
  CHECK(only(cover({broken}, {}, monday)).doubt == "cs.LG: the feed is cut off in its 4th entry");
  CategoryFeed full = feed_of(monday, papers(1, 3));
  full.feed->entries = feed_entries_max;
  CHECK(only(cover({full}, {}, monday)).state == CategoryState::cut_off);
  CHECK(only(cover({full}, {}, monday)).doubt ==
        "cs.LG: arXiv's feed is at its limit of 2000 entries and omits new papers");
}

TEST_CASE("coverage: far fewer new papers than usual are doubted, and somewhat fewer are not", "[feeds]") {
  struct Case {
    std::vector<int> usual;
    int today;
    CategoryState state;
    const char* doubt;
  };
  const std::vector<int> many = {200, 240, 180, 210, 195};
  for (const Case& one :
       {Case{{30, 40, 25, 35, 28}, 0, CategoryState::empty, "cs.LG: arXiv's feed is unexpectedly empty"},
        Case{many, 30, CategoryState::unknown, "cs.LG: arXiv's feed has far fewer new papers than usual, 30"},
        Case{many, 110, CategoryState::complete, ""}, Case{{3, 2, 5, 3, 0, 4, 3}, 0, CategoryState::empty, ""}}) {
    const CategoryCount count =
        only(cover({feed_of(monday, papers(1, one.today))}, weeks_of(one.usual, monday), monday));
    CHECK(count.state == one.state);
    CHECK(count.doubt == one.doubt);
  }
}

TEST_CASE("coverage: in its first days a category that was never empty is doubted when it is", "[feeds]") {
  CategoryHistory history;
  history.add(recorded(monday, papers(1, 3)), {});
  CHECK_FALSE(only(cover({feed_of(monday + 1, {})}, history, monday + 1)).doubt.empty());
}

TEST_CASE("coverage: days recorded before there were counts are counted by primary category", "[feeds]") {
  CategoryHistory history;
  for (Date date = monday - 28; date < monday; date = date + 1) {
    if (date.is_weekend()) continue;
    Day day = recorded(date, papers(date.days() % 100 * 100, date.days() % 100 * 100 + 39));
    day.categories.clear();
    history.add(day, {});
  }
  CHECK_FALSE(only(cover({feed_of(monday, {})}, history, monday)).doubt.empty());
}

TEST_CASE("coverage: weekends and skip days are quiet, even while the feed is of the day before", "[feeds]") {
  const Date saturday = monday + 5;
  for (const Date day : {saturday, saturday + 1}) {
    CHECK(announcement_of(cover({}, {}, day), day) == Announcement::quiet);
    const Coverage coverage = cover({feed_of(saturday - 1, papers(1, 3))}, {}, day);
    CHECK(announcement_of(coverage, day) == Announcement::quiet);
    CHECK(only(coverage).doubt.empty());
  }
  CHECK(announcement_of(cover({feed_of(saturday, papers(1, 3))}, {}, saturday), saturday) == Announcement::ready);
  CategoryFeed skipping = feed_of(monday, {});
  skipping.feed->skip_days = {Weekday::monday};
  CHECK(announcement_of(cover({skipping}, {}, monday), monday) == Announcement::quiet);
}

TEST_CASE("coverage: feeds that are all empty on a weekday make no quiet day by themselves", "[feeds]") {
  Coverage coverage = cover({feed_of(monday, {}), feed_of(monday, {}, "cs.CL")}, {}, monday);
  CHECK(announcement_of(coverage, monday) == Announcement::not_yet);
  add_witness(coverage.categories[0], {monday - 3, 12, 4, 5}, monday);  // a holiday: the page is Friday's still
  CHECK(announcement_of(coverage, monday) == Announcement::not_yet);
  add_witness(coverage.categories[1], {}, monday);  // no updates today
  CHECK(announcement_of(coverage, monday) == Announcement::quiet);
  settle_quiet(coverage.categories);
  CHECK(coverage.categories[0].state == CategoryState::empty);
  CHECK(doubts_of(coverage.categories).empty());
}

TEST_CASE("coverage: feeds that are late make no quiet day, though the listing is of the day before too", "[feeds]") {
  Coverage coverage = cover({feed_of(monday - 3, papers(1, 3))}, {}, monday);
  add_witness(coverage.categories[0], {monday - 3, 3, 0, 0}, monday);
  CHECK(announcement_of(coverage, monday) == Announcement::not_yet);
}

TEST_CASE("coverage: an audit of a complete category doubts it where the listing has more", "[feeds]") {
  struct Case {
    ListingPage page;
    CategoryState state;
    const char* doubt;
  };
  const CategoryCount before = only(cover({feed_of(monday, papers(1, 3))}, {}, monday));
  for (const Case& one :
       {Case{{monday, 3, 0, 8}, CategoryState::complete, ""},
        Case{{monday, 4, 0, 0}, CategoryState::unknown, "cs.LG: arXiv's listing has 4 new papers, its feed 3"},
        // A cross-list more raises no alarm, and leaves the category unsettled.
        Case{{monday, 3, 1, 7}, CategoryState::unknown, ""}}) {
    CategoryCount after = before;
    add_witness(after, one.page, monday);
    CHECK(after.state == one.state);
    CHECK(after.doubt == one.doubt);
    CHECK((after == before) == (one.state == CategoryState::complete));
  }
}

TEST_CASE("coverage: a witness with as many new papers completes a category, one with more does not", "[feeds]") {
  const CategoryHistory history = weeks_of({200, 240, 180, 210, 195}, monday);
  CategoryCount few = only(cover({feed_of(monday, papers(1, 30))}, history, monday));
  CategoryCount same = few;
  add_witness(same, {monday, 30, 0, 0}, monday);
  CHECK(same.state == CategoryState::complete);
  CHECK(same.doubt.empty());
  add_witness(few, {monday, 212, 2, 0}, monday);
  CHECK(few.state == CategoryState::unknown);
  CHECK(few.doubt == "cs.LG: arXiv's listing has 212 new papers, its feed 30");
  CHECK(few.witness == ListingPage{monday, 212, 2, 0});
}

TEST_CASE("coverage: a page that says of no day that there is nothing does not make a category whole", "[feeds]") {
  CategoryCount count = only(cover({feed_of(monday, {})}, {}, monday));
  add_witness(count, {}, monday);
  CHECK(count.state == CategoryState::empty);
  add_witness(count, {monday, 0, 0, 0}, monday);
  CHECK(count.state == CategoryState::complete);
}

TEST_CASE("coverage: a feed that can't be read takes back no doubt of an earlier look", "[feeds]") {
  auto doubted = cover({feed_of(monday, papers(1, 3))}, {}, monday).categories;
  add_witness(doubted.front(), {monday, 4, 0, 0}, monday);
  const CategoryFeed unread{"cs.LG", {}, Error{Kind::later, {}, "rss.arxiv.org answered 503", ""}};
  const auto later = merged(cover({unread}, {}, monday).categories, doubted);
  const auto last = merged(cover({feed_of(monday, papers(1, 3))}, {}, monday).categories, later);
  CHECK(last.front().state == CategoryState::unknown);
  CHECK(last.front().doubt == doubted.front().doubt);
}

TEST_CASE("coverage: of two looks a complete category stays complete, and a renewed feed completes", "[feeds]") {
  CategoryHistory history;
  history.add(recorded(monday, papers(1, 3)), {});
  const auto stale = cover({feed_of(monday + 1, papers(1, 3))}, history, monday + 1).categories;
  const auto whole = cover({feed_of(monday + 1, papers(4, 6))}, history, monday + 1).categories;
  CHECK(merged(whole, stale).front().state == CategoryState::complete);
  CHECK(merged(whole, stale).front().doubt.empty());
  CHECK(merged(stale, whole).front().state == CategoryState::complete);
  CHECK(merged(stale, whole).front().announced == 3);
  // A witness of this look knows more than the look before.
  auto empty = cover({feed_of(monday, {})}, {}, monday).categories;
  auto witnessed = empty;
  add_witness(witnessed.front(), {monday, 0, 0, 0}, monday);
  CHECK(merged(witnessed, empty).front().state == CategoryState::complete);
  CHECK(merged(empty, witnessed).front().state == CategoryState::complete);
  // What was found out about the same batch since.
  auto doubted = whole;
  doubted.front().state = CategoryState::unknown;
  CHECK(merged(whole, doubted).front().state == CategoryState::unknown);
}
