#include "rank/local_day.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "rank/local.h"
#include "support/catch.h"

using namespace daybook;

namespace {

const Date monday = *Date::from_parts(2099, 1, 5);

constexpr std::uint32_t owners_word = 11;
constexpr std::uint32_t companion = 12;
constexpr std::uint32_t other = 13;

Features paper(std::initializer_list<std::uint32_t> words, std::uint32_t own) {
  Features features;
  for (const std::uint32_t word : words) features.push_back({word, 1});
  features.push_back({own, 1});
  return features;
}

// Of each 20 papers the first has the owner's word and one that goes with it, the second only that one.
UnlabelledDay day_of(Date date, std::uint32_t size) {
  UnlabelledDay day{date, {}, {}};
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint32_t own = 1000 + static_cast<std::uint32_t>(date.days() % 1000) * 100 + i;
    const std::uint32_t kind = i % 20;
    day.features.push_back(kind == 0   ? paper({owners_word, companion}, own)
                           : kind == 1 ? paper({companion, other}, own)
                                       : paper({other}, own));
    day.lexical.push_back(kind == 0 ? 0.8 : 0.2);
  }
  return day;
}

std::vector<Score> lexical_scores(const UnlabelledDay& day) {
  std::vector<Score> scores(day.lexical.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i].local_score = day.lexical[i];
    scores[i].relevance = relevance_by_topics(day.lexical[i]);
    scores[i].novelty = 5;
    scores[i].comment = "Bees in the title.";
    scores[i].topic = "bees";
  }
  return scores;
}

std::vector<Score> scored(const UnlabelledDay& today, const std::vector<UnlabelledDay>& recent = {},
                          const std::vector<Tasted>& tasted = {}, const LocalModel& model = {}) {
  std::vector<Score> scores = lexical_scores(today);
  score_day_locally(scores, today, recent, tasted, model);
  return scores;
}

std::vector<UnlabelledDay> recent_days() {
  std::vector<UnlabelledDay> days;
  for (int i = 10; i > 0; --i) days.push_back(day_of(monday - i, 40));
  return days;
}

// Learned on so many label days, and the same of every paper.
LocalModel sure_of(int days, float value) {
  LocalModel model;
  model.label_days = days;
  model.wanted.bias = value;
  model.least_score = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
  return model;
}

}  // namespace

TEST_CASE("local scores: without labels, opinions and enough papers a day keeps its topics' scores", "[rank]") {
  const UnlabelledDay today = day_of(monday, 40);
  CHECK(scored(today) == lexical_scores(today));
}

TEST_CASE("local scores: without labels the papers of these weeks show what goes with the owner's words", "[rank]") {
  const UnlabelledDay today = day_of(monday, 40);
  const std::vector<Score> scores = scored(today, recent_days());
  REQUIRE(scores.size() == 40);
  CHECK(*scores[0].local_score > *scores[1].local_score);
  CHECK(*scores[1].local_score > *scores[2].local_score + 0.01);  // the same topic text: 0.2
  for (const Score& score : scores) {
    CHECK(*score.local_score >= 0);
    CHECK(*score.local_score <= 1);
    CHECK(score.relevance == relevance_by_topics(*score.local_score));
    CHECK(score.novelty == 5);
    CHECK(score.comment == "Bees in the title.");
    CHECK(score.topic == "bees");
  }
}

TEST_CASE("local scores: a day that is large enough shows it by itself", "[rank]") {
  const std::vector<Score> scores = scored(day_of(monday, 100));
  CHECK(*scores[1].local_score > *scores[2].local_score);
  const UnlabelledDay smaller = day_of(monday, 99);
  CHECK(scored(smaller) == lexical_scores(smaller));
}

TEST_CASE("local scores: what was learned of labels takes over by n/(n+15)", "[rank]") {
  UnlabelledDay today = day_of(monday, 1);
  today.lexical = {0.2};
  for (const int days : {1, 4, 5, 20, 1000}) {
    INFO(days);
    const double trust = days / (days + 15.0);
    const double by_topics = std::log(0.2 / 0.8) / 2.5;
    const double value = trust * 0.75 + (1 - trust) * by_topics;
    const Score score = scored(today, {}, {}, sure_of(days, 0.75F)).at(0);
    CHECK(*score.local_score == Approx(1 / (1 + std::exp(-2.5 * value))).margin(0.0001));
    // From five days on the labels say which relevance a score is, too.
    CHECK(score.relevance ==
          (days < 5 ? relevance_by_topics(*score.local_score) : 1 + static_cast<int>(*score.local_score * 10)));
  }
}

TEST_CASE("local scores: the learned words decide after many label days, whatever the topics say", "[rank]") {
  LocalModel model = sure_of(60, 0);
  model.wanted.weights[other] = 2;
  model.wanted.weights[companion] = -2;
  const std::vector<Score> scores = scored(day_of(monday, 40), recent_days(), {}, model);
  CHECK(*scores[0].local_score < 0.3);
  CHECK(*scores[2].local_score > 0.7);
}

TEST_CASE("local scores: opinions shift papers towards what is liked and away from what is not", "[rank]") {
  const UnlabelledDay today = day_of(monday, 40);
  const std::vector<UnlabelledDay> recent = recent_days();
  const std::vector<Score> before = scored(today, recent);
  std::vector<Tasted> likes, dislikes;
  for (std::uint32_t i = 0; i < 30; ++i) {
    likes.push_back({paper({companion, other}, 90000 + i), true});
    likes.push_back({paper({owners_word}, 91000 + i), false});
    dislikes.push_back({paper({companion, other}, 90000 + i), false});
  }
  const std::vector<Score> liked = scored(today, recent, likes);
  const std::vector<Score> disliked = scored(today, recent, dislikes);
  CHECK(*liked[1].local_score > *before[1].local_score + 0.02);
  CHECK(*disliked[1].local_score < *before[1].local_score - 0.02);
  // As many papers are shown and sent as without opinions.
  const auto sorted = [](const std::vector<Score>& scores) {
    std::vector<std::pair<double, int>> numbers;
    for (const Score& score : scores) numbers.emplace_back(*score.local_score, *score.relevance);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  };
  CHECK(sorted(liked) == sorted(before));
  CHECK(sorted(disliked) == sorted(before));
}

TEST_CASE("local scores: an empty day stays empty, whatever is known", "[rank]") {
  CHECK(scored({monday, {}, {}}).empty());
  CHECK(scored({monday, {}, {}}, recent_days(), {{paper({other}, 1), true}}, sure_of(20, 1)).empty());
}

TEST_CASE("local scores: a day of one paper is scored, also of one without words", "[rank]") {
  UnlabelledDay today{monday, {{}}, {0.3}};
  for (const auto& recent : {std::vector<UnlabelledDay>{}, recent_days()})
    for (const auto& tasted : {std::vector<Tasted>{}, {{{}, true}}, {{paper({other}, 1), false}}})
      for (const LocalModel& model : {LocalModel(), sure_of(20, 1)}) {
        const std::vector<Score> scores = scored(today, recent, tasted, model);
        REQUIRE(scores.size() == 1);
        CHECK(*scores[0].local_score > 0);
        CHECK(*scores[0].local_score < 1);
      }
}

TEST_CASE("local scores: weeks of equal topic scores show nothing", "[rank]") {
  UnlabelledDay today = day_of(monday, 200);
  for (double& score : today.lexical) score = 0.2;
  for (const Score& score : scored(today)) CHECK(*score.local_score == Approx(0.2).margin(0.0002));
}

TEST_CASE("local scores: days that were empty among the last change nothing", "[rank]") {
  std::vector<UnlabelledDay> recent = recent_days();
  const UnlabelledDay today = day_of(monday, 40);
  const std::vector<Score> before = scored(today, recent);
  recent.insert(recent.begin() + 3, {monday - 7, {}, {}});
  CHECK(scored(today, recent) == before);
}

TEST_CASE("local scores: the same day in the same order gets the same scores, to the last bit", "[rank]") {
  std::vector<Tasted> tasted = {{paper({companion}, 5), true}, {paper({other}, 6), false}};
  const LocalModel model = sure_of(3, 0.5F);
  CHECK(scored(day_of(monday, 40), recent_days(), tasted, model) ==
        scored(day_of(monday, 40), recent_days(), tasted, model));
}
