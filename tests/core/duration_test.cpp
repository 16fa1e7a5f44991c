#include "core/duration.h"

#include <limits>

#include "support/catch.h"

using namespace daybook;

TEST_CASE("wait words: any number of seconds is said", "[http]") {
  CHECK(wait_words(0) == "0 s");
  CHECK(wait_words(-5) == "0 s");
  CHECK(wait_words(1.2) == "2 s");
  CHECK(wait_words(86400) == "86400 s");
  CHECK(wait_words(1e30) == "for more than a year");
  CHECK(wait_words(std::numeric_limits<double>::infinity()) == "for more than a year");
  CHECK(wait_words(std::numeric_limits<double>::quiet_NaN()) == "for more than a year");
}
