#include "core/repeats.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("repeats: a text is news once, and its repetitions are counted") {
  Repeats repeats;
  CHECK(repeats.is_news("b"));
  CHECK(repeats.is_news("a"));
  CHECK(repeats.is_news("once"));
  CHECK_FALSE(repeats.is_news("b"));
  CHECK_FALSE(repeats.is_news("a"));
  CHECK_FALSE(repeats.is_news("b"));
  CHECK(repeats.counted() == std::vector<std::string>{"a (and 1 more like it)", "b (and 2 more like it)"});
}

TEST_CASE("repeats: of what was said once there is nothing to count") {
  Repeats repeats;
  CHECK(repeats.counted().empty());
  CHECK(repeats.is_news("a"));
  CHECK(repeats.counted().empty());
}
