// The cascade in `daybook run`, as a process, with a real endpoint on loopback, over weeks.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "cascade_owner.h"
#include "support/catch.h"

using namespace daybook;

namespace {

struct Told {
  std::string score;
  bool sent = false;
};

// By id, as `daybook replay` writes them.
std::map<std::string, Told> told(const std::string& scores) {
  std::map<std::string, Told> all;
  std::istringstream lines(scores);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string date, id;
    Told one;
    fields >> date >> id >> one.score >> one.sent;
    all[id] = one;
  }
  return all;
}

std::map<std::string, Told> replayed(CascadeOwner& owner, int days) {
  put(owner / "labelled.jsonl", bees::labelled(days));
  REQUIRE(owner.command({"replay", owner / "labelled.jsonl", "--labels", "sent", "--scores", owner / "scores.tsv"}) ==
          0);
  return told(bytes_of(owner / "scores.tsv"));
}

std::string four_decimals(double number) {
  char text[16];
  std::snprintf(text, sizeof text, "%.4f", number);
  return text;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// That a day's record tells of the cascade what the scores of its papers do, and that just these were asked about.
void check_cascade(const Day& day, const std::map<std::string, Score>& scores, const std::multiset<std::string>& asked,
                   const std::string& output) {
  REQUIRE(day.cascade);
  std::multiset<std::string> sent;
  int explored = 0;
  for (const auto& [id, score] : scores) {
    CHECK(score.threshold == day.cascade->threshold);
    if (is_explored(score)) ++explored;
    if (!is_discarded(score)) sent.insert(id);
  }
  const int all = static_cast<int>(scores.size());
  const int sent_count = static_cast<int>(sent.size());
  CHECK(asked == sent);
  CHECK(day.status == Status::complete);
  CHECK(day.counts.scanned == all);
  CHECK(day.cascade->explore == 0.06);
  CHECK(day.cascade->sent == sent_count);
  CHECK(day.cascade->explored == explored);
  CHECK(day.cascade->discarded == all - sent_count);
  REQUIRE(day.usage);
  REQUIRE(day.cascade->saved);
  CHECK(std::abs(*day.cascade->saved - *day.usage->cost / sent_count * (all - sent_count)) < 1e-6);
  CHECK(holds(output, "\nthe LLM is asked about " + std::to_string(sent_count) + " of 80 papers, " +
                          std::to_string(explored) + " of them sampled from below the threshold\n"));
}

// After so many days.
std::string what_is_missing(int days) {
  if (days < 5) return "the cascade starts after 5 labelled days (" + std::to_string(days) + " so far)";
  return "the cascade starts after 100 selected papers (" + std::to_string(days * bees::wanted_a_day) + " so far)";
}

}  // namespace

TEST_CASE("cascade: run after run sends, draws and discards the papers that a replay of the same labels does",
          "[cascade]") {
  constexpr int days = 12;
  LlmServer server(bees::judge());
  CascadeOwner owner;
  std::map<std::string, Score> all;
  int discarded = 0;
  for (int number = 0; number < days; ++number) {
    INFO("day " << number);
    const std::size_t before = server.log().size();
    REQUIRE(owner.run(number, server.base_url()) == 0);
    const auto scores = owner.scores(number);
    const Day day = owner.record(number);
    CHECK(scores.size() == bees::papers_a_day);
    CHECK(day.cascade.has_value() == (number >= bees::first_of_cascade));
    if (day.cascade) check_cascade(day, scores, asked_ids(server, before), owner.output());
    if (day.cascade) discarded += day.cascade->discarded;
    if (!day.cascade) {
      CHECK(asked_ids(server, before).size() == bees::papers_a_day);
      CHECK(holds(owner.output(), "\nthe LLM is asked about all 80 papers: " + what_is_missing(number) + '\n'));
    }
    all.insert(scores.begin(), scores.end());
  }
  CHECK(discarded > 150);
  const auto as_replayed = replayed(owner, days);
  REQUIRE(as_replayed.size() == all.size());
  for (const auto& [id, score] : all) {
    INFO(id);
    REQUIRE(score.local_score);
    CHECK(four_decimals(*score.local_score) == as_replayed.at(id).score);
    CHECK(is_discarded(score) == !as_replayed.at(id).sent);
  }
}

TEST_CASE("cascade: a day of the cascade that is run again asks nothing and changes nothing", "[cascade]") {
  LlmServer server(bees::judge());
  LearnedOwner owner;
  REQUIRE(owner.run(bees::first_of_cascade, server.base_url()) == 0);
  REQUIRE(owner.record(bees::first_of_cascade).cascade);
  const auto archive = owner.archive();
  const std::size_t asked = server.log().size();
  REQUIRE(owner.run(bees::first_of_cascade, server.base_url()) == 0);
  CHECK(server.log().size() == asked);
  CHECK(owner.archive() == archive);
}
