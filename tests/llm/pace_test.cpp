#include "llm/pace.h"

#include "support/catch.h"

using namespace daybook;

namespace {

LlmSettings limits(int requests, int tokens) {
  LlmSettings llm;
  llm.requests_per_minute = requests;
  llm.tokens_per_minute = tokens;
  return llm;
}

}  // namespace

TEST_CASE("pace: without limits any number of requests may start at once", "[pace]") {
  Pace pace(limits(0, 0));
  for (int i = 0; i < 1000; ++i) pace.started(1e6, 5);
  CHECK(pace.ready_at(1e6, 5) <= 5);
}

TEST_CASE("pace: a limit of requests holds for every minute that passes", "[pace]") {
  Pace pace(limits(3, 0));
  for (const double start : {0.0, 10.0, 20.0}) {
    CHECK(pace.ready_at(1, start) <= start);
    pace.started(1, start);
  }
  CHECK(pace.ready_at(1, 21) == 60);
  CHECK(pace.ready_at(1, 60) <= 60);
  pace.started(1, 60);
  CHECK(pace.ready_at(1, 61) == 70);
}

TEST_CASE("pace: a limit of tokens waits until enough of them are a minute old", "[pace]") {
  Pace pace(limits(0, 100));
  pace.started(60, 0);
  pace.started(30, 10);
  CHECK(pace.ready_at(10, 11) <= 11);
  CHECK(pace.ready_at(40, 11) == 60);
  CHECK(pace.ready_at(80, 11) == 70);
  Pace small(limits(0, 100));
  CHECK(small.ready_at(5000, 0) <= 0);  // more than a minute's worth must go out some time
}

TEST_CASE("pace: what the endpoint says is left is not exceeded", "[pace]") {
  Pace pace(limits(0, 0));
  pace.heard({{"X-RateLimit-Remaining-Requests", "1"}, {"x-ratelimit-reset-requests", "12s"}}, 100);
  CHECK(pace.ready_at(1, 100) <= 100);
  pace.started(1, 100);
  CHECK(pace.ready_at(1, 101) == 112);
  CHECK(pace.ready_at(1, 112) <= 112);
  pace.heard({{"x-ratelimit-remaining-tokens", "500"}, {"x-ratelimit-reset-tokens", "6m0s"}}, 120);
  CHECK(pace.ready_at(1000, 120) <= 120);  // that far ahead it is no limit by the minute
  pace.heard({{"x-ratelimit-remaining-tokens", "500"}, {"x-ratelimit-reset-tokens", "1m0.5s"}}, 120);
  CHECK(pace.ready_at(400, 120) <= 120);
  CHECK(pace.ready_at(1000, 120) == 180.5);
}

TEST_CASE("pace: headers that make no sense are no limit", "[pace]") {
  for (const char* odd : {"", "-1", "soon", "1e400", "12x", "s"}) {
    Pace pace(limits(0, 0));
    pace.heard({{"x-ratelimit-remaining-requests", "0"}, {"x-ratelimit-reset-requests", odd}}, 0);
    INFO(odd);
    CHECK(pace.ready_at(1, 0) <= 0);
  }
}

TEST_CASE("pace: durations are read as endpoints write them", "[pace]") {
  CHECK(duration_seconds("120ms") == 0.12);
  CHECK(duration_seconds("1.5s") == 1.5);
  CHECK(duration_seconds("6m0s") == 360);
  CHECK(duration_seconds("1h2m3s") == 3723);
  CHECK(duration_seconds(" 12 ") == 12);
  CHECK(duration_seconds("12 apples") < 0);
}

TEST_CASE("pace: a pause holds for all, and is not made shorter by a second one", "[pace]") {
  Pace pace(limits(0, 0));
  pace.pause_until(30);
  pace.pause_until(10);
  CHECK(pace.ready_at(1, 5) == 30);
}
