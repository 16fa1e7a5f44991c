#include "advice/taste_effect.h"

#include <filesystem>

#include "pipeline/planned_run.h"
#include "support/catch.h"
#include "taste/feedback.h"

using namespace daybook;

namespace {

// Six papers on bees, the topic, and two on ants, all of which an LLM read and scored alike but for the last, which it
// scored best. A third one on ants was kept from it. One of the eight has no room.
struct ReadRun : PlannedRun {
  ReadRun() {
    options.archive = folder / "archive";
    options.state = folder / "state";
    settings.interests.cutoffs.at_most = 7;
    Day day;
    day.date = on;
    day.counts.scanned = 9;
    Other unread{paper_on(9).id, paper_on(9).title, {}, {}, "discarded"};
    unread.score.relevance = 9;
    unread.score.local_score = 0;
    unread.score.threshold = 0.3;
    for (int i = 1; i <= 8; ++i) {
      Score score;
      score.scorer = Scorer::llm;
      score.relevance = i == 8 ? 9 : 8;
      score.novelty = 6;
      day.papers.push_back({paper_on(i), score, on});
    }
    REQUIRE(archive.write(day, "# page\n"));
    REQUIRE(archive.write_others(on, {unread}));
    day.papers.push_back({paper_on(9), unread.score, on});
    REQUIRE(state.keep_candidates(day));
  }

  static Paper paper_on(int number) {
    Paper one = paper(number);
    if (number > 6) one.title = "Ants of colony " + std::to_string(number);
    if (number > 6) one.abstract = "Pheromone trails lead ants to their colony, a hive of sorts.";
    if (number == 9) one.title = "A queen's scent";
    return one;
  }

  TasteEffect effect_of_likes(const std::vector<Paper>& liked) {
    std::vector<Taste> all;
    for (int times = 0; times < 10; ++times)
      for (const Paper& one : liked) all.push_back({one, true});
    return taste_effect(world, settings, {{}, read_tastes(all)});
  }
};

}  // namespace

TEST_CASE("taste effect: an LLM's word stands, and of what it scored alike the liked comes first", "[feedback]") {
  ReadRun owner;
  const TasteEffect effect = owner.effect_of_likes({ReadRun::paper_on(7)});
  CHECK(effect.days == 1);
  CHECK(effect.added == std::vector<Paper>{ReadRun::paper_on(7)});
  CHECK(effect.dropped == std::vector<Paper>{ReadRun::paper_on(1)});
  CHECK(effect.read_anew == 0);
}

TEST_CASE("taste effect: what the LLM has not read is not shown, but would be sent to it", "[feedback]") {
  ReadRun owner;
  const TasteEffect effect = owner.effect_of_likes({ReadRun::paper_on(9)});
  CHECK(effect.read_anew == 1);
  CHECK(effect.added.empty());
}

TEST_CASE("taste effect: days that are not known in full are not compared", "[feedback]") {
  ReadRun owner;
  CHECK(owner.effect_of_likes({}).added.empty());
  std::filesystem::remove_all(owner.folder / "state");
  CHECK(owner.effect_of_likes({ReadRun::paper_on(7)}).days == 0);
}
