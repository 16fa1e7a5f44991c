#include "legacy/merge.h"
#include "day/samples.h"
#include "legacy/import.h"
#include "support/catch.h"

using namespace daybook;

TEST_CASE("merge: merging a day with itself or with nothing changes nothing", "[import]") {
  const Day day = samples::full_day();
  CHECK(merged(day, day) == day);
  Day nothing;
  nothing.date = day.date;
  CHECK(merged(day, nothing) == day);
}

TEST_CASE("merge: a later reading fills what the earlier left unknown, and nothing else", "[import]") {
  Day page;
  page.date = samples::date("2099-01-05");
  page.counts = {1006, {}, {}, 1};
  page.usage = Usage{"", {}, 5, {}, {}, {}, {}, 0.22};
  page.papers = {samples::entry("9901.00001")};
  page.papers[0].paper.categories.clear();
  page.papers[0].score.novelty.reset();
  Day json = page;
  json.counts = {7, 654, {}, 2};
  json.usage = Usage{"model-1", {}, 6, {}, 8, {}, {}, 0.2345};
  json.prompt = "sha256:00";
  json.topics = {{"theory", "Theory"}};
  json.papers[0] = samples::entry("9901.00001");
  json.papers[0].paper.title = "Another";
  json.papers[0].paper.version = 2;
  json.papers[0].paper.affiliations = {"X", ""};
  json.papers[0].score.relevance = 1;
  json.papers.push_back(samples::entry("9901.00002"));

  const Day both = merged(page, json);
  CHECK(both.counts == Counts{1006, 654, {}, 2});  // as many as there are now
  CHECK(both.usage == Usage{"model-1", {}, 5, {}, 8, {}, {}, 0.22});
  CHECK(both.prompt == "sha256:00");
  CHECK(both.topics == json.topics);
  REQUIRE(both.papers.size() == 2);
  Entry expected = samples::entry("9901.00001");
  expected.paper.version = 2;
  expected.paper.affiliations = {"X", ""};
  CHECK(both.papers[0] == expected);
  CHECK(both.papers[1] == json.papers[1]);
}

TEST_CASE("merge: what is said of a scorer is filled in only where it is the same scorer", "[import]") {
  Day first;
  first.status = Status::partial;
  first.papers = {samples::entry("9901.00001"), samples::entry("9901.00002")};
  Day second = first;
  second.why = "The budget ended.";
  for (Entry& entry : second.papers) {
    entry.score.namesake = "Bo Sample";
    entry.score.h_index = 7;
    entry.score.reason = "the budget ended";
    entry.score.scored_by = Scorer::local;
    entry.score.rescored = Rescored{samples::date("2099-01-06"), Scorer::local, 8, 7};
  }
  second.papers[1].score.scorer = Scorer::local;
  const Day both = merged(first, second);
  CHECK(both.why == "The budget ended.");
  CHECK(both.papers[0] == second.papers[0]);
  Entry expected = samples::entry("9901.00002");
  expected.score.namesake = "Bo Sample";
  expected.score.h_index = 7;
  CHECK(both.papers[1] == expected);
  first.status = Status::complete;
  CHECK(merged(first, second).why.empty());
}

TEST_CASE("merge: what the cascade did is taken over, a threshold only with the score that it is one for", "[import]") {
  Day record;
  record.cascade = Cascade{0.31, 0.04, 180, 18, 470, {}};
  record.near_misses = {samples::entry("9901.00001"), samples::entry("9901.00002"), samples::entry("9901.00003")};
  for (Entry& entry : record.near_misses) {
    entry.score.scorer = Scorer::local;
    entry.score.local_score = 0.12;
    entry.score.threshold = 0.31;
    entry.missed = "discarded at 0.12, threshold 0.31";
  }
  Day other = record;
  other.cascade.reset();
  for (Entry& entry : other.near_misses) {
    entry.score.local_score.reset();
    entry.score.threshold.reset();
    entry.missed.clear();
  }
  other.near_misses[1].score.scorer = Scorer::llm;
  other.near_misses[2].score.local_score = 0.2;
  const Day both = merged(other, record);
  CHECK(both.cascade == record.cascade);
  CHECK(both.near_misses[0] == record.near_misses[0]);
  CHECK_FALSE(both.near_misses[1].score.threshold);
  CHECK_FALSE(both.near_misses[2].score.threshold);
}

TEST_CASE("merge: affiliations are not taken from another list of names", "[import]") {
  Day page;
  page.papers = {samples::entry("9901.00001")};
  Day json = page;
  json.papers[0].paper.authors = {"B. Sample"};
  json.papers[0].paper.affiliations = {"X"};
  CHECK(merged(page, json) == page);
}

TEST_CASE("merge: a paper is not added where the earlier reading has it among the near misses", "[import]") {
  Day earlier;
  earlier.near_misses = {samples::entry("9901.00001")};
  Day later;
  later.papers = {samples::entry("9901.00001")};
  CHECK(merged(earlier, later).papers.empty());
  CHECK(merged(later, earlier).near_misses.empty());
}

TEST_CASE("merge: of two readings, the one that knows more says how the day went", "[import]") {
  Day lost;
  lost.status = Status::lost;
  lost.counts.selected = 0;
  Day quiet = lost;
  quiet.status = Status::quiet;
  quiet.counts.announced = 0;
  Day complete;
  complete.counts.selected = 1;
  complete.papers = {samples::entry("9901.00001")};
  CHECK(merged(lost, quiet).status == Status::quiet);
  CHECK(merged(quiet, lost).status == Status::quiet);
  CHECK(merged(lost, complete).status == Status::complete);
  CHECK(merged(lost, complete).counts.selected == 1);
  CHECK(merged(complete, lost).status == Status::complete);
  CHECK(merged(complete, lost).counts.selected == 1);
}
