#include "legacy/comment_topic.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("comment topic: a comment names topics by their names as whole words, in its own order", "[import]") {
  const std::vector<Topic> topics = {{"large-gardens", "Large Gardens", "", "", {}},
                                     {"soil-care", "Soil Care", "", "", {}},
                                     {"roses", "Roses", "", "", {}}};
  using Slugs = std::vector<std::string>;
  const std::pair<const char*, Slugs> cases[] = {
      {"The paper digs, which aligns with the 'Soil Care' criterion.", {"soil-care"}},
      {"Matches soil care: deeper digging.", {"soil-care"}},
      {"Relevant to large garden theory.", {"large-gardens"}},
      {"Roses/Soil Care: both.", {"roses", "soil-care"}},
      {"Relevant to soil careers and primroses.", {}},
      {"A primrose, but a rose as well.", {"roses"}},
      {"Fits.", {}},
      {"", {}},
  };
  for (const auto& [comment, slugs] : cases) {
    INFO(comment);
    CHECK(topics_named(comment, topics) == slugs);
  }
  CHECK(topics_named("Any.", {{"nameless", "", "", "", {}}}).empty());
}
