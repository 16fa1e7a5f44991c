// Days that no run has seen: recovered by the next run, or by daybook backfill.
#include "backfill_owner.h"
#include "store/context.h"
#include "support/catch.h"
#include "support/feed_text.h"

using namespace daybook;

namespace {

using Ids = std::set<std::string>;

const Date monday = day_named("2099-01-05");
const Date tuesday = monday + 1;
const Date wednesday = monday + 2;
const Date thursday = monday + 3;
const Date friday = monday + 4;
const Date next_monday = monday + 7;
const std::vector<std::string> followed = {"cs.LG"};

// Three papers a day for two weeks, and an owner who follows them.
struct TwoWeeks {
  ArxivServer arxiv;
  BackfillOwner owner{arxiv};
  TwoWeeks() { submit_daily(arxiv, monday, monday + 13); }

  int run(Date day, const std::vector<std::string>& options = {}) {
    arxiv.set_today(day);
    return owner.run(day, options);
  }
  int backfill(Date day, Date from, Date to, const std::vector<std::string>& options = {}) {
    arxiv.set_today(day);
    return owner.backfill(day, from, to, options);
  }
  Ids announced(Date day) const { return arxiv.ids_of(day, followed); }
  std::size_t questions() const { return arxiv.requests(ArxivPart::api).size(); }
};

bool adds_up(const Counts& counts) { return *counts.announced == *counts.scanned + *counts.shown_before; }

}  // namespace

TEST_CASE("backfill: days that no run has seen are recovered by the next run, with their own papers", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(thursday) == 0);
  for (const Date day : {monday, tuesday, wednesday, thursday}) {
    INFO(day.iso() << world.owner.output());
    CHECK(world.owner.ids(day) == world.announced(day));
    CHECK(world.owner.record(day).status == Status::local);
    CHECK(adds_up(world.owner.record(day).counts));
  }
  CHECK(world.announced(tuesday).size() == 9);  // of three days
  CHECK(world.questions() == 3);                // two days, and what arXiv may have held back before
  CHECK(world.owner.site().count("2099/01/06/index.html") == 1);
  REQUIRE(world.run(thursday) == 0);
  CHECK(world.questions() == 3);
}

TEST_CASE("backfill: a recovered paper says whether it was new or a cross-list, and where it was listed",
          "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(wednesday) == 0);
  const Day day = world.owner.record(tuesday);
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) {
      const bool primary = entry.paper.categories.front() == "cs.LG";
      CHECK(entry.paper.announce_type == (primary ? AnnounceType::new_ : AnnounceType::cross));
      CHECK(entry.paper.listed_in == followed);
    }
}

TEST_CASE("backfill: after weeks without a run the last two are recovered, a warning tells of the rest", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(monday) == 0);
  const Date back = monday + 21;
  REQUIRE(world.run(back) == exit_later);  // nothing is announced that day, and at one o'clock that is not believed
  INFO(world.owner.output());
  CHECK(world.owner.output().find(
            "no run recorded the days from 2099-01-06 on; days before 2099-01-12 are not fetched automatically\n"
            "  hint: daybook backfill --from 2099-01-06 --to 2099-01-11 fetches them (on GitHub: Actions, Backfill)") !=
        std::string::npos);
  for (const Date day : {next_monday, next_monday + 1, next_monday + 4})
    CHECK(world.owner.ids(day) == world.announced(day));
  world.owner.set_hour(13);
  REQUIRE(world.run(back) == 0);
  CHECK(world.owner.record(back).status == Status::quiet);
  world.owner.set_hour(1);
  REQUIRE(world.run(back + 1) == exit_later);
  CHECK(world.owner.output().find("no run recorded the days") == std::string::npos);
}

TEST_CASE("backfill: days before the oldest record are nobody's to recover, and weekends neither", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(friday) == 0);
  REQUIRE(world.run(next_monday) == 0);
  CHECK(world.questions() == 0);
  CHECK_FALSE(world.owner.has(thursday));
  CHECK_FALSE(world.owner.has(friday + 1));
}

TEST_CASE("backfill: a holiday that no run has seen is quiet, since its papers came with the next announcement",
          "[backfill]") {
  TwoWeeks world;
  world.arxiv.add_holiday(tuesday);
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(wednesday) == 0);
  const Day holiday = world.owner.record(tuesday);
  CHECK(holiday.status == Status::quiet);
  CHECK(holiday.counts == Counts{0, 0, 0, 0});
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
  CHECK(world.owner.ids(wednesday).size() == 12);
}

TEST_CASE("backfill: a holiday and the announcement after it, both missed, have each paper once", "[backfill]") {
  TwoWeeks world;
  world.arxiv.add_holiday(tuesday);
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(thursday) == 0);
  Ids both = world.owner.ids(tuesday);
  for (const std::string& id : world.owner.ids(wednesday)) CHECK(both.insert(id).second);
  CHECK(both == world.announced(wednesday));
}

TEST_CASE("backfill: a recorded holiday's papers come with the day after it, if that was missed", "[backfill]") {
  TwoWeeks world;
  world.arxiv.add_holiday(wednesday);
  REQUIRE(world.run(tuesday) == 0);
  CHECK(world.run(wednesday) == exit_later);
  CHECK_FALSE(world.owner.has(wednesday));
  world.owner.set_hour(13);
  REQUIRE(world.run(wednesday) == 0);
  CHECK(world.owner.record(wednesday).status == Status::quiet);
  REQUIRE(world.run(friday) == 0);
  CHECK(world.owner.ids(thursday) == world.announced(thursday));
  CHECK(world.owner.ids(thursday).size() == 6);
}

TEST_CASE("backfill: a paper that arXiv held back stays with the day that announced it", "[backfill]") {
  TwoWeeks world;
  Paper held = feed_text::invented_paper(99);
  held.published = new_york_time(monday, 9);  // in Tuesday's window
  world.arxiv.announce_again(thursday, held);
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(thursday) == 0);
  CHECK(world.owner.ids(thursday).count(held.id) == 1);
  CHECK(world.owner.ids(tuesday).count(held.id) == 0);
  CHECK(adds_up(world.owner.record(tuesday).counts));
}

TEST_CASE("backfill: with arXiv's API down a run warns once and records today, a later one recovers", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.fail_always(ArxivPart::api, ArxivFault::unavailable);
  REQUIRE(world.run(thursday) == 0);
  CHECK(world.owner.output().find(
            "warning: a run was missed: the papers of 2099-01-06 can't be fetched now: 127.0.0.1") !=
        std::string::npos);
  CHECK(world.owner.output().find("the papers of 2099-01-07") == std::string::npos);
  CHECK(world.owner.has(thursday));
  CHECK_FALSE(world.owner.has(tuesday));
  world.arxiv.fail_always(ArxivPart::api, {});
  REQUIRE(world.run(friday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
}

TEST_CASE("backfill: missed days are recovered while today's announcement is still to come", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(monday) == 0);
  world.arxiv.set_late(true);
  CHECK(world.run(wednesday) == exit_later);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK_FALSE(world.owner.has(wednesday));
}

TEST_CASE("backfill: neither a dry run nor a run of files asks for missed days", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(monday) == 0);
  REQUIRE(world.run(wednesday, {"--dry-run"}) == 0);
  put(world.owner / "feed.xml", feed_text::rss_feed("cs.LG", wednesday, {feed_text::invented_paper(77)}));
  REQUIRE(world.run(wednesday, {"--feed", world.owner / "feed.xml"}) == 0);
  CHECK(world.questions() == 0);
  CHECK_FALSE(world.owner.has(tuesday));
}

TEST_CASE("backfill: a range is recorded: weekdays from the API, weekends quiet and without a request", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.backfill(monday + 14, thursday, next_monday) == 0);
  INFO(world.owner.output());
  for (const Date day : {thursday, friday, next_monday}) CHECK(world.owner.ids(day) == world.announced(day));
  for (const Date day : {friday + 1, friday + 2}) {
    CHECK(world.owner.record(day).status == Status::quiet);
    CHECK(world.owner.record(day).counts == Counts{0, 0, 0, 0});
  }
  CHECK_FALSE(world.owner.has(wednesday));
  CHECK_FALSE(world.owner.has(next_monday + 1));
  CHECK(world.questions() == 3);
  CHECK(world.owner.site().count("2099/01/09/index.html") == 1);
}

TEST_CASE("backfill: days with a record are left alone, and a second backfill changes nothing", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.run(wednesday) == 0);
  const std::string before = world.owner.archive().at("2099/2099-01-07.json");
  REQUIRE(world.backfill(monday + 14, monday, friday) == 0);
  CHECK(world.questions() == 5);
  const auto archive = world.owner.archive();
  CHECK(archive.at("2099/2099-01-07.json") == before);
  REQUIRE(world.backfill(monday + 14, monday, friday) == 0);
  CHECK(world.questions() == 5);
  CHECK(world.owner.archive() == archive);
}

TEST_CASE("backfill: a page and an index that a killed backfill left unwritten are written by the next", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.backfill(monday + 14, monday, wednesday) == 0);
  const auto archive = world.owner.archive();
  std::filesystem::remove(world.owner / "archive/2099/2099-01-06.md");
  put(world.owner / "archive/2099/2099-01-07.md", "half");
  std::filesystem::remove(world.owner / "archive/README.md");
  REQUIRE(world.backfill(monday + 14, monday, wednesday) == 0);
  CHECK(world.owner.archive() == archive);
}

TEST_CASE("backfill: one pause holds between all requests of a run, for feeds and for the API", "[backfill]") {
  ArxivServer arxiv;
  submit_daily(arxiv, monday, wednesday);
  BackfillOwner owner(arxiv, "", "", "0.2");
  for (const Date day : {monday, wednesday}) {
    arxiv.set_today(day);
    REQUIRE(owner.run(day) == 0);
  }
  const auto requests = arxiv.requests();
  REQUIRE(requests.size() == 4);
  CHECK(requests[2].path.find("/api/query") == 0);
  CHECK(requests[2].connection == requests[1].connection);
  CHECK(requests[2].seconds - requests[1].seconds >= 0.2);
}

TEST_CASE("backfill: a weekday of which the API finds nothing is asked for twice, and quiet", "[backfill]") {
  ArxivServer arxiv;
  BackfillOwner owner(arxiv);
  arxiv.set_today(friday);
  REQUIRE(owner.backfill(friday, tuesday, tuesday) == 0);
  CHECK(owner.record(tuesday).status == Status::quiet);
  CHECK(arxiv.requests(ArxivPart::api).size() == 2);
}

TEST_CASE("backfill: a working day unknown to the API is not quiet, and is recorded when it is known", "[backfill]") {
  ArxivServer arxiv;
  BackfillOwner owner(arxiv);
  arxiv.set_today(wednesday);
  CHECK(owner.backfill(wednesday, tuesday, tuesday) == 75);
  CHECK(owner.output().find(
            "arXiv's API has no papers submitted for 2099-01-06\n"
            "  hint: no action needed: later runs ask again; from 2099-01-09 on the day is recorded as quiet") !=
        std::string::npos);
  CHECK_FALSE(owner.has(tuesday));
  submit_daily(arxiv, monday, monday);
  CHECK(owner.backfill(wednesday, tuesday, tuesday) == 0);
  CHECK(owner.record(tuesday).status == Status::local);
}

TEST_CASE("backfill: a day that was taken for quiet says how to ask again, and backfill does", "[backfill]") {
  ArxivServer arxiv;
  BackfillOwner owner(arxiv);
  arxiv.set_today(friday);
  REQUIRE(owner.backfill(friday, tuesday, tuesday) == 0);
  CHECK(owner.output().find("daybook backfill --from 2099-01-06 --to 2099-01-06 asks again") != std::string::npos);
  submit_daily(arxiv, monday, monday);
  REQUIRE(owner.backfill(friday, tuesday, tuesday) == 0);
  INFO(owner.output());
  CHECK(owner.record(tuesday).status == Status::local);
  CHECK(owner.ids(tuesday) == arxiv.ids_of(tuesday, followed));
}

TEST_CASE("backfill: empty, short and broken pages are asked for again", "[backfill]") {
  TwoWeeks world;
  for (const ArxivFault fault : {ArxivFault::empty_page, ArxivFault::short_page, ArxivFault::half_text})
    world.arxiv.fail_next(ArxivPart::api, fault);
  REQUIRE(world.backfill(friday, tuesday, tuesday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
  CHECK(world.questions() == 4);
}

TEST_CASE("backfill: a day whose pages stay short is not recorded, others are, with word to come again", "[backfill]") {
  TwoWeeks world;
  world.arxiv.fail_next(ArxivPart::api, ArxivFault::short_page, 4);
  CHECK(world.backfill(friday, tuesday, wednesday) == exit_later);
  CHECK_FALSE(world.owner.has(tuesday));
  CHECK(world.owner.ids(wednesday) == world.announced(wednesday));
  CHECK(world.owner.output().find("arXiv's API sent 4 of 9 papers of a page, of 9 that it found (4 tries)") !=
        std::string::npos);
  REQUIRE(world.backfill(friday, tuesday, wednesday) == 0);
  CHECK(world.owner.ids(tuesday) == world.announced(tuesday));
}

TEST_CASE("backfill: a day of more papers than a page holds is fetched page by page", "[backfill]") {
  ArxivServer arxiv;
  for (int number = 1; number <= 1203; ++number)
    arxiv.submit(feed_text::invented_paper(number), new_york_time(monday, 9, number % 60));
  BackfillOwner owner(arxiv);
  arxiv.set_today(friday);
  REQUIRE(owner.backfill(friday, tuesday, tuesday) == 0);
  CHECK(owner.ids(tuesday).size() == 1203);
  const auto requests = arxiv.requests(ArxivPart::api);
  REQUIRE(requests.size() == 3);
  CHECK(requests[2].path.find("&start=1000&max_results=500") != std::string::npos);
  CHECK(requests[0].connection == requests[2].connection);
}

TEST_CASE("backfill: papers that a later day shows are not shown again, and count as shown", "[backfill]") {
  TwoWeeks world;
  Paper paper = feed_text::invented_paper(99);
  paper.title = "Inventions of inventions: an invention";
  paper.abstract = "Inventions, invented.";
  paper.published = new_york_time(monday, 9);
  world.arxiv.announce_again(monday + 16, paper);
  REQUIRE(world.run(monday + 16) == 0);
  REQUIRE(world.owner.record(monday + 16).papers.size() == 1);
  REQUIRE(world.backfill(monday + 16, tuesday, tuesday) == 0);
  CHECK(world.owner.ids(tuesday).count(paper.id) == 0);
  const Day day = world.owner.record(tuesday);
  CHECK(day.again.empty());
  CHECK(day.counts.announced == 10);
  CHECK(day.counts.shown_before == 1);
  CHECK(adds_up(day.counts));
}

TEST_CASE("backfill: papers fetched before are scored without a word to arXiv", "[backfill]") {
  TwoWeeks world;
  REQUIRE(world.backfill(friday, monday, thursday, {"--fetch-only"}) == 0);
  CHECK(world.questions() == 4);
  CHECK_FALSE(world.owner.has(monday));
  CHECK_FALSE(std::filesystem::exists(world.owner / "public"));
  REQUIRE(world.backfill(friday, monday, thursday) == 0);
  CHECK(world.questions() == 4);
  CHECK(world.owner.ids(thursday) == world.announced(thursday));
}

TEST_CASE("backfill: what is wrong with its range is said", "[backfill]") {
  TwoWeeks world;
  const auto said = [&](const std::vector<std::string>& words) {
    std::vector<std::string> arguments = {"backfill"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    CHECK(world.owner.command(friday, arguments) == exit_misuse);
    return world.owner.output();
  };
  CHECK(said({"--from", "2099-01-07", "--to", "2099-01-06"}) ==
        "error: --from 2099-01-07 is after --to 2099-01-06\n"
        "  hint: give the first day with --from and the last with --to\n");
  CHECK(said({"--from", "2099-01-07", "--to", "2099-01-09"}) ==
        "error: --to 2099-01-09 has not passed: in New York it is 2099-01-09\n"
        "  hint: give --to 2099-01-08 or earlier; daybook run covers today\n");
  for (const std::string shard : {"3/2", "0/2", "-1/2", "1/0", "1", "1/", "1/2/3", "a/b", "1/99999999999"})
    CHECK(said({"--from", "2099-01-05", "--to", "2099-01-06", "--shard=" + shard})
              .find('"' + shard + "\" is not a shard (expected I/N, such as 2/8)") != std::string::npos);
  CHECK(said({"--from", "2099-01-05"}).find("--to is required") != std::string::npos);
  CHECK(world.questions() == 0);
}

TEST_CASE("backfill: where only replacements are wanted there is nothing to backfill, which is said", "[backfill]") {
  ArxivServer arxiv;
  BackfillOwner owner(arxiv, "", "announce = [\"replace\"]\n");
  CHECK(owner.backfill(friday, monday, tuesday) == exit_misuse);
  CHECK(owner.output().find("error: [arxiv] announce lists only replacements, which arXiv's API does not report\n"
                            "  hint: there is nothing to backfill; add \"new\" or \"cross\" to announce\n") !=
        std::string::npos);
  CHECK(arxiv.requests().empty());
}
