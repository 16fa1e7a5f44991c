#include "rank/cascade.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);
const Date long_ago = monday - 1000;

// A day of `wanted` papers with these scores, and as many again that nobody wants, with lower ones.
LabelDay day_of(Date date, const std::vector<double>& wanted) {
  LabelDay day{date, {}};
  for (const double score : wanted) {
    Precedent precedent;
    precedent.id = "9901." + std::to_string(10000 + day.papers.size());
    precedent.wanted = true;
    precedent.local_score = score;
    day.papers.push_back(precedent);
    precedent.id += "9";
    precedent.wanted = false;
    precedent.local_score = score / 10;
    day.papers.push_back(precedent);
  }
  return day;
}

// The days before `date`, each with the scores 0.01, 0.02 .. of `each` wanted papers.
std::vector<LabelDay> days_before(Date date, int count, int each) {
  std::vector<double> scores;
  for (int i = 1; i <= each; ++i) scores.push_back(i / 100.0);
  std::vector<LabelDay> days;
  for (int i = count; i > 0; --i) days.push_back(day_of(date - i, scores));
  return days;
}

std::string full(const Sieve& sieve) {
  CHECK(!sieve.threshold);
  return sieve.full;
}

Paper paper(const std::string& id, std::vector<std::string> authors = {}) {
  Paper made;
  made.id = id;
  made.authors = std::move(authors);
  return made;
}

std::string id_of(int number) {
  const std::string digits = std::to_string(number);
  return "9901." + std::string(5 - digits.size(), '0') + digits;
}

// Which of 10,000 papers below the threshold are drawn.
std::set<int> drawn(Date date, double explore) {
  std::set<int> all;
  for (int i = 1; i <= 10000; ++i)
    if (fate_of({0.5, {}}, {date, explore}, paper(id_of(i)), 0.1) == Fate::explored) all.insert(i);
  return all;
}

}  // namespace

TEST_CASE("everything is sent before the LLM has read five days") {
  CHECK(full(sieve_for(monday, long_ago, {}, 0.97)) == "the LLM has read 0 days of the 5 that are needed");
  CHECK(full(sieve_for(monday, long_ago, days_before(monday, 1, 50), 0.97)) ==
        "the LLM has read 1 day of the 5 that are needed");
  CHECK(full(sieve_for(monday, long_ago, days_before(monday, 4, 50), 0.97)) ==
        "the LLM has read 4 days of the 5 that are needed");
  CHECK(sieve_for(monday, long_ago, days_before(monday, 5, 50), 0.97).threshold);
}

TEST_CASE("everything is sent before the LLM has selected a hundred papers") {
  CHECK(full(sieve_for(monday, long_ago, days_before(monday, 9, 11), 0.97)) ==
        "the LLM has selected 99 papers of the 100 that are needed");
  CHECK(full(sieve_for(monday, long_ago, days_before(monday, 5, 0), 0.97)) ==
        "the LLM has selected 0 papers of the 100 that are needed");
  CHECK(sieve_for(monday, long_ago, days_before(monday, 10, 10), 0.97).threshold);
}

TEST_CASE("for seven days after an edit everything is sent, and on the eighth no longer") {
  const auto days = days_before(monday, 10, 10);
  for (int after = 0; after < 7; ++after) {
    INFO(after);
    CHECK(full(sieve_for(monday, monday - after, days, 0.97)) ==
          "the interests, the prompt, the cut-offs or the model are new since " + (monday - after).iso());
  }
  CHECK(sieve_for(monday, monday - 7, days, 0.97).threshold);
  // A clock that was wrong.
  CHECK(full(sieve_for(monday, monday + 400, days, 0.97)) ==
        "the interests, the prompt, the cut-offs or the model are new since 2100-02-09");
}

TEST_CASE("without any local score of a label day nothing is below the threshold") {
  auto days = days_before(monday, 10, 10);
  for (LabelDay& day : days)
    for (Precedent& each : day.papers) each.local_score.reset();
  CHECK(sieve_for(monday, long_ago, days, 0.97).threshold == 0);
}

TEST_CASE("the threshold has four decimals, as the scores that are compared with it") {
  const double threshold = sieve_for(monday, long_ago, days_before(monday, 9, 33), 0.93).threshold.value();
  CHECK(threshold > 0);
  CHECK(threshold * 1e4 == Approx(std::round(threshold * 1e4)).epsilon(1e-12));
}

TEST_CASE("the cascade is at work where it keeps back a tenth of the day") {
  const Sieve sieve{0.5, {}};
  std::vector<double> scores(20, 0.9);
  scores[3] = 0.4999;
  CHECK(full(where_it_pays(sieve, scores)) == "only 1 of 20 papers are surely not wanted");
  scores[4] = 0.5;  // not below
  CHECK(full(where_it_pays(sieve, scores)) == "only 1 of 20 papers are surely not wanted");
  scores[5] = 0;
  CHECK(where_it_pays(sieve, scores).threshold == 0.5);
  CHECK(where_it_pays(sieve, {}).threshold == 0.5);
  CHECK(full(where_it_pays({std::nullopt, "a reason of its own"}, scores)) == "a reason of its own");
}

TEST_CASE("a paper at the threshold or above is sent, and each where there is no threshold") {
  const Draw draw{monday, 0};
  CHECK(fate_of({0.5, {}}, draw, paper("9901.00001"), 0.5) == Fate::sent);
  CHECK(fate_of({0.5, {}}, draw, paper("9901.00001"), 0.4999) == Fate::discarded);
  CHECK(fate_of({std::nullopt, "full"}, draw, paper("9901.00001"), 0) == Fate::sent);
}

TEST_CASE("papers of followed authors are always sent") {
  CHECK(fate_of({0.5, {}}, {monday, 0, true}, paper("9901.00001"), 0) == Fate::sent);
  CHECK(fate_of({0.5, {}}, {monday, 0, false}, paper("9901.00001"), 0) == Fate::discarded);
  // Not as if it had been drawn: it stands for no other.
  CHECK(fate_of({0.5, {}}, {monday, 1, true}, paper("9901.00001"), 0) == Fate::sent);
}

TEST_CASE("of the papers below the threshold about the wished share is explored") {
  for (const double explore : {0.03, 0.04, 0.05, 0.5}) {
    INFO(explore);
    const double count = static_cast<double>(drawn(monday, explore).size());
    const double off = 4 * std::sqrt(10000 * explore * (1 - explore));  // four standard deviations
    CHECK(count > 10000 * explore - off);
    CHECK(count < 10000 * explore + off);
  }
  CHECK(drawn(monday, 0).empty());
  CHECK(drawn(monday, 1).size() == 10000);
}

TEST_CASE("a second run explores the same papers, a greater share holds the smaller, another day draws others") {
  const std::set<int> first = drawn(monday, 0.04);
  CHECK(drawn(monday, 0.04) == first);
  const std::set<int> more = drawn(monday, 0.05);
  CHECK(std::includes(more.begin(), more.end(), first.begin(), first.end()));
  std::size_t both = 0;
  for (const int i : drawn(monday + 1, 0.04)) both += first.count(i);
  CHECK(both < 40);  // by chance 16
}

TEST_CASE("each ten ids that follow one another are as likely to be explored as any") {
  std::vector<int> of_digit(10);
  for (const int i : drawn(monday, 0.5)) ++of_digit[static_cast<std::size_t>(i % 10)];
  for (const int count : of_digit) {
    CHECK(count > 400);
    CHECK(count < 600);
  }
}
