#include "rank/recall.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

// A hundred papers of scores 0.005 to 0.995, of which as many are wanted as their score says: of those of 0.3 each
// third or so.
LabelDay hundred_of(int number) {
  LabelDay day{monday + number, {}};
  double owed = number * 0.37 - std::floor(number * 0.37);
  for (int i = 0; i < 100; ++i) {
    JudgedPaper judged;
    judged.local_score = (i + 0.5) / 100;
    owed += *judged.local_score * *judged.local_score;
    judged.wanted = owed >= 1;
    if (judged.wanted) owed -= 1;
    day.papers.push_back(judged);
  }
  return day;
}

std::vector<LabelDay> hundreds(int count) {
  std::vector<LabelDay> all;
  for (int i = 0; i < count; ++i) all.push_back(hundred_of(i));
  return all;
}

// Of the wanted papers, the part that a threshold leaves above it.
double recall(const std::vector<LabelDay>& all, double threshold) {
  double wanted = 0, above = 0;
  for (const LabelDay& day : all)
    for (const JudgedPaper& paper : day.papers) {
      if (!paper.wanted) continue;
      wanted += 1;
      above += *paper.local_score >= threshold ? 1 : 0;
    }
  return above / wanted;
}

// From 0 to 1; the standard's distributions differ from library to library.
double uniform(std::mt19937& random) { return static_cast<double>(random()) / 4294967296.0; }

// The chance that the LLM wants a paper at a place from 0 to 1, and the score that it has there.
double true_chance(double place) { return 1 / (1 + std::exp(4 - 2.5 * std::log(place / (1 - place)))); }
double score_at(double place) { return std::exp(-3.5 * std::sqrt(1 - place)); }

// What is known of 40 days of 100 papers if those below a threshold are drawn at a chance, and what is not.
struct World {
  std::vector<LabelDay> days;
  int sent_wanted = 0, missed = 0;  // of the last 30 days
  Date today = monday + 40;
  double recall() const { return static_cast<double>(sent_wanted) / (sent_wanted + missed); }
};

World world(std::mt19937& random, double threshold, double explore) {
  World made;
  for (int number = 0; number < 40; ++number) {
    LabelDay day{monday + number, {}};
    const bool counts = day.date >= made.today - days_certified;
    for (int i = 0; i < 100; ++i) {
      JudgedPaper paper;
      const double place = std::clamp(uniform(random), 1e-6, 1 - 1e-6);
      const double score = score_at(place);
      paper.wanted = uniform(random) < true_chance(place);
      paper.local_score = score;
      const bool is_drawn = uniform(random) < explore;
      if (score < threshold && !is_drawn) {
        day.discarded.push_back(score);
        if (counts && paper.wanted) ++made.missed;
        continue;
      }
      if (score < threshold) paper.sample_weight = 1 / explore;
      if (counts && paper.wanted) ++made.sent_wanted;
      day.papers.push_back(paper);
    }
    made.days.push_back(std::move(day));
  }
  return made;
}

// Of all wanted papers, the share above a threshold, by the true chances.
double true_recall(double threshold) {
  double above = 0, all = 0;
  for (int i = 0; i < 10000; ++i) {
    const double place = (i + 0.5) / 10000;
    all += true_chance(place);
    if (score_at(place) >= threshold) above += true_chance(place);
  }
  return above / all;
}

bool is_share(double number) { return number >= 0 && number <= 1; }

}  // namespace

TEST_CASE("certificate: its bound holds in at least 95 of 100 months", "[recall]") {
  std::mt19937 random(20990105);
  int held = 0, held_by_sample = 0;
  double off = 0;
  for (int month = 0; month < 100; ++month) {
    const World made = world(random, 0.1, 0.05);
    const auto certificate = certificate_of(made.days, made.today);
    REQUIRE(certificate);
    CHECK(certificate->least < certificate->recall);
    CHECK(certificate->least_by_sample < certificate->least);
    held += certificate->least <= made.recall() ? 1 : 0;
    held_by_sample += certificate->least_by_sample <= made.recall() ? 1 : 0;
    off += (certificate->recall - made.recall()) / 100;
  }
  CHECK(held >= 95);
  CHECK(held_by_sample >= 95);
  CHECK(std::abs(off) < 0.005);
}

TEST_CASE("certificate: fewer explored papers give a lower bound", "[recall]") {
  double before = 0, before_by_sample = 0;
  for (const double explore : {0.03, 0.1, 0.4}) {
    INFO(explore);
    std::mt19937 random(7);
    double least = 0, least_by_sample = 0;
    for (int month = 0; month < 10; ++month) {
      const World made = world(random, 0.1, explore);
      const Certificate certificate = certificate_of(made.days, made.today).value();
      least += certificate.least / 10;
      least_by_sample += certificate.least_by_sample / 10;
    }
    CHECK(least > before);
    CHECK(least_by_sample > before_by_sample);
    before = least;
    before_by_sample = least_by_sample;
  }
}

TEST_CASE("certificate: there is none where nothing was discarded or too little explored", "[recall]") {
  std::mt19937 random(7);
  CHECK_FALSE(certificate_of({}, monday));
  CHECK_FALSE(certificate_of(hundreds(20), monday + 20));
  CHECK_FALSE(certificate_of(world(random, 0.1, 0).days, monday + 40));
  World made = world(random, 0.1, 0.05);
  CHECK(certificate_of(made.days, made.today));
  CHECK_FALSE(certificate_of(made.days, made.today + 40));  // all are older than 30 days
  made.days.resize(12);                                     // two days of them
  CHECK_FALSE(certificate_of(made.days, made.today));
}

TEST_CASE("certificate: whatever the labels are, it holds shares", "[recall]") {
  for (const int kind : {0, 1, 2}) {
    INFO(kind);
    std::mt19937 random(7);
    World made = world(random, 0.1, 0.1);
    for (LabelDay& day : made.days)
      for (JudgedPaper& paper : day.papers) {
        if (kind == 0) paper.wanted = true;
        if (kind == 1) paper.wanted = false;
        if (kind == 2) paper.wanted = *paper.local_score < 0.5;  // told the wrong way round
      }
    const auto certificate = certificate_of(made.days, made.today);
    REQUIRE(certificate);
    CHECK(is_share(certificate->least));
    CHECK(is_share(certificate->least_by_sample));
    CHECK(is_share(certificate->recall));
    CHECK(certificate->least <= certificate->recall);
  }
}

TEST_CASE("threshold: it keeps the wished recall in at least 85 of 100 months", "[recall]") {
  std::mt19937 random(20990105);
  int kept = 0;
  double recall = 0;
  for (int month = 0; month < 100; ++month) {
    const double share = true_recall(threshold_for(world(random, 0.1, 0.05).days, {0.95, 0}, {}));
    kept += share >= 0.95 ? 1 : 0;
    recall += share / 100;
  }
  CHECK(kept >= 85);  // 88: with 200 wanted papers a month the delta method is somewhat too sure
  CHECK(recall < 0.985);
}

TEST_CASE("threshold: the papers that will be explored count as sent", "[recall]") {
  const std::vector<LabelDay> all = hundreds(20);
  const double threshold = threshold_for(all, {0.9, 0}, {});
  CHECK(threshold_for(all, {0.91, 0.1}, {}) == Approx(threshold).margin(0.01));
  CHECK(threshold_for(all, {0.9, 0.1}, {}) > threshold);
}

TEST_CASE("threshold: the wished part of the wanted papers is above it, and little more", "[recall]") {
  const std::vector<LabelDay> all = hundreds(20);
  double before = 1;
  for (const double target : {0.5, 0.8, 0.9, 0.95, 0.97, 0.99}) {
    INFO(target);
    const double threshold = threshold_for(all, {target, 0}, {});
    CHECK(recall(all, threshold) > target - 0.005);
    CHECK(recall(all, threshold) < target + 0.035);
    CHECK(threshold < before);
    before = threshold;
  }
}

TEST_CASE("threshold: where everything wanted is to be sent, everything is", "[recall]") {
  CHECK(threshold_for(hundreds(20), {1, 0}, {}) <= 0.005);
}

TEST_CASE("threshold: discarded papers count for as many wanted ones as their scores make likely", "[recall]") {
  const std::vector<LabelDay> all = hundreds(20);
  std::vector<LabelDay> cut = all;
  for (LabelDay& day : cut) {
    for (const JudgedPaper& paper : day.papers)
      if (*paper.local_score < 0.2) day.discarded.push_back(*paper.local_score);
    std::erase_if(day.papers, [](const JudgedPaper& paper) { return *paper.local_score < 0.2; });
  }
  const double threshold = threshold_for(cut, {0.95, 0}, {});
  CHECK(threshold < threshold_for(all, {0.95, 0}, {}));  // less is known, so more is sent
  CHECK(threshold > 0.1);
  for (LabelDay& day : cut) day.discarded.clear();
  CHECK(threshold_for(cut, {0.95, 0}, {}) > threshold);  // as if they had never been
}

TEST_CASE("threshold: whatever the labels are, the threshold is a score", "[recall]") {
  const auto sound = [](const std::vector<LabelDay>& all) {
    for (const double target : {0.5, 0.97, 1.0}) {
      const double threshold = threshold_for(all, {target, 0}, {});
      CHECK(threshold >= 0);
      CHECK(threshold <= 1);
    }
  };
  CHECK(threshold_for({}, {0.97, 0}, {}) == 0);
  for (const int kind : {0, 1, 2, 3, 4}) {
    INFO(kind);
    std::vector<LabelDay> all = hundreds(6);
    for (LabelDay& day : all)
      for (JudgedPaper& paper : day.papers) {
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
  one.papers.back().sample_weight = 1e9;
  sound({one});
  one.papers.clear();
  one.discarded = {0, 0.2, 1};
  sound({one});
}

TEST_CASE("threshold: scores that tell wanted from unwanted without fault put the threshold between them", "[recall]") {
  std::vector<LabelDay> all = hundreds(10);
  for (LabelDay& day : all)
    for (JudgedPaper& paper : day.papers) paper.wanted = *paper.local_score > 0.6;
  const double threshold = threshold_for(all, {0.97, 0}, {});
  CHECK(threshold > 0.5);
  CHECK(threshold < 0.7);
}

TEST_CASE("threshold: the same labels give the same threshold, to the last bit", "[recall]") {
  CHECK(threshold_for(hundreds(15), {0.97, 0}, {}) == threshold_for(hundreds(15), {0.97, 0}, {}));
}
