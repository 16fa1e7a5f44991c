#include "paper/score.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("score: a scorer's name is read as it is written", "[score]") {
  for (const Scorer scorer : {Scorer::llm, Scorer::local, Scorer::author}) {
    CHECK(scorer_of(scorer_name(scorer)) == scorer);
  }
  CHECK(scorer_name(Scorer::llm) == "llm");
  CHECK(scorer_name(Scorer::local) == "local");
  CHECK(scorer_name(Scorer::author) == "author");
  CHECK_FALSE(scorer_of("LLM"));
  CHECK_FALSE(scorer_of(""));
}

namespace {

Score scored(Scorer scorer, std::optional<double> local, std::optional<double> threshold,
             std::optional<Scorer> scored_by = {}) {
  Score score;
  score.scorer = scorer;
  score.local_score = local;
  score.threshold = threshold;
  score.scored_by = scored_by;
  return score;
}

}  // namespace

TEST_CASE("score: a paper below the threshold was discarded, or explored where the LLM has read it", "[score]") {
  CHECK(cascade_words(scored(Scorer::local, 0.12, 0.31)) == "discarded at 0.12, threshold 0.31");
  CHECK(cascade_words(scored(Scorer::llm, 0.12, 0.31)) == "explored at 0.12, threshold 0.31");
  CHECK(is_discarded(scored(Scorer::local, 0.12, 0.31)));
  CHECK_FALSE(is_discarded(scored(Scorer::llm, 0.12, 0.31)));
  CHECK(is_explored(scored(Scorer::llm, 0.12, 0.31)));
  CHECK_FALSE(is_explored(scored(Scorer::local, 0.12, 0.31)));
}

TEST_CASE("score: a followed author's paper below the threshold is neither discarded nor explored", "[score]") {
  for (const std::optional<Scorer> by :
       {std::optional<Scorer>(), std::optional(Scorer::local), std::optional(Scorer::llm)}) {
    const Score score = scored(Scorer::author, 0.12, 0.31, by);
    CHECK(cascade_words(score).empty());
    CHECK_FALSE(is_discarded(score));
    CHECK_FALSE(is_explored(score));
  }
}

TEST_CASE("score: a paper that was sent in the ordinary way, or with all, says nothing of the cascade", "[score]") {
  for (const auto& score :
       {scored(Scorer::llm, 0.31, 0.31), scored(Scorer::llm, 0.12, {}), scored(Scorer::llm, {}, 0.31)}) {
    CHECK(cascade_words(score).empty());
  }
  CHECK(cascade_words(scored(Scorer::local, 0.5, 0.31)).empty());
  CHECK(cascade_words(scored(Scorer::local, 0.12, {})).empty());
}

TEST_CASE("score: a local score and a threshold have as many decimals as tell them apart", "[score]") {
  CHECK(below_threshold(scored(Scorer::local, 0.12, 0.31)) == "0.12 < 0.31");
  CHECK(below_threshold(scored(Scorer::local, 0.3101, 0.3104)) == "0.3101 < 0.3104");
  CHECK(below_threshold(scored(Scorer::local, 0.0, 1.0)) == "0.00 < 1.00");
  CHECK(below_threshold(scored(Scorer::local, 0.5, 0.31)).empty());
}
