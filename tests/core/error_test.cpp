#include "core/error.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("error: place, fact and hint, as far as they are known", "[error]") {
  const Error error{Kind::misuse,
                    {"config/daybook.toml", 14, 1},
                    "[select] has no setting \"relevence\"",
                    "did you mean \"relevance\"?"};
  CHECK(
      describe(error) ==
      "config/daybook.toml:14:1: error: [select] has no setting \"relevence\"\n  hint: did you mean \"relevance\"?\n");
  CHECK(describe(error, "warning") ==
        "config/daybook.toml:14:1: warning: [select] has no setting \"relevence\"\n  hint: did you mean "
        "\"relevance\"?\n");
  CHECK(describe({Kind::failed, {"feed.xml", 3, 0}, "it broke", ""}) == "feed.xml:3: error: it broke\n");
  CHECK(describe({Kind::failed, {"feed.xml", 0, 7}, "it broke", ""}) == "feed.xml: error: it broke\n");
  CHECK(describe({Kind::failed, {}, "it broke", ""}) == "error: it broke\n");
}

TEST_CASE("place_at: lines and columns count from one, and behind the end is the end", "[error]") {
  const std::string_view text = "ab\ncd\n\nx";
  CHECK(place_at(text, 0, "s") == Place{"s", 1, 1});
  CHECK(place_at(text, 2, "s") == Place{"s", 1, 3});
  CHECK(place_at(text, 3, "s") == Place{"s", 2, 1});
  CHECK(place_at(text, 6, "s") == Place{"s", 3, 1});
  CHECK(place_at(text, 7, "s") == Place{"s", 4, 1});
  CHECK(place_at("ab\ncd", 99, "s") == Place{"s", 2, 3});
  CHECK(place_at("", 0, "s") == Place{"s", 1, 1});
}

TEST_CASE("repeats: a text is news once, and its repetitions are counted", "[error]") {
  Repeats repeats;
  CHECK(repeats.counted().empty());
  CHECK(repeats.is_news("b"));
  CHECK(repeats.is_news("a"));
  CHECK(repeats.is_news("once"));
  CHECK_FALSE(repeats.is_news("b"));
  CHECK_FALSE(repeats.is_news("a"));
  CHECK_FALSE(repeats.is_news("b"));
  CHECK(repeats.counted() == std::vector<std::string>{"a (and 1 more like it)", "b (and 2 more like it)"});
}
