#include "score/score.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("a scorer's name is read as it is written") {
  for (const Scorer scorer : {Scorer::llm, Scorer::local, Scorer::author}) {
    CHECK(scorer_of(scorer_name(scorer)) == scorer);
  }
  CHECK(scorer_name(Scorer::llm) == "llm");
  CHECK(scorer_name(Scorer::local) == "local");
  CHECK(scorer_name(Scorer::author) == "author");
  CHECK_FALSE(scorer_of("LLM"));
  CHECK_FALSE(scorer_of(""));
}
