// Learning in `daybook run` where something is damaged, lost, edited, or of another time: no day fails by it.
#include <filesystem>

#include "cascade_owner.h"
#include "support/catch.h"

using namespace daybook;

namespace {

constexpr int first = bees::first_of_cascade;

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Its files in the archive, without the index of all days.
std::map<std::string, std::string> files_of(const CascadeOwner& owner, int number) {
  std::map<std::string, std::string> files;
  for (auto& [path, bytes] : owner.archive())
    if (holds(path, bees::day(number).iso())) files[path] = bytes;
  return files;
}

std::string sent_in_full(const std::string& why) { return "\nthe LLM is asked about all 80 papers: " + why + '\n'; }

std::string new_since(int number) {
  return sent_in_full("the interests, the prompt, the cut-offs or the model changed on " + bees::day(number).iso());
}

}  // namespace

TEST_CASE("learning: what a former version had learned is taken away", "[learning]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  put(owner / "state/model", "daybook model 2\n");
  REQUIRE(owner.run(first, server.base_url()) == 0);
  CHECK_FALSE(holds(owner.output(), "warning"));
  CHECK_FALSE(std::filesystem::exists(owner / "state/model"));
}

TEST_CASE("learning: records whose local scores are none teach no threshold: the day is sent in full", "[learning]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  for (const auto& [path, bytes] : owner.archive()) {
    std::string damaged = bytes;
    const std::string member = "\"local_score\": 0.";
    for (auto at = damaged.find(member); at != std::string::npos; at = damaged.find(member, at))
      damaged.replace(at, member.size(), "\"local_score\": 7777770.");
    if (damaged != bytes) put(owner / ("archive/" + path), damaged);
  }
  REQUIRE(owner.run(first, server.base_url()) == 0);
  CHECK(holds(owner.output(), sent_in_full("only 0 of 80 papers are clearly irrelevant")));
  CHECK(owner.record(first).counts.selected == bees::wanted_a_day);
}

TEST_CASE("learning: after an edit of a topic everything is sent for a week", "[learning]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  REQUIRE(owner.run(first, server.base_url()) == 0);
  REQUIRE(owner.record(first).cascade);
  const int edited = first + 1;
  owner.settle({.keep = "bees, what they make, and who keeps them"});
  for (const int number : {edited, edited + 4}) {
    REQUIRE(owner.run(number, server.base_url()) == 0);
    CHECK(holds(owner.output(), new_since(edited)));
    CHECK_FALSE(owner.record(number).cascade);
  }
  REQUIRE(owner.run(edited + 5, server.base_url()) == 0);
  CHECK(bees::day(edited) + 7 == bees::day(edited + 5));
  CHECK(owner.record(edited + 5).cascade);
}

TEST_CASE("learning: a day of the cascade that is healed after an edit is read in full", "[learning]") {
  LlmBehaviour without_money = bees::judge();
  without_money.always = LlmFault::no_quota;
  without_money.always_after = 1;
  LlmServer failing(without_money);
  LearnedOwner owner;
  REQUIRE(owner.run(first, failing.base_url()) == 0);
  REQUIRE(owner.record(first).status == Status::partial);
  REQUIRE(owner.record(first).cascade);
  owner.settle({.keep = "bees, what they make, and who keeps them"});
  LlmServer server(bees::judge());
  const int on = first + GENERATE(0, 1);  // the same day or the next
  REQUIRE(owner.run(on, server.base_url()) == 0);
  INFO(on << "\n" << owner.output());
  CHECK(holds('\n' + owner.output(), "\nScoring " + bees::day(first).iso() + new_since(on)));
  const Day healed = owner.record(first);
  CHECK(healed.status == Status::complete);
  CHECK_FALSE(healed.cascade);
  for (const auto& [id, score] : owner.scores(first)) CHECK(score.scorer == Scorer::llm);
}

TEST_CASE("learning: another cut-off or model is a change too", "[learning]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  SECTION("cut-off") { owner.settle({.relevance = 5}); }
  SECTION("model") { owner.settle({.model = "model-2"}); }
  REQUIRE(owner.run(first, server.base_url()) == 0);
  CHECK(holds(owner.output(), new_since(first)));
  CHECK_FALSE(owner.record(first).cascade);
}

TEST_CASE("learning: a clock that was a year ahead for one run leaves no trace in the next day's decisions",
          "[learning]") {
  LlmServer server(bees::judge());
  LearnedOwner undisturbed;
  REQUIRE(undisturbed.run_days(first, first + 2, server.base_url()) == 0);
  REQUIRE(undisturbed.record(first + 1).cascade);

  LearnedOwner owner;
  REQUIRE(owner.run(first, server.base_url()) == 0);
  REQUIRE(owner.run(first + 20, server.base_url(), {"--date", "2100-01-15"}) == 0);
  CHECK(holds(owner.output(), sent_in_full("the cascade starts after 5 labelled days (0 so far)")));
  REQUIRE(owner.run(first + 1, server.base_url()) == 0);
  CHECK(files_of(owner, first + 1) == files_of(undisturbed, first + 1));
}

TEST_CASE("learning: after a year nothing is recent enough, and a clock set back a year finds it again", "[learning]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  REQUIRE(owner.run(first, server.base_url(), {"--date", "2100-01-15"}) == 0);
  CHECK(holds(owner.output(), sent_in_full("the cascade starts after 5 labelled days (0 so far)")));
  REQUIRE(owner.run(first + 1, server.base_url()) == 0);
  CHECK_FALSE(holds(owner.output(), "warning"));
  const Day day = owner.record(first + 1);
  CHECK(day.status == Status::complete);
  CHECK(day.cascade);  // nothing that is in force is new
}
