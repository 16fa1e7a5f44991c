#include "rank/threshold.h"

#include <cmath>

#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

// A hundred papers of scores 0.005 to 0.995, of which as many are wanted as their score says: of those of 0.3 each
// third or so.
LabelDay day_of(int number) {
  LabelDay day{monday + number, {}};
  double owed = number * 0.37 - std::floor(number * 0.37);
  for (int i = 0; i < 100; ++i) {
    Precedent precedent;
    precedent.local_score = (i + 0.5) / 100;
    owed += *precedent.local_score * *precedent.local_score;
    precedent.wanted = owed >= 1;
    if (precedent.wanted) owed -= 1;
    day.papers.push_back(precedent);
  }
  return day;
}

std::vector<LabelDay> days(int count) {
  std::vector<LabelDay> all;
  for (int i = 0; i < count; ++i) all.push_back(day_of(i));
  return all;
}

// Of the wanted papers, the part that a threshold leaves above it.
double recall(const std::vector<LabelDay>& all, double threshold) {
  double wanted = 0, above = 0;
  for (const LabelDay& day : all)
    for (const Precedent& paper : day.papers) {
      if (!paper.wanted) continue;
      wanted += 1;
      above += *paper.local_score >= threshold ? 1 : 0;
    }
  return above / wanted;
}

}  // namespace

TEST_CASE("the threshold leaves about the wished part of the wanted papers above it") {
  const std::vector<LabelDay> all = days(20);
  double before = 1;
  for (const double target : {0.5, 0.8, 0.9, 0.95, 0.97, 0.99}) {
    INFO(target);
    const double threshold = threshold_for(all, target);
    CHECK(recall(all, threshold) == Approx(target).margin(0.02));
    CHECK(threshold < before);
    before = threshold;
  }
}

TEST_CASE("where everything wanted is to be sent, everything is") { CHECK(threshold_for(days(20), 1) <= 0.005); }

TEST_CASE("papers that were discarded are counted for as many wanted ones as their scores make likely") {
  const std::vector<LabelDay> all = days(20);
  std::vector<LabelDay> cut = all;
  for (LabelDay& day : cut) {
    for (const Precedent& paper : day.papers)
      if (*paper.local_score < 0.2) day.discarded.push_back(*paper.local_score);
    std::erase_if(day.papers, [](const Precedent& paper) { return *paper.local_score < 0.2; });
  }
  const double threshold = threshold_for(cut, 0.95);
  CHECK(threshold == Approx(threshold_for(all, 0.95)).margin(0.05));
  for (LabelDay& day : cut) day.discarded.clear();
  CHECK(threshold_for(cut, 0.95) > threshold);  // as if they had never been
}

TEST_CASE("whatever the labels are, the threshold is a score") {
  const auto sound = [](const std::vector<LabelDay>& all) {
    for (const double target : {0.5, 0.97, 1.0}) {
      const double threshold = threshold_for(all, target);
      CHECK(threshold >= 0);
      CHECK(threshold <= 1);
    }
  };
  CHECK(threshold_for({}, 0.97) == 0);
  for (const int kind : {0, 1, 2, 3, 4}) {
    INFO(kind);
    std::vector<LabelDay> all = days(6);
    for (LabelDay& day : all)
      for (Precedent& paper : day.papers) {
        if (kind == 0) paper.wanted = true;
        if (kind == 1) paper.wanted = false;
        if (kind == 2) paper.wanted = *paper.local_score > 0.5;  // told without fault
        if (kind == 3) paper.wanted = *paper.local_score < 0.5;  // told the wrong way round
        if (kind == 4) paper.local_score = paper.wanted ? 1 : 0;
      }
    sound(all);
  }
  LabelDay one{monday, {}};
  one.papers.emplace_back();
  one.papers.back().wanted = true;
  sound({one});  // without a score
  one.papers.back().local_score = 0.4;
  one.papers.back().stands_for = 1e9;
  sound({one});
  one.papers.clear();
  one.discarded = {0, 0.2, 1};
  sound({one});
}

TEST_CASE("scores that tell wanted from unwanted without fault put the threshold between them") {
  std::vector<LabelDay> all = days(10);
  for (LabelDay& day : all)
    for (Precedent& paper : day.papers) paper.wanted = *paper.local_score > 0.6;
  const double threshold = threshold_for(all, 0.97);
  CHECK(threshold > 0.5);
  CHECK(threshold < 0.7);
}

TEST_CASE("the same labels give the same threshold, to the last bit") {
  CHECK(threshold_for(days(15), 0.97) == threshold_for(days(15), 0.97));
}
