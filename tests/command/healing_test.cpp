// Days that are scored anew: what that reads, and what it leaves alone.
#include "backfill_owner.h"
#include "cascade_owner.h"
#include "day/record.h"
#include "support/catch.h"
#include "support/llm_server.h"
#include "support/opens.h"

using namespace daybook;

namespace {

const Date first = day_named("2099-01-05");

// Weeks of papers on five days each, all scored locally.
struct Weeks {
  Date last;
  ArxivServer arxiv;
  LlmServer server;
  BackfillOwner owner{arxiv};
  explicit Weeks(int weeks) : last(first + 7 * weeks - 3) {
    submit_daily(arxiv, first, last);
    arxiv.set_today(last + 7);
    REQUIRE(owner.backfill(last + 7, first, last) == 0);
  }
  int heal(Date to) {
    owner.use_llm(server.base_url());
    return owner.backfill(last + 7, first, to);
  }
  // As if a later day's announcement had had the paper again.
  void announce_again(Date later, const Paper& paper, Date first_seen) {
    Day day = owner.record(later);
    day.again.push_back({paper.id, paper.version, paper.title, AnnounceType::replace, first_seen});
    day.counts.shown_before = day.counts.shown_before.value_or(0) + 1;
    put(owner / ("archive/2099/" + later.iso() + ".json"), write_record(day));
  }
};

std::set<std::string> shown_on(const BackfillOwner& owner, Date date) {
  std::set<std::string> ids;
  for (const Entry& entry : owner.record(date).papers) ids.insert(entry.paper.id);
  return ids;
}

constexpr int days = 10;  // two weeks
constexpr int last_day = days - 1;

}  // namespace

TEST_CASE("healing: a record is opened a few times, not once for each day before it that is healed", "[healing]") {
  Weeks span(8);
  Opens opens(span.owner / "archive/2099");
  REQUIRE(span.heal(span.last - 1) == 0);
  const std::size_t opened = opens.take(span.last.iso() + ".json");
  INFO(opened << " openings");
  CHECK(opened <= 5);
  CHECK(span.owner.record(span.last - 1).status == Status::complete);
  CHECK(span.owner.record(span.last).status == Status::local);
}

TEST_CASE("healing: many days at once forget just those reappearances whose papers are shown no more", "[healing]") {
  Weeks span(2);
  const std::set<std::string> shown_first = shown_on(span.owner, first);
  const Date weekend = first + 5;  // healed by nobody: it has no papers
  const Date later = first + 7;
  for (const Entry& entry : span.owner.record(first).papers)
    for (const Date date : {weekend, later}) span.announce_again(date, entry.paper, first);
  const std::string untouched = bytes_of(span.owner / "archive/2099/2099-01-11.json");
  REQUIRE(span.heal(span.last) == 0);
  std::set<std::string> kept;
  for (const std::string& id : shown_on(span.owner, first))
    if (shown_first.count(id) != 0) kept.insert(id);
  REQUIRE(kept.size() < shown_first.size());
  const Day record = span.owner.record(weekend);
  std::set<std::string> again;
  for (const Reappearance& paper : record.again) again.insert(paper.id);
  CHECK(again == kept);
  CHECK(record.counts.shown_before == static_cast<int>(kept.size()));
  CHECK(bytes_of(span.owner / "archive/2099/2099-01-11.json") == untouched);
}

TEST_CASE("healing: without a key and with state lost, a day that is run again changes nothing", "[healing]") {
  CascadeOwner owner;
  REQUIRE(owner.run_days(0, days, "") == 0);
  const auto archive = owner.archive();
  std::filesystem::remove_all(owner / "state");
  REQUIRE(owner.run(last_day, "") == 0);
  CHECK(owner.archive() == archive);
  REQUIRE(owner.run(last_day, "") == 0);
  CHECK(owner.archive() == archive);
}

TEST_CASE("healing: without a key and with state lost, what a killed run left unwritten is written all the same",
          "[healing]") {
  CascadeOwner owner;
  REQUIRE(owner.run_days(0, 1, "") == 0);
  const auto archive = owner.archive();
  std::filesystem::remove_all(owner / "state");
  std::filesystem::remove(owner / "archive/2099/2099-01-05.md");
  std::filesystem::remove(owner / "archive/README.md");
  REQUIRE(owner.run(0, "") == 0);
  CHECK(owner.archive() == archive);
}

TEST_CASE("healing: without a key and with state there, a day is scored anew after an edit of interests", "[healing]") {
  CascadeOwner owner;
  REQUIRE(owner.run_days(0, days, "") == 0);
  const auto before = owner.scores(last_day);
  owner.settle({.keep = "violin, cello and choir"});
  REQUIRE(owner.run(last_day, "") == 0);
  CHECK(owner.scores(last_day) != before);
}
