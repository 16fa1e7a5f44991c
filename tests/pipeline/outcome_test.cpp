#include "pipeline/outcome.h"

#include <algorithm>
#include <filesystem>

#include "pipeline/candidates.h"
#include "pipeline/planned_run.h"
#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::parse("2099-01-05");
const Date saturday = monday + 5;

Instant at(Date day, int hour) { return {new_york_midnight(day).seconds + 3600L * hour}; }

Message said(Severity severity, const std::string& what, const std::string& hint = "") {
  return {severity, {Kind::failed, {}, what, hint}};
}

// A run of Monday's that ended so, with the day's record if it has one.
OutcomeFacts facts(int exit, std::optional<DayStanding> record = std::nullopt, int hour = 1) {
  OutcomeFacts made{exit, at(monday, hour)};
  if (record) made.records[monday] = *record;
  made.messages = {said(Severity::error, "it broke", "mend it")};
  return made;
}

std::string colours(const Outcome& outcome) {
  std::string text(colour_name(outcome.colour));
  for (const Trouble& trouble : outcome.troubles)
    text += ", " + trouble.day.iso() + ' ' + std::string(colour_name(trouble.colour));
  return text;
}

constexpr DayStanding complete{Status::complete}, local{Status::local}, quiet{Status::quiet}, lost{Status::lost},
    partial{Status::partial}, degraded{Status::degraded}, short_day{Status::complete, true};

}  // namespace

TEST_CASE("outcome: the colour follows from the exit code, the day's record and the hour") {
  const std::string todays = ", 2099-01-05 ";
  const struct {
    int exit;
    std::optional<DayStanding> record;
    int hour;
    std::string expected;
  } rows[] = {{exit_done, complete, 1, "green"},
              {exit_done, local, 1, "green"},
              {exit_done, quiet, 1, "green"},
              {exit_done, lost, 1, "green"},
              {exit_done, std::nullopt, 1, "green"},
              {exit_done, partial, 1, "yellow" + todays + "yellow"},
              {exit_done, degraded, 1, "yellow" + todays + "yellow"},
              {exit_done, short_day, 1, "yellow" + todays + "yellow"},
              {exit_later, std::nullopt, 11, "green"},
              {exit_later, std::nullopt, 12, "red" + todays + "red"},
              {exit_later, complete, 12, "green"},
              {exit_later, short_day, 12, "yellow" + todays + "yellow"},
              {exit_later, short_day, 11, "green"},
              {exit_failed, std::nullopt, 1, "red" + todays + "red"},
              {exit_failed, complete, 1, "red" + todays + "red"},
              {exit_misuse, std::nullopt, 1, "red" + todays + "red"},
              {exit_misuse, degraded, 1, "red" + todays + "red"},
              {exit_misuse, complete, 1, "red"},
              {exit_misuse, local, 1, "red"},
              {exit_misuse, quiet, 1, "red"}};
  for (const auto& row : rows) {
    INFO("exit " << row.exit << " at " << row.hour << " with "
                 << (row.record ? status_name(row.record->status) : "no record"));
    CHECK(colours(outcome_of(facts(row.exit, row.record, row.hour))) == row.expected);
  }
}

TEST_CASE("outcome: on a weekend nothing is due") {
  CHECK(colours(outcome_of({exit_later, at(saturday, 18)})) == "green");
}

TEST_CASE("outcome: a day asked for by hand has its own colour and leaves the troubles as they are") {
  const std::vector<Trouble> before = {{monday - 3, Colour::red, "x"}, {monday - 30, Colour::red, "y"}};
  for (const auto& [exit, colour] : {std::pair{exit_done, "yellow"}, {exit_later, "green"}, {exit_misuse, "red"}}) {
    OutcomeFacts by_hand = facts(exit, std::nullopt, 14);
    by_hand.asked = monday - 3;
    by_hand.records[monday - 3] = partial;
    by_hand.troubles = before;
    const Outcome outcome = outcome_of(by_hand);
    CHECK(colour_name(outcome.colour) == colour);
    CHECK(outcome.day == monday - 3);
    CHECK(outcome.status == Status::partial);
    CHECK(outcome.troubles == before);
  }
}

TEST_CASE("outcome: an LLM that somebody wants and that is not set up is no trouble of the day") {
  OutcomeFacts wanted = facts(exit_misuse);
  wanted.llm_asked = true;
  CHECK(colours(outcome_of(wanted)) == "red");
  wanted.exit = exit_failed;
  CHECK(colours(outcome_of(wanted)) == "red, 2099-01-05 red");
}

TEST_CASE("outcome: a trouble stays until its day is well or too old to be scored again") {
  const Date friday = monday - 3;
  const struct {
    Colour was;
    std::optional<DayStanding> record;
    int exit;
    bool stays;
  } rows[] = {{Colour::yellow, degraded, exit_done, true},  {Colour::yellow, short_day, exit_done, true},
              {Colour::yellow, complete, exit_done, false}, {Colour::yellow, complete, exit_failed, false},
              {Colour::yellow, quiet, exit_done, false},    {Colour::yellow, std::nullopt, exit_done, true},
              {Colour::red, degraded, exit_done, false},    {Colour::red, std::nullopt, exit_done, true},
              {Colour::red, complete, exit_failed, true},   {Colour::red, complete, exit_later, true}};
  for (const auto& row : rows) {
    OutcomeFacts later{row.exit, at(monday, 1)};
    later.troubles = {{friday, row.was, "it broke"}};
    if (row.record) later.records[friday] = *row.record;
    const auto left = outcome_of(later).troubles;
    CHECK((std::count(left.begin(), left.end(), later.troubles[0]) == 1) == row.stays);
    later.troubles[0].day = monday - rescore_days;
    CHECK(std::count(left.begin(), left.end(), later.troubles[0]) == 0);
  }
}

TEST_CASE("outcome: today's trouble is replaced by what is said anew, and kept where nothing is") {
  OutcomeFacts again = facts(exit_failed);
  again.troubles = {{monday, Colour::yellow, "before"}};
  CHECK(outcome_of(again).troubles == std::vector<Trouble>{{monday, Colour::red, "it broke; mend it"}});
  again.exit = exit_later;
  CHECK(outcome_of(again).troubles == again.troubles);
}

TEST_CASE("outcome: the message is what stopped it, what it puts off or its warnings, once, on one line") {
  OutcomeFacts spoke = facts(exit_failed);
  const Message warning{Severity::warning, {Kind::failed, {"a.toml", 3, 1}, "w\tone\ntwo", ""}};
  spoke.messages = {warning, said(Severity::notice, "later"), said(Severity::error, "e", "h"),
                    said(Severity::error, "e", "h"), said(Severity::error, "f")};
  CHECK(outcome_of(spoke).message == "e; h f");
  CHECK(outcome_of(spoke).messages == spoke.messages);
  spoke.messages.resize(2);
  CHECK(outcome_of(spoke).message == "later");
  spoke.messages.resize(1);
  CHECK(outcome_of(spoke).message == "a.toml:3:1: w one two");
  spoke.messages.clear();
  CHECK(outcome_of(spoke).message == "daybook exited with 1 and gave no reason");
  spoke.messages = {said(Severity::error, std::string(5000, 'x'))};
  CHECK(outcome_of(spoke).message.size() == 1500);
  CHECK(outcome_of(facts(exit_done, complete)).message.empty());
  CHECK(outcome_of(facts(exit_done, partial)).message == "it broke; mend it");
}

TEST_CASE("outcome: a red one has its reason, with the page to open") {
  const auto reason = [](int exit) {
    OutcomeFacts red = facts(exit, std::nullopt, 13);
    red.page = "https://github.com/ada/papers";
    return outcome_of(red).reason;
  };
  CHECK(reason(exit_done).empty());
  CHECK(reason(exit_later) ==
        "Nothing could be recorded for 2099-01-05, which was due by noon in New York; the reason is above. Later runs "
        "fetch it.");
  CHECK(reason(exit_misuse) ==
        "The settings or the inputs are wrong; the errors above say where, and how to fix them. The "
        "settings: https://github.com/ada/papers/blob/HEAD/config/daybook.toml");
  CHECK(reason(exit_failed) ==
        "daybook failed (1); the errors above say why. What could be published is published. The records: "
        "https://github.com/ada/papers/tree/archive");
}

TEST_CASE("outcome: days that later runs take up again are named") {
  OutcomeFacts week{exit_done, at(monday, 1)};
  week.records = {
      {monday - 20, degraded}, {monday - 4, degraded}, {monday - 3, lost}, {monday - 2, quiet}, {monday, short_day}};
  CHECK(outcome_of(week).rescore == std::vector<Date>{monday - 4, monday});
}

TEST_CASE("outcome: as JSON it has all, and its troubles are read back") {
  OutcomeFacts bad = facts(exit_failed, degraded);
  bad.messages = {{Severity::error, {Kind::failed, {"a.toml", 14, 1}, "it \"broke\"", "mend it"}}};
  const std::string json = outcome_json(outcome_of(bad));
  CHECK(
      json ==
      "{\"exit\":1,\"day\":\"2099-01-05\",\"status\":\"degraded\",\"colour\":\"red\",\"reason\":\"daybook failed (1); "
      "the errors above say why. What could be published is published.\",\"message\":\"a.toml:14:1: it \\\"broke\\\"; "
      "mend it\",\"messages\":[{\"severity\":\"error\",\"place\":\"a.toml:14:1\",\"text\":\"it \\\"broke\\\"\","
      "\"hint\":\"mend it\"}],\"troubles\":[{\"day\":\"2099-01-05\",\"colour\":\"red\",\"message\":\"a.toml:14:1: it "
      "\\\"broke\\\"; mend it\"}],\"rescore\":[\"2099-01-05\"]}\n");
  CHECK(troubles_in(json, monday) == outcome_of(bad).troubles);
  CHECK(troubles_in(json, monday - 1).empty());
}

TEST_CASE("outcome: rubbish in an outcome of before is passed over") {
  for (const char* rubbish : {"", "null", "[[[", "{\"troubles\": 3}", "{\"troubles\": [null, {\"day\": 3}, \"x\"]}"})
    CHECK(troubles_in(rubbish, monday).empty());
  CHECK(troubles_in("{\"troubles\": [{\"day\": \"2099-01-02\", \"colour\": {}, \"message\": \"a\\u001b\\tb\\nc\"}]}",
                    monday) == std::vector<Trouble>{{monday - 3, Colour::yellow, "a b c"}});
}

TEST_CASE("outcome: a run has one, and a dry run, a shard, a fetch alone and a run over files have none", "[outcome]") {
  const auto keeps = [](auto set) {
    PlannedRun owner;
    owner.options.command = "run";
    owner.options.state = owner.folder / "state";
    owner.options.archive = owner.folder / "archive";
    set(owner.options);
    keep_outcome(owner.world, exit_done, "");
    return std::filesystem::exists(owner.folder / "state/outcome.json");
  };
  CHECK(keeps([](Options&) {}));
  CHECK(keeps([](Options& options) { options.command = "backfill"; }));
  CHECK_FALSE(keeps([](Options& options) { options.dry_run = true; }));
  CHECK_FALSE(keeps([](Options& options) { options.feeds = {"cs.LG.xml"}; }));
  CHECK_FALSE(keeps([](Options& options) {
    options.command = "backfill";
    options.fetch_only = true;
  }));
  CHECK_FALSE(keeps([](Options& options) {
    options.command = "backfill";
    options.shard = {1, 2};
  }));
  CHECK_FALSE(keeps([](Options& options) { options.command = "build"; }));
}
