// Thirty announcement days in an owner's repository, with all that goes wrong in years.
#include <cstdlib>

#include "rehearsal/commands.h"
#include "rehearsal/owner.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::rehearsal;

namespace {

using Sentences = std::vector<std::string>;

const Date first_monday = *Date::parse("2099-01-05");
Date day_of(int week, int weekday) { return first_monday + (week - 1) * 7 + (weekday - 1); }  // 1 is Monday
const Date holiday = day_of(3, 1);
const Date last_day = day_of(7, 1);

// Where DAYBOOK_REHEARSAL is "long": more papers, and all that a schedule starts.
bool is_long() {
  const char* said = std::getenv("DAYBOOK_REHEARSAL");
  return said != nullptr && std::string(said) == "long";
}

class Month {
 public:
  Month() {
    owner.submit(first_monday - 4, last_day - 1, is_long() ? 60 : 6);
    owner.arxiv.add_holiday(holiday);
  }

  // A run at that time, and what it should come to.
  Played run(Date day, int hour, const std::string& result = "success") {
    Played played = owner.daily(day, hour);
    INFO(day.iso() << ", " << hour << " o'clock\n" << played.log());
    CHECK(played.result == result);
    return played;
  }

  // What must hold when a day is over.
  void check() {
    const Sentences problems = owner.problems();
    CHECK(problems == Sentences{});
  }

  // What a schedule starts on a day on which nothing happens.
  void pass(Date day, const std::string& status = "complete") {
    INFO(day.iso());
    run(day, 0);
    CHECK(owner.status(day) == status);
    const int deployments = owner.hub.deployments();
    for (const int hour : is_long() ? std::vector{1, 2, 4, 8, 12, 16} : std::vector{12}) run(day, hour);
    CHECK(owner.hub.deployments() == deployments);
    check();
  }

  void pass_weekend(int week) {
    for (const int weekday : {6, 7}) pass(day_of(week, weekday), "quiet");
  }

  // The machine is gone while a step of that title runs, when its log has this text.
  Played run_and_lose(Date day, int hour, const std::string& title, const std::string& text = "") {
    owner.runner.during_step = [=](const std::string&, const Step& step, const std::string& log) {
      const bool now = step.title().find(title) != std::string::npos && log.find(text) != std::string::npos;
      return now ? Stop::lost : Stop::none;
    };
    Played played = owner.daily(day, hour);
    owner.runner.during_step = {};
    return played;
  }

  void llm_fails_with(std::optional<LlmFault> fault) {
    LlmBehaviour behaviour;
    behaviour.key = owners_key;
    behaviour.always = fault;
    owner.llm.behave(behaviour);
  }

  std::vector<Issue> open_issues() const {
    std::vector<Issue> open;
    for (Issue& issue : owner.hub.issues())
      if (issue.state == "open") open.push_back(std::move(issue));
    return open;
  }

  Owner owner;
};

void late_feeds(Month& month) {
  const Date late = day_of(1, 2);
  month.owner.arxiv.set_late(true);
  month.run(late, 0);
  CHECK(month.owner.status(late).empty());
  const Played overdue = month.run(late, 12, "failure");
  CHECK(says(overdue.annotations(), "error: Nothing could be recorded for " + late.iso() + ", which was due"));
  month.owner.arxiv.set_late(false);
  month.pass(late);

  const Date stale = day_of(1, 3);
  month.owner.arxiv.set_stale("cs.CL");
  const Played half = month.run(stale, 0);
  CHECK(says(half.annotations(), "warning: " + stale.iso() + " is not complete yet: cs.CL"));
  CHECK(month.owner.record(stale)->cut_off.size() == 1);
  month.owner.arxiv.set_stale("cs.CL", false);
  month.pass(stale);
}

// What arXiv announces again: a paper that was shown, and one that was not.
void announce_again(Month& month, Date before, Date day) {
  const auto record = month.owner.record(before);
  REQUIRE(record);
  REQUIRE_FALSE(record->papers.empty());
  REQUIRE_FALSE(record->near_misses.empty());
  for (Paper paper : {record->papers.front().paper, record->near_misses.front().paper}) {
    paper.announce_type = AnnounceType::cross;
    month.owner.arxiv.announce_again(day, paper);
  }
}

void first_week(Month& month) {
  month.pass(day_of(1, 1));
  late_feeds(month);
  // GitHub leaves out all of Thursday's runs.
  const Date left_out = day_of(1, 4);
  announce_again(month, day_of(1, 1), day_of(1, 5));
  month.pass(day_of(1, 5));
  CHECK(month.owner.status(left_out) == "complete");
  CHECK(month.owner.record(day_of(1, 5))->again.size() == 1);
  month.pass_weekend(1);
}

// Four days without an LLM; its first error says the key. Then all of them are healed.
void second_week(Month& month) {
  month.pass(day_of(2, 1));
  // A service that is down is asked for half a minute before it is given up.
  const LlmFault second = is_long() ? LlmFault::unavailable : LlmFault::no_money;
  const LlmFault faults[] = {LlmFault::unauthorized, second, LlmFault::no_quota, LlmFault::forbidden};
  for (int i = 0; i < 4; ++i) {
    month.llm_fails_with(faults[i]);
    const Played played = month.run(day_of(2, i + 2), 0);
    CHECK(month.owner.status(day_of(2, i + 2)) == "degraded");
    CHECK(says(played.annotations(), "warning: " + day_of(2, i + 2).iso() + " is degraded"));
    CHECK(month.open_issues().size() == (i == 0 ? 0 : 1));
  }
  CHECK(month.open_issues().front().title == "Daybook needs you: 4 bad days");
  CHECK(month.open_issues().front().body.find("401") != std::string::npos);
  month.run(day_of(2, 6), 0);
  CHECK(month.open_issues().size() == 1);
  month.llm_fails_with({});
  month.run(day_of(2, 7), 0);
  for (int i = 2; i <= 5; ++i) CHECK(month.owner.status(day_of(2, i)) == "complete");
  CHECK(month.open_issues().empty());
  CHECK(month.owner.hub.issues().size() == 1);
  CHECK(month.owner.leaks() == Sentences{});
}

// Nobody waits for the other: a second run is played whole between two steps of the first.
void two_runs_at_once(Month& month, Date day) {
  bool second_played = false;
  month.owner.runner.before_step = [&](const std::string&, const Step& step) {
    if (step.title().find("keep.sh") == std::string::npos || second_played) return Stop::none;
    second_played = true;
    month.run(day, 0);
    return Stop::none;
  };
  month.run(day, 0);
  month.owner.runner.before_step = {};
  CHECK(second_played);
  month.pass(day);
}

// Somebody has pushed a note to the archive meanwhile.
void rejected_push(Month& month, Date day) {
  bool pushed = false;
  month.owner.runner.before_step = [&](const std::string&, const Step& step) {
    if (step.title().find("keep.sh") == std::string::npos || pushed) return Stop::none;
    pushed = true;
    month.owner.origin.commit("archive", {{"NOTE.md", "Mine"}}, "A note");
    return Stop::none;
  };
  const Played played = month.run(day, 0);
  month.owner.runner.before_step = {};
  CHECK(played.log().find("rejected") != std::string::npos);
  CHECK(month.owner.origin.files("archive").at("NOTE.md") == "Mine");
  month.pass(day);
}

// The machine is gone in each of its steps, one after the other; the last run finds it all to be done.
void killed_in_each_step(Month& month, Date day) {
  const std::pair<const char*, const char*> moments[] = {
      {"restore.sh", ""},       {"daily.sh", "Fetching"}, {"daily.sh", "Scoring"},
      {"daily.sh", "recorded"}, {"keep.sh", ""},          {"daily.sh", "built public"},
      {"site.sh", ""},          {"outcome.sh", ""},       {"tend.sh", ""}};
  for (const auto& [title, text] : moments) {
    const Played played = month.run_and_lose(day, 0, title, text);
    INFO(title << ' ' << text << '\n' << played.log());
    CHECK(played.result == "failure");
    month.owner.hub.refusals();
  }
  month.pass(day);
}

void third_week(Month& month) {
  // Feeds that are all empty are believed at noon, when the listing pages say so too.
  month.run(holiday, 0);
  CHECK(month.owner.status(holiday).empty());
  month.run(holiday, 12);
  month.pass(holiday, "quiet");
  month.pass(day_of(3, 2));
  two_runs_at_once(month, day_of(3, 3));
  rejected_push(month, day_of(3, 4));
  killed_in_each_step(month, day_of(3, 5));
  month.pass_weekend(3);
}

// Somebody has edited a record by hand. What the error says mends it.
void corrupt_record(Month& month, Date day) {
  const Date damaged = day_of(2, 3);
  const std::string path = "2099/" + damaged.iso() + ".json";
  const std::string whole = month.owner.origin.files("archive").at(path);
  month.owner.origin.commit("archive", {{path, whole.substr(0, whole.size() / 2)}}, "Oops");
  const Played played = month.owner.daily(day, 0);
  INFO(played.log());
  CHECK(played.result == "failure");
  CHECK(says(played.annotations(), path));
  CHECK(month.owner.status(day) == "complete");
  month.check();
  month.owner.origin.commit("archive", {{path, whole}}, "As it was");
  month.pass(day);
}

// An old clone was pushed over the archive: its two newest days are gone, and come back.
void forced_push(Month& month, Date day) {
  const auto commits = month.owner.origin.commits("archive");
  month.owner.origin.set_branch("archive", commits.at(2));
  month.owner.forget_archive();
  const Played played = month.run(day, 0);
  CHECK(says(played.annotations(), "warning: The branch archive has lost"));
  month.run(day, 1);
  month.pass(day);
}

void fourth_week(Month& month) {
  month.owner.origin.delete_branch("state");
  month.pass(day_of(4, 1));
  corrupt_record(month, day_of(4, 2));
  month.pass(day_of(4, 3));
  forced_push(month, day_of(4, 4));
  month.pass(day_of(4, 5));
  month.pass_weekend(4);
}

// Cancelled while the LLM is asked: what it has said by then is kept.
void cancelled(Month& month, Date day) {
  LlmBehaviour slow;
  slow.key = owners_key;
  slow.delay_seconds = 0.5;
  month.owner.llm.behave(slow);
  month.owner.runner.during_step = [&](const std::string&, const Step& step, const std::string& log) {
    const bool now = step.title().find("daily.sh") != std::string::npos && log.find("Scoring") != std::string::npos;
    return now ? Stop::cancelled : Stop::none;
  };
  CHECK(month.owner.daily(day, 0).result == "cancelled");
  month.owner.runner.during_step = {};
  month.llm_fails_with({});
  month.pass(day);
}

// GitHub's API does not answer; git and Pages do.
void without_github(Month& month, Date day) {
  month.owner.hub.fail_with(503);
  CHECK(month.owner.daily(day, 0).result == "success");
  CHECK(month.owner.status(day) == "complete");
  month.owner.hub.fail_with(0);
  month.pass(day);
}

void fifth_week(Month& month) {
  cancelled(month, day_of(5, 1));
  without_github(month, day_of(5, 2));
  // Three in ten answers are none.
  LlmBehaviour moody;
  moody.key = owners_key;
  moody.fault_rate = 0.3;
  moody.faults = {LlmFault::server_error, LlmFault::half_body, LlmFault::html, LlmFault::left_out_id};
  month.owner.llm.behave(moody);
  month.pass(day_of(5, 3));
  month.llm_fails_with({});
  month.pass(day_of(5, 4));
  month.pass(day_of(5, 5));
  month.pass_weekend(5);
}

// The owner edits the settings, and asks for a day by hand.
void sixth_week(Month& month) {
  for (int i = 1; i <= 4; ++i) month.pass(day_of(6, i));
  Owner& owner = month.owner;
  std::string settings = owner.origin.files("main").at("config/daybook.toml");
  const auto at = settings.find("\ntitle = ") + 1;
  settings.replace(at, settings.find('\n', at) - at, "title = \"What Ada reads\"");
  owner.origin.commit("main", {{"config/daybook.toml", settings}}, "A name");
  const Played pushed = owner.play("daily.yml", {"push", new_york_time(day_of(6, 4), 20)});
  INFO(pushed.log());
  CHECK(pushed.result == "success");
  CHECK(owner.hub.site()->at("index.html").find("What Ada reads") != std::string::npos);
  const Played asked = owner.play(
      "daily.yml",
      {"workflow_dispatch", new_york_time(day_of(6, 6), 9), {{"date", day_of(6, 5).iso()}, {"scorer", "llm"}}});
  INFO(asked.log());
  CHECK(asked.result == "success");
  CHECK(owner.status(day_of(6, 5)) == "complete");
  month.pass_weekend(6);
  month.pass(last_day);
}

}  // namespace

TEST_CASE("thirty announcement days: every paper once, no day empty, all healed, one state", "[rehearsal]") {
  Month month;
  first_week(month);
  second_week(month);
  third_week(month);
  fourth_week(month);
  fifth_week(month);
  sixth_week(month);
  CHECK(month.owner.archive_problems(first_monday, last_day) == Sentences{});
  int announcement_days = 0;
  for (Date day = first_monday; day <= last_day; day = day + 1) {
    const bool quiet = day.is_weekend() || day == holiday;
    if (!quiet) ++announcement_days;
    INFO(day.iso());
    CHECK(month.owner.status(day) == (quiet ? "quiet" : "complete"));
  }
  CHECK(announcement_days == 30);
  CHECK(month.open_issues().empty());
  CHECK(month.owner.origin.packed_size("archive") < announcement_days * 120'000LL);
  CHECK(month.owner.origin.commits("state").size() == 1);
  CHECK(month.owner.leaks() == Sentences{});
}
