// The interests in config/interests that an owner can start from.
#include <fstream>
#include <iterator>

#include "rank/local.h"
#include "support/catch.h"

using namespace daybook;

namespace {

Interests shipped(const std::string& name) {
  const std::string path = DAYBOOK_SOURCE_DIR "/config/interests/" + name;
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  const std::string toml{std::istreambuf_iterator<char>(file), {}};
  Errors errors;
  Interests interests = read_interests(toml, path, errors);
  CHECK(errors.empty());
  return interests;
}

std::vector<std::string> names(const Interests& interests) {
  std::vector<std::string> all;
  for (const Topic& topic : interests.topics) all.push_back(topic.name);
  return all;
}

void check_each_topic_is_known(const Interests& interests) {
  const LocalScorer scorer(interests);
  for (const Topic& topic : interests.topics) {
    Paper paper;
    paper.id = "9901.00001";
    paper.title = topic.name + " of herons: " + topic.keywords.at(0);
    INFO(topic.name);
    CHECK(scorer.score(std::vector{scorer.read(paper)}).at(0).topic == topic.slug);
    CHECK_FALSE(topic.skip.empty());
  }
  CHECK_FALSE(interests.skip_keywords.empty());
  CHECK(interests.authors.empty());
}

}  // namespace

TEST_CASE("interests: those with six topics are without fault and each topic is known", "[interests]") {
  const Interests six = shipped("foundations-6.toml");
  CHECK(names(six) == std::vector<std::string>{"Representation Learning", "Model Architecture", "Model Compression",
                                               "Large Language Models", "AI for Science", "Emerging Trends"});
  check_each_topic_is_known(six);
}

TEST_CASE("interests: those with four topics are without fault and each topic is known", "[interests]") {
  const Interests four = shipped("foundations-4.toml");
  CHECK(names(four) == std::vector<std::string>{"Model Architecture", "Model Compression and Efficiency",
                                                "High Performance Computing", "Representation Learning"});
  check_each_topic_is_known(four);
}
