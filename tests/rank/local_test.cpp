#include "rank/local.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "support/catch.h"

using namespace daybook;

namespace {

Interests interests() {
  Interests wanted;
  wanted.topics = {
      {"smaller-models",
       "Smaller Models",
       "Weights with fewer bits, and networks with parts cut out.",
       "An old method on a new gadget.",
       {"quantization", "pruning", "low-rank", "KV cache"}},
      {"learned-features",
       "Learned Features",
       "What networks encode in their hidden layers.",
       "",
       {"representation learning", "feature learning", "contrastive"}},
  };
  wanted.skip_keywords = {"recommendation system", "survey"};
  return wanted;
}

Paper paper(std::string title, std::string abstract) {
  Paper made;
  made.id = "9901.00001";
  made.title = std::move(title);
  made.abstract = std::move(abstract);
  return made;
}

Score scored(std::string title, std::string abstract) {
  return LocalScorer(interests()).score(paper(std::move(title), std::move(abstract)));
}

}  // namespace

TEST_CASE("local scorer: a paper of a topic gets its name, and a comment with the deciding words", "[rank]") {
  const Score score = scored("Quantized Lanterns: Low-Rank Light",
                             "We prune lanterns and quantize what is left. The KV\ncache is smaller, too.");
  CHECK(score.scorer == Scorer::local);
  CHECK(score.topic == "smaller-models");
  CHECK(score.comment == "Smaller Models: Quantized, Low-Rank in the title; KV cache, prune in the abstract.");
  CHECK(score.relevance.value_or(0) >= 9);
}

TEST_CASE("local scorer: a paper of no topic says so and gets a low relevance", "[rank]") {
  const Score score = scored("Birds of the Northern Marshes", "Herons were counted by the river in spring.");
  CHECK(score.topic.empty());
  CHECK(score.comment == "No topic fits: none of the topics' words is in the title or the abstract.");
  CHECK(score.relevance.value_or(10) <= 2);
}

TEST_CASE("local scorer: what speaks against a paper lowers it and is told", "[rank]") {
  const Score with = scored("Pruning a Recommendation System", "A survey of pruning.");
  const Score without = scored("Pruning a Lantern", "A tale of pruning.");
  CHECK(*with.local_score < *without.local_score);
  CHECK(
      with.comment ==
      "Smaller Models: Pruning in the title. Against it: Recommendation System in the title; survey in the abstract.");
}

TEST_CASE("local scorer: the title counts more than the abstract", "[rank]") {
  CHECK(*scored("Pruning lanterns", "On light.").local_score > *scored("On light", "Pruning lanterns.").local_score);
}

TEST_CASE("local scorer: relevance rises with the local score", "[rank]") {
  const std::vector<Score> scores = {
      scored("Herons", "A survey of a recommendation system."),
      scored("Herons", "In spring."),
      scored("Herons", "One bit."),
      scored("Herons", "Pruning them."),
      scored("Pruning", "Pruning them, quantized."),
      scored("Pruning and quantization", "Low-rank pruning with a small KV cache, quantized to few bits.")};
  for (std::size_t i = 1; i < scores.size(); ++i) {
    INFO(i);
    CHECK(*scores[i - 1].local_score < *scores[i].local_score);
    CHECK(*scores[i - 1].relevance <= *scores[i].relevance);
    CHECK((*scores[i].local_score > 0 && *scores[i].local_score < 1));
  }
}

TEST_CASE("local scorer: novelty is a middling guess that surveys lower and theory raises", "[rank]") {
  CHECK(scored("Herons", "In spring.").novelty == 6);
  CHECK(*scored("A Survey of Herons", "A literature review.").novelty <= 3);
  CHECK(*scored("Rethinking Herons: A New Paradigm", "We prove a theorem.").novelty >= 8);
}

TEST_CASE("local scorer: a keyword to skip outweighs what a topic only implies, and not what it names", "[rank]") {
  Interests wanted = interests();
  wanted.skip_keywords = {"pruning", "distillation"};
  CHECK(LocalScorer(wanted).score(paper("Pruning Herons", "By hand.")).topic == "smaller-models");
  wanted.topics[0].keywords = {"compression"};  // brings distillation with it
  const Score score = LocalScorer(wanted).score(paper("Distillation of Herons", "By hand."));
  CHECK(score.topic.empty());
  CHECK(score.comment ==
        "No topic fits: none of the topics' words is in the title or the abstract. Against it: Distillation in the "
        "title.");
}

TEST_CASE("local scorer: a word to skip that is a topic's own keyword is not held against a paper", "[rank]") {
  Interests wanted;
  wanted.topics = {{"robots", "Robots", "Machines that move.", "", {"robotics"}}};
  const Paper robotics = paper("Robotics for Herons", "A robotics study of robots.");
  const Score without = LocalScorer(wanted).score(robotics);
  wanted.skip_keywords = {"robotics"};
  const Score with = LocalScorer(wanted).score(robotics);
  CHECK(with == without);
  CHECK(with.comment.find("Against it") == std::string::npos);
  wanted.skip_keywords.clear();
  wanted.topics[0].skip = "Robotics in a factory.";
  CHECK(LocalScorer(wanted).score(robotics).comment.find("Against it") == std::string::npos);
}

TEST_CASE("local scorer: a paper without a topic gets one, helped by what was said of it", "[rank]") {
  const LocalScorer scorer(interests());
  CHECK(scorer.topic(paper("Pruning Herons", ""), "") == "smaller-models");
  CHECK(scorer.topic(paper("Herons", "In spring."), "").empty());
  CHECK(scorer.topic(paper("Herons", "In spring."), "Relevant to learned features.") == "learned-features");
}

TEST_CASE("local scorer: without topics every paper is scored all the same", "[rank]") {
  const LocalScorer scorer{Interests{}};
  const Score score = scorer.score(paper("Pruning Herons", "Low-rank."));
  CHECK(score.topic.empty());
  CHECK(score.relevance.has_value());
  CHECK(score.comment == "No topic fits: none of the topics' words is in the title or the abstract.");
}

TEST_CASE("local scorer: any bytes for a title and an abstract give a score", "[rank]") {
  const LocalScorer scorer(interests());
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string text = "Pruning $\\alpha$ {\\\"o} KV\xE2\x80\x99s cache; " + all;
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const Score score = scorer.score(paper(text.substr(0, length), text.substr(length)));
    CHECK((*score.relevance >= 1 && *score.relevance <= 10));
  }
  CHECK(scorer.score(paper("", "")).comment ==
        "No topic fits: none of the topics' words is in the title or the abstract.");
}

TEST_CASE("local scorer: the settings we ship are without fault and know each of their topics", "[rank]") {
  std::ifstream file(DAYBOOK_SOURCE_DIR "/config/daybook.toml", std::ios::binary);
  const std::string toml{std::istreambuf_iterator<char>(file), {}};
  Errors errors;
  const Settings settings = read_settings(toml, "config/daybook.toml", errors);
  CHECK(errors.empty());
  CHECK(settings.interests.topics.size() == 6);
  CHECK_FALSE(settings.arxiv.categories.empty());
  const LocalScorer scorer(settings.interests);
  for (const auto& topic : settings.interests.topics) {
    INFO(topic.name);
    CHECK(scorer.topic(paper("Herons", "In spring."), topic.name + ": " + topic.keywords.at(0)) == topic.slug);
  }
}

TEST_CASE("local scorer: scoring a paper takes some tens of microseconds", "[rank][!benchmark]") {
  const LocalScorer scorer(interests());
  std::string abstract;
  for (int i = 0; i < 10; ++i)
    abstract +=
        "We study quantization of lanterns with $2^n$ bits, and show that their light is kept by a low-rank lens. ";
  const Paper one = paper("Quantized lanterns for the long nights of the north", abstract);
  BENCHMARK("one paper of 180 words") { return scorer.score(one); };
}
