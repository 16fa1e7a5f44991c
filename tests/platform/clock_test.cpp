#include "platform/clock.h"

#include "platform/environment.h"
#include "support/catch.h"
#include "variable.h"

using namespace daybook;

TEST_CASE("clock: the present is what DAYBOOK_NOW says", "[clock]") {
  const SetVariable set("DAYBOOK_NOW", "2025-08-05T01:30:00Z");
  CHECK(now()->rfc3339() == "2025-08-05T01:30:00Z");
}

TEST_CASE("clock: a DAYBOOK_NOW that is no time is an error, not ignored", "[clock]") {
  const SetVariable set("DAYBOOK_NOW", "yesterday");
  CHECK(describe(now().error()) ==
        "DAYBOOK_NOW: error: \"yesterday\" is not a time\n  hint: write it as 2025-08-05T01:30:00Z, or unset it\n");
  CHECK(now().error().kind == Kind::misuse);
}

TEST_CASE("clock: without DAYBOOK_NOW the present is the system's", "[clock]") {
  const SetVariable set("DAYBOOK_NOW", "");
  CHECK(now()->rfc3339() > "2024-01-01T00:00:00Z");
}

TEST_CASE("clock: the steady clock runs on, also in a rehearsal", "[clock]") {
  const SetVariable set("DAYBOOK_NOW", "2025-08-05T01:30:00Z");
  const double before = steady_seconds();
  sleep_seconds(0.002);
  CHECK(steady_seconds() >= before + 0.002);
  sleep_seconds(-1);
}

TEST_CASE("clock: a variable set to nothing counts as not set", "[clock]") {
  const SetVariable empty("DAYBOOK_TEST_EMPTY", ""), full("DAYBOOK_TEST_FULL", " a b\n"),
      blank("DAYBOOK_TEST_BLANK", " \n");
  CHECK(variable("DAYBOOK_TEST_EMPTY") == std::nullopt);
  CHECK(variable("DAYBOOK_TEST_MISSING") == std::nullopt);
  CHECK(variable("DAYBOOK_TEST_FULL") == " a b\n");
  CHECK(secret("DAYBOOK_TEST_FULL") == "a b");
  CHECK(secret("DAYBOOK_TEST_BLANK") == std::nullopt);
}

TEST_CASE("clock: GitHub Actions is known by its variable", "[clock]") {
  const SetVariable actions("GITHUB_ACTIONS", "true");
  CHECK(in_github_actions());
  const SetVariable no_actions("GITHUB_ACTIONS", "false");
  CHECK_FALSE(in_github_actions());
}
