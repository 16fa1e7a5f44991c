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
const ScoringSettings wish = {0.97, 0.03};

// A day of `wanted` papers with these scores, and as many again that nobody wants, with lower ones.
LabelDay day_of(Date date, const std::vector<double>& wanted) {
  LabelDay day{date, {}};
  for (const double score : wanted) {
    JudgedPaper judged;
    judged.id = "9901." + std::to_string(10000 + day.papers.size());
    judged.wanted = true;
    judged.local_score = score;
    day.papers.push_back(judged);
    judged.id += "9";
    judged.wanted = false;
    judged.local_score = score / 10;
    day.papers.push_back(judged);
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

std::string full(const CascadePolicy& policy) {
  CHECK(!policy.threshold);
  return policy.full;
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
    if (route({0.5, {}}, {date, explore}, paper(id_of(i)), 0.1) == Routing::explored) all.insert(i);
  return all;
}

}  // namespace

TEST_CASE("cascade: everything is sent before the LLM has read five days", "[cascade]") {
  CHECK(full(cascade_policy({monday, long_ago, {}}, {}, wish)) ==
        "the cascade starts after 5 labelled days (0 so far)");
  CHECK(full(cascade_policy({monday, long_ago, {}}, days_before(monday, 1, 50), wish)) ==
        "the cascade starts after 5 labelled days (1 so far)");
  CHECK(full(cascade_policy({monday, long_ago, {}}, days_before(monday, 4, 50), wish)) ==
        "the cascade starts after 5 labelled days (4 so far)");
  CHECK(cascade_policy({monday, long_ago, {}}, days_before(monday, 5, 50), wish).threshold);
}

TEST_CASE("cascade: everything is sent before the LLM has selected a hundred papers", "[cascade]") {
  CHECK(full(cascade_policy({monday, long_ago, {}}, days_before(monday, 9, 11), wish)) ==
        "the cascade starts after 100 selected papers (99 so far)");
  CHECK(full(cascade_policy({monday, long_ago, {}}, days_before(monday, 5, 0), wish)) ==
        "the cascade starts after 100 selected papers (0 so far)");
  CHECK(cascade_policy({monday, long_ago, {}}, days_before(monday, 10, 10), wish).threshold);
}

TEST_CASE("cascade: for seven days after an edit everything is sent, and on the eighth no longer", "[cascade]") {
  const auto days = days_before(monday, 10, 10);
  for (int after = 0; after < 7; ++after) {
    INFO(after);
    CHECK(full(cascade_policy({monday, monday - after, {}}, days, wish)) ==
          "the interests, the prompt, the cut-offs or the model changed on " + (monday - after).iso());
  }
  CHECK(cascade_policy({monday, monday - 7, {}}, days, wish).threshold);
  // A clock that was wrong.
  CHECK(full(cascade_policy({monday, monday + 400, {}}, days, wish)) ==
        "the interests, the prompt, the cut-offs or the model changed on 2100-02-09");
}

TEST_CASE("cascade: without any local score of a label day nothing is below the threshold", "[cascade]") {
  auto days = days_before(monday, 10, 10);
  for (LabelDay& day : days)
    for (JudgedPaper& each : day.papers) each.local_score.reset();
  CHECK(cascade_policy({monday, long_ago, {}}, days, wish).threshold == 0);
}

TEST_CASE("cascade: the threshold has four decimals, as the scores that are compared with it", "[cascade]") {
  const double threshold =
      cascade_policy({monday, long_ago, {}}, days_before(monday, 9, 33), {0.93, 0.03}).threshold.value();
  CHECK(threshold > 0);
  CHECK(threshold * 1e4 == Approx(std::round(threshold * 1e4)).epsilon(1e-12));
}

TEST_CASE("cascade: it is at work where it keeps back a tenth of the day", "[cascade]") {
  const CascadePolicy policy{0.5, {}};
  std::vector<double> scores(20, 0.9);
  scores[3] = 0.4999;
  CHECK(full(where_it_pays(policy, scores)) == "only 1 of 20 papers are clearly irrelevant");
  scores[4] = 0.5;  // not below
  CHECK(full(where_it_pays(policy, scores)) == "only 1 of 20 papers are clearly irrelevant");
  scores[5] = 0;
  CHECK(where_it_pays(policy, scores).threshold == 0.5);
  CHECK(where_it_pays(policy, {}).threshold == 0.5);
  CHECK(full(where_it_pays({std::nullopt, "a reason of its own"}, scores)) == "a reason of its own");
}

TEST_CASE("cascade: a paper at the threshold or above is sent, and each where there is no threshold", "[cascade]") {
  const Exploration exploration{monday, 0};
  CHECK(route({0.5, {}}, exploration, paper("9901.00001"), 0.5) == Routing::sent);
  CHECK(route({0.5, {}}, exploration, paper("9901.00001"), 0.4999) == Routing::discarded);
  CHECK(route({std::nullopt, "full"}, exploration, paper("9901.00001"), 0) == Routing::sent);
}

TEST_CASE("cascade: papers of followed authors are always sent", "[cascade]") {
  CHECK(route({0.5, {}}, {monday, 0, true}, paper("9901.00001"), 0) == Routing::sent);
  CHECK(route({0.5, {}}, {monday, 0, false}, paper("9901.00001"), 0) == Routing::discarded);
  // Not as if it had been drawn: it stands for no other.
  CHECK(route({0.5, {}}, {monday, 1, true}, paper("9901.00001"), 0) == Routing::sent);
}

TEST_CASE("cascade: of the papers below the threshold about the wished share is explored", "[cascade]") {
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

TEST_CASE("cascade: a second run explores the same papers, a greater share more, another day others", "[cascade]") {
  const std::set<int> first = drawn(monday, 0.04);
  CHECK(drawn(monday, 0.04) == first);
  const std::set<int> more = drawn(monday, 0.05);
  CHECK(std::includes(more.begin(), more.end(), first.begin(), first.end()));
  std::size_t both = 0;
  for (const int i : drawn(monday + 1, 0.04)) both += first.count(i);
  CHECK(both < 40);  // by chance 16
}

TEST_CASE("cascade: each ten ids that follow one another are as likely to be explored as any", "[cascade]") {
  std::vector<int> of_digit(10);
  for (const int i : drawn(monday, 0.5)) ++of_digit[static_cast<std::size_t>(i % 10)];
  for (const int count : of_digit) {
    CHECK(count > 400);
    CHECK(count < 600);
  }
}
