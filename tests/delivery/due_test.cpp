#include "delivery/due.h"

#include <string>
#include <vector>

#include "feeds/feed_filter.h"
#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

DaySummary day_of(Date date, int relevance = 8) {
  DaySummary day;
  day.date = day.recorded = date;
  PaperSummary paper;
  paper.id = "9901.0000" + std::to_string(date.days() % 10);
  paper.title = "Paper";
  paper.relevance = relevance;
  paper.first_seen = date;
  day.papers = {paper};
  return day;
}

// Monday to Thursday, newest first.
Summaries four_days() { return {day_of(monday + 3), day_of(monday + 2), day_of(monday + 1), day_of(monday)}; }

struct Owner {
  Summaries days = four_days();
  Standings standings = {};
  DeliveryChoice choice = {{"everything"}};
  SiteParts parts = {};
  Date on = monday + 3;
  std::string run = {};

  void know(Date date, DeliveryState state, double days_ago = 0, const std::string& by = "") {
    const Instant at{now().seconds - static_cast<std::int64_t>(days_ago * 86400)};
    DeliveryLine line{date.iso(), "mail", at, state, "", scores_mark(day_of(date)), by};
    standings[date.iso()] = {line, state == DeliveryState::failed ? std::optional(at) : std::nullopt};
  }
  Instant now() const { return {new_york_midnight(on).seconds + 3600}; }
  std::vector<std::string> due() const {
    std::vector<std::string> keys;
    for (const Due& due : due_for(choice, standings, {days, parts, now(), run})) keys.push_back(due.delivery.key);
    return keys;
  }
};

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("due: a target that is added gets the newest day alone, and each one from then on", "[due]") {
  Owner owner;
  CHECK(owner.due() == Keys{"2099-01-08"});
  owner.know(monday + 1, DeliveryState::sent);
  CHECK(owner.due() == Keys{"2099-01-07", "2099-01-08"});
}

TEST_CASE("due: a day is sent once, whatever became of it, unless it failed in the last three days", "[due]") {
  for (const DeliveryState state : {DeliveryState::sent, DeliveryState::skipped, DeliveryState::unknown,
                                    DeliveryState::sending, DeliveryState::claimed}) {
    Owner owner;
    owner.know(monday + 3, state);
    INFO(delivery_state_name(state));
    CHECK(owner.due().empty());
  }
  Owner owner;
  owner.know(monday + 3, DeliveryState::failed, 2.9);
  CHECK(owner.due() == Keys{"2099-01-08"});
  owner.know(monday + 3, DeliveryState::failed, 3.1);
  CHECK(owner.due().empty());
}

TEST_CASE("due: recipients who were refused for now get the day later, and nobody else again", "[due]") {
  Owner owner;
  owner.know(monday + 3, DeliveryState::partly);
  owner.standings["2099-01-08"].left = {"bo@example.org"};
  const auto due = due_for(owner.choice, owner.standings, {owner.days, owner.parts, owner.now()});
  REQUIRE(due.size() == 1);
  CHECK(due.front().only == Keys{"bo@example.org"});
}

TEST_CASE("due: a day that was scored anew goes out again only if the target wants that", "[due]") {
  Owner owner;
  owner.know(monday + 3, DeliveryState::sent);
  owner.days[0] = day_of(monday + 3, 9);
  CHECK(owner.due().empty());
  owner.choice.resend = true;
  CHECK(owner.due() == Keys{"2099-01-08"});
}

TEST_CASE("due: neither quiet days, nor lost or old ones, go out", "[due]") {
  Owner owner;
  owner.know(monday - 30, DeliveryState::sent);
  owner.days[0].status = Status::quiet;
  owner.days[1].status = Status::lost;
  owner.days[2].readable = false;
  CHECK(owner.due() == Keys{"2099-01-05"});
  owner.on = monday + days_delivered;
  CHECK(owner.due().empty());
}

TEST_CASE("due: a week goes out from its Saturday on, once", "[due]") {
  Owner owner;
  owner.choice.when = DeliveryTime::saturday;
  owner.on = monday + 4;
  CHECK(owner.due().empty());
  for (int i = 5; i < 12; ++i) {
    owner.on = monday + i;
    CHECK(owner.due() == Keys{"2099-w02"});
  }
  owner.on = monday + 12;
  CHECK(owner.due().empty());
  owner.on = monday + 5;
  owner.standings["2099-w02"].last.state = DeliveryState::sent;
  CHECK(owner.due().empty());
}

TEST_CASE("due: what a run claimed is its own to send, and cut off for later ones", "[due]") {
  Owner owner;
  owner.know(monday + 2, DeliveryState::claimed, 0, "9001-1");
  owner.know(monday + 1, DeliveryState::claimed, 0, "8000-1");
  owner.know(monday, DeliveryState::sending);
  owner.run = "9001-1";
  CHECK(owner.due() == Keys{"2099-01-07"});
  CHECK(cut_off(owner.standings) == Keys{"2099-01-05", "2099-01-06", "2099-01-07"});
}
