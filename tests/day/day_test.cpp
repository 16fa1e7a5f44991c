#include "day/day.h"

#include "day/samples.h"
#include "support/catch.h"

using namespace daybook;

namespace {

Day day_of(Status status, std::optional<int> scanned = {}) {
  Day day;
  day.status = status;
  day.counts.scanned = scanned;
  if (status != Status::quiet && status != Status::lost) day.papers = {samples::entry("9901.00001")};
  return day;
}

}  // namespace

TEST_CASE("day: a status is read by the name it is written with", "[day]") {
  for (const Status status :
       {Status::complete, Status::quiet, Status::partial, Status::local, Status::degraded, Status::lost}) {
    CHECK(status_of(status_name(status)) == status);
    CHECK(status_sentence(status).back() == '.');
  }
  CHECK(status_name(Status::degraded) == "degraded");
  CHECK_FALSE(status_of("Complete"));
  CHECK_FALSE(status_of(""));
}

TEST_CASE("day: a partial day says that its papers wait for the next run", "[day]") {
  CHECK(status_sentence(Status::partial) ==
        "The LLM failed or the budget ran out, so some papers were scored locally; the next run scores them again.");
}

TEST_CASE("day: the cost is unknown where something was asked and no price is known", "[day]") {
  CHECK(has_unknown_cost({"model-1", {}, 900, {}, 70, {}, {}, {}}));
  CHECK(has_unknown_cost({"model-1", 3, {}, {}, {}, {}, {}, {}}));
  CHECK_FALSE(has_unknown_cost({"model-1", 3, 900, {}, 70, {}, {}, 0.0}));
  CHECK_FALSE(has_unknown_cost({"model-1", 0, 0, {}, 0, {}, {}, {}}));
  CHECK_FALSE(has_unknown_cost({}));
}

TEST_CASE("day: one is replaced by an equal or better one, never by a worse one", "[day]") {
  const Status ranked[] = {Status::lost, Status::degraded, Status::local, Status::partial, Status::complete};
  for (int holder = 0; holder < 5; ++holder)
    for (int challenger = 0; challenger < 5; ++challenger) {
      CAPTURE(holder, challenger);
      CHECK(may_replace(day_of(ranked[holder]), day_of(ranked[challenger])) == (challenger >= holder));
    }
}

TEST_CASE("day: whether it takes the place of another depends on papers, wholeness and status", "[day]") {
  const auto quiet = day_of(Status::quiet);
  const auto local = [](std::optional<int> scanned) { return day_of(Status::local, scanned); };
  Day cut = local(900);
  cut.cut_off = {"feed.xml:1:1: broke off"};
  struct Case {
    Day holder, challenger;
    bool yields;
  };
  const std::vector<Case> cases = {
      {quiet, quiet, true},
      {quiet, day_of(Status::degraded), true},
      {quiet, day_of(Status::lost, 572), true},
      {quiet, day_of(Status::lost), false},
      {day_of(Status::complete), quiet, false},
      {day_of(Status::lost, 572), quiet, false},
      {cut, local(600), true},
      {local(600), cut, false},
      {cut, cut, true},
      {cut, day_of(Status::complete), true},
      {local(600), local(601), true},
      {local(600), local(599), false},
      {local(600), local({}), false},
      {day_of(Status::degraded, 600), day_of(Status::complete, 599), false},  // a part of it, however well scored
      {day_of(Status::degraded, 600), day_of(Status::complete, 600), true},
      {day_of(Status::lost, 600), local(599), true},
      {day_of(Status::degraded), day_of(Status::complete, 5), true},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    CAPTURE(i);
    CHECK(may_replace(cases[i].holder, cases[i].challenger) == cases[i].yields);
  }
}

TEST_CASE("day: more of a day that is not whole takes its place, unless nothing of it was read", "[day]") {
  Day half;
  half.status = Status::complete;
  half.counts.scanned = 10;
  half.categories = {{"cs.LG", 10, 10, 0, CategoryState::complete, "", "", {}},
                     {"cs.CL", 0, 0, 0, CategoryState::stale, "cs.CL: stale", "", {}}};
  REQUIRE(is_unsettled(half));
  Day more = half;
  more.status = Status::partial;
  more.counts.scanned = 14;
  CHECK(may_replace(half, more));
  more.status = Status::local;
  CHECK_FALSE(may_replace(half, more));
  more.status = Status::partial;
  half.categories[1].state = CategoryState::complete;
  REQUIRE_FALSE(is_unsettled(half));
  CHECK_FALSE(may_replace(half, more));
}
