// The cascade where the state was lost, the LLM fails, another scorer is told, nothing is to be written, and the owner
// has a taste.
#include <algorithm>
#include <filesystem>

#include "cascade_owner.h"
#include "support/catch.h"

using namespace daybook;

namespace {

constexpr int first = bees::first_of_cascade;

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::map<std::string, std::string> state_of(const CascadeOwner& owner) { return contents(owner / "state"); }

// What was decided, whatever day it was that an LLM read the paper.
std::map<std::string, Score> decisions(const CascadeOwner& owner, int number) {
  auto scores = owner.scores(number);
  for (auto& [id, score] : scores) score.rescored.reset();
  return scores;
}

std::multiset<std::string> ids_sent(const std::map<std::string, Score>& scores) {
  std::multiset<std::string> ids;
  for (const auto& [id, score] : scores)
    if (!is_discarded(score)) ids.insert(id);
  return ids;
}

LlmBehaviour without_money(int after) {
  LlmBehaviour behaviour = bees::judge();
  behaviour.always = LlmFault::no_quota;
  behaviour.always_after = after;
  return behaviour;
}

// Of papers on music and others that nobody wants, how often the former are before the latter: 0 to 1.
double share_before(const std::map<std::string, Score>& scores) {
  double before = 0, pairs = 0;
  for (const auto& [music, high] : scores) {
    if (!bees::on_music(music)) continue;
    for (const auto& [other, low] : scores) {
      if (bees::on_music(other) || bees::are_in(other)) continue;
      ++pairs;
      if (high.local_score > low.local_score) ++before;
    }
  }
  return before / pairs;
}

}  // namespace

TEST_CASE("cascade: with the state lost the next day is sent in full, and archived titles are learned from",
          "[cascade]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  REQUIRE(owner.run(first, server.base_url()) == 0);
  std::filesystem::remove_all(owner / "state");
  REQUIRE(owner.run(first + 1, server.base_url()) == 0);
  INFO(owner.output());
  CHECK_FALSE(holds(owner.output(), "warning"));
  CHECK(
      holds(owner.output(),
            "\nthe LLM is asked about all 80 papers: the interests, the prompt, the cut-offs or the model changed on " +
                bees::day(first + 1).iso() + '\n'));
  const Day day = owner.record(first + 1);
  CHECK(day.status == Status::complete);
  CHECK(day.counts.scanned == bees::papers_a_day);
  CHECK_FALSE(day.cascade);
  double pairs = 0, in_order = 0;
  const auto scores = owner.scores(first + 1);
  for (const auto& [wanted, high] : scores)
    for (const auto& [other, low] : scores)
      if (bees::are_in(wanted) && !bees::are_in(other)) {
        ++pairs;
        if (high.local_score.value_or(0) > low.local_score.value_or(1)) ++in_order;
      }
  CHECK(in_order > 0.98 * pairs);
}

TEST_CASE("cascade: a day in which the LLM fails is healed with just the papers that were to be sent", "[cascade]") {
  LlmServer good(bees::judge());
  LearnedOwner undisturbed;
  REQUIRE(undisturbed.run(first, good.base_url()) == 0);
  const auto decided = decisions(undisturbed, first);
  const Cascade cascade = undisturbed.record(first).cascade.value();
  REQUIRE(cascade.explored > 0);

  LearnedOwner owner;
  const int answered = GENERATE(0, 1);
  LlmServer failing(without_money(answered));
  REQUIRE(owner.run(first, failing.base_url()) == 0);
  const Day failed = owner.record(first);
  CHECK(failed.status == (answered == 0 ? Status::degraded : Status::partial));
  REQUIRE(failed.cascade);
  CHECK(failed.cascade->threshold == cascade.threshold);
  std::multiset<std::string> paid_for;
  for (const LlmExchange& exchange : failing.log()) paid_for.insert(exchange.paid_for.begin(), exchange.paid_for.end());
  CHECK(paid_for.empty() == (answered == 0));
  CHECK(paid_for.size() < ids_sent(decided).size());

  LlmServer healing(bees::judge());
  const bool next_day = answered == 0;  // or on the same
  INFO(answered << " requests answered, healed on the next day: " << next_day);
  if (next_day) {
    REQUIRE(owner.run(first + 1, healing.base_url()) == 0);
  } else {
    REQUIRE(owner.run(first, healing.base_url()) == 0);
  }
  const Day healed = owner.record(first);
  CHECK(healed.status == Status::complete);
  REQUIRE(healed.cascade);
  CHECK(healed.cascade->threshold == cascade.threshold);
  CHECK(healed.cascade->sent == cascade.sent);
  CHECK(healed.cascade->explored == cascade.explored);
  CHECK(healed.cascade->discarded == cascade.discarded);
  CHECK(decisions(owner, first) == decided);
  std::multiset<std::string> asked = paid_for;
  for (const std::string& id : asked_ids(healing))
    if (decided.count(id) != 0) asked.insert(id);
  CHECK(asked == ids_sent(decided));
}

TEST_CASE("cascade: a scorer that is told sends everything, or nothing", "[cascade]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  SECTION("the LLM") {
    REQUIRE(owner.run(first, server.base_url(), {"--scorer", "llm"}) == 0);
    CHECK(holds(owner.output(), "\nthe LLM is asked about all 80 papers: --scorer llm was given\n"));
    CHECK(asked_ids(server).size() == bees::papers_a_day);
    CHECK(owner.record(first).status == Status::complete);
  }
  SECTION("locally") {
    REQUIRE(owner.run(first, server.base_url(), {"--scorer", "local"}) == 0);
    CHECK_FALSE(holds(owner.output(), "the LLM is asked"));
    CHECK(server.log().empty());
    CHECK(owner.record(first).status == Status::local);
  }
  CHECK_FALSE(owner.record(first).cascade);
  for (const auto& [id, score] : owner.scores(first)) {
    CHECK_FALSE(score.threshold);
    CHECK(score.local_score);
  }
}

TEST_CASE("cascade: a day of which papers were discarded is read in full where --scorer llm heals it", "[cascade]") {
  LearnedOwner owner;
  LlmServer failing(without_money(0));
  REQUIRE(owner.run(first, failing.base_url()) == 0);
  REQUIRE(owner.record(first).cascade);
  LlmServer server(bees::judge());
  REQUIRE(owner.run(first, server.base_url(), {"--scorer", "llm"}) == 0);
  CHECK(holds(owner.output(), "\nthe LLM is asked about all 80 papers: --scorer llm was given\n"));
  CHECK(asked_ids(server).size() == bees::papers_a_day);
  CHECK(owner.record(first).status == Status::complete);
  CHECK_FALSE(owner.record(first).cascade);
  for (const auto& [id, score] : owner.scores(first)) CHECK_FALSE(score.threshold);
}

TEST_CASE("cascade: what a killed run has asked the LLM is not discarded by the next", "[cascade]") {
  LlmServer server(bees::judge());
  LearnedOwner killed;
  REQUIRE(killed.run(first, server.base_url(), {"--scorer", "llm"}) == 0);
  const std::string journal = "state/answers/" + bees::day(first).iso() + ".jsonl";
  const std::string ended = bytes_of(killed / journal);
  const std::string end = "{\"run\":\"ended\"}\n";
  REQUIRE(ended.substr(ended.size() - end.size()) == end);

  LearnedOwner owner;
  put(owner / journal, ended.substr(0, ended.size() - end.size()));
  const std::size_t asked = server.log().size();
  REQUIRE(owner.run(first, server.base_url()) == 0);
  INFO(owner.output());
  CHECK(server.log().size() == asked);
  const Day day = owner.record(first);
  CHECK(day.counts.selected == bees::wanted_a_day);
  REQUIRE(day.cascade);
  CHECK(day.cascade->sent == bees::papers_a_day);
  CHECK(day.cascade->discarded == 0);
  int unmarked = 0;  // those that the cascade would not have sent
  for (const auto& [id, score] : owner.scores(first)) {
    CHECK(score.scorer == Scorer::llm);
    if (!score.threshold) ++unmarked;
  }
  CHECK(unmarked > 20);
}

TEST_CASE("cascade: a dry run reckons with the papers that would be sent, and writes nothing", "[cascade]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  std::filesystem::remove(owner / "state/endpoints.json");
  const auto archive = owner.archive();
  const auto state = state_of(owner);
  REQUIRE(owner.run(first, server.base_url(), {"--dry-run"}) == 0);
  const std::string estimate = owner.output();
  CHECK(server.log().empty());
  CHECK(owner.archive() == archive);
  CHECK(state_of(owner) == state);
  REQUIRE(owner.run(first, server.base_url()) == 0);
  const int sent = owner.record(first).cascade.value().sent;
  CHECK(holds(estimate, bees::day(first).iso() + ": " + std::to_string(sent) + " papers; "));
}

TEST_CASE("cascade: papers like those that the owner likes come first where no LLM reads them", "[cascade]") {
  CascadeOwner owner;
  REQUIRE(owner.run(0, "") == 0);
  REQUIRE(owner.run(1, "") == 0);
  const double before = share_before(owner.scores(1));
  std::string liked;
  for (const Paper& paper : bees::papers(0))
    if (bees::on_music(paper.id)) liked += paper.id + '\n';
  put(owner / "config/feedback.txt", liked);
  REQUIRE(owner.run(1, "") == 0);
  const double after = share_before(owner.scores(1));
  INFO(before << " before, " << after << " after\n" << owner.output());
  CHECK(after > before + 0.25);
}
