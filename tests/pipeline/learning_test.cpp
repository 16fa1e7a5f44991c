#include "pipeline/learning.h"

#include <filesystem>

#include "pipeline/planned_run.h"
#include "support/catch.h"

using namespace daybook;

TEST_CASE("recent days: papers come from state, and where it is lost from the archive, others by their titles",
          "[learning]") {
  PlannedRun owner;
  const LocalScorer scorer(owner.settings.interests);
  const auto recent = [&](int days_later) {
    return recent_days(owner.context(), owner.archive, owner.state, scorer, owner.on + days_later);
  };
  CHECK(recent(1).empty());
  owner.has_record(Status::local, 3, 0);
  REQUIRE(recent(1).size() == 1);
  CHECK(recent(1)[0].papers.size() == 3);
  CHECK(recent(1)[0].is_whole);

  Other other;
  other.id = "9901.00004";
  other.title = "Bees of hive 4";
  REQUIRE(owner.archive.write_others(owner.on, {other}));
  const std::vector<ReadDay> by_titles = recent(1);
  REQUIRE(by_titles.at(0).papers.size() == 4);
  CHECK_FALSE(by_titles[0].is_whole);
  CHECK(by_titles[0].papers[3].length < by_titles[0].papers[2].length);
  CHECK_FALSE(by_titles[0].papers[3].hits.empty());

  Candidates candidates = owner.candidates(4);
  for (const Paper& paper : candidates.papers) candidates.day.papers.push_back({paper, {}, owner.on});
  REQUIRE(owner.state.keep_candidates(candidates.day));
  CHECK(recent(1).at(0).is_whole);
  CHECK(recent(1).at(0).papers.at(3).length == by_titles[0].papers[2].length);

  // An imported day has the selected papers alone.
  std::filesystem::remove_all(owner.folder / "state");
  Day imported = *owner.archive.read(owner.on);
  imported.counts.scanned = 90;
  REQUIRE(owner.archive.write(imported, "# page\n"));
  CHECK(recent(1).empty());
  imported.counts.scanned = 4;
  REQUIRE(owner.archive.write(imported, "# page\n"));

  CHECK(recent(0).empty());  // the day itself is not before it
  CHECK(recent(30).size() == 1);
  CHECK(recent(31).empty());
}
