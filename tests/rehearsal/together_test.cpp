// Two runs of the owner's at the same time, as if GitHub held no group: a step of the one, a step of the other.
#include "rehearsal/owner.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::rehearsal;

TEST_CASE("two daily runs side by side record each day once, lose nothing and are both published") {
  const Date monday = *Date::parse("2099-01-05");
  Owner owner;
  owner.submit(monday - 4, monday + 3, 9);
  owner.arxiv.set_today(monday);
  const Event event{"schedule", new_york_time(monday, 1)};
  const auto first = owner.runner.play_side_by_side("daily.yml", event, event);
  INFO(first.first.log() << "\n----- the other\n" << first.second.log());
  CHECK(first.first.result == "success");
  CHECK(first.second.result == "success");
  CHECK((first.first.log() + first.second.log()).find("was rejected") != std::string::npos);
  CHECK(owner.problems() == std::vector<std::string>{});
  CHECK(owner.status(monday) == "complete");

  owner.arxiv.set_today(monday + 1);
  const Event next{"schedule", new_york_time(monday + 1, 1)};
  const auto second = owner.runner.play_side_by_side("daily.yml", next, next);
  INFO(second.first.log() << "\n----- the other\n" << second.second.log());
  CHECK(second.first.result == "success");
  CHECK(second.second.result == "success");
  CHECK(owner.problems() == std::vector<std::string>{});
  CHECK(owner.archive_problems(monday, monday + 1) == std::vector<std::string>{});
}
