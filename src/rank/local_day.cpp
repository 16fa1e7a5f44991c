#include "rank/local_day.h"

#include <algorithm>
#include <numeric>

#include "rank/local.h"
#include "rank/self_training.h"

namespace daybook {

namespace {

// Fewer show nothing.
constexpr std::size_t papers_to_show_much = 100;

// What papers without labels show.
struct Unlabelled {
  std::vector<Features> papers;  // weighed
  std::vector<double> lexical;
  Rarity rarity;

  Unlabelled(const UnlabelledDay& today, std::span<const UnlabelledDay> recent) {
    for (const UnlabelledDay& day : recent) add(day);
    add(today);
    Frequencies frequencies;
    for (const Features& paper : papers) frequencies.count(paper);
    rarity = frequencies.rarity();
    for (Features& paper : papers) rarity.weigh(paper);
  }

 private:
  void add(const UnlabelledDay& day) {
    papers.insert(papers.end(), day.features.begin(), day.features.end());
    lexical.insert(lexical.end(), day.lexical.begin(), day.lexical.end());
  }
};

// The same scores, given to the papers in another order: by `shifted`. So as many are shown, and sent to the LLM, as
// without a taste.
void reorder(std::vector<Score>& scores, const std::vector<double>& shifted) {
  std::vector<std::size_t> places(scores.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::vector<std::size_t> by_taste = places;
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a].local_score > scores[b].local_score; });
  std::stable_sort(by_taste.begin(), by_taste.end(), [&](std::size_t a, std::size_t b) {
    return shifted[a] != shifted[b] ? shifted[a] > shifted[b] : scores[a].local_score > scores[b].local_score;
  });
  const std::vector<Score> before = scores;
  for (std::size_t rank = 0; rank < places.size(); ++rank) {
    scores[by_taste[rank]].local_score = before[places[rank]].local_score;
    scores[by_taste[rank]].relevance = before[places[rank]].relevance;
  }
}

}  // namespace

void score_day_locally(std::vector<Score>& scores, const UnlabelledDay& today, std::span<const UnlabelledDay> recent,
                       const std::vector<Tasted>& tasted, const LocalModel& model) {
  if (scores.empty()) return;
  const Unlabelled unlabelled(today, recent);
  const TasteModel taste = learn_taste(tasted, unlabelled.papers, unlabelled.rarity);
  std::optional<Linear> topical;
  if (unlabelled.papers.size() >= papers_to_show_much) topical = self_trained(unlabelled.papers, unlabelled.lexical);
  const std::size_t before = unlabelled.papers.size() - scores.size();
  std::vector<double> shifted;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Features& weighed = unlabelled.papers[before + i];
    if (topical) {
      scores[i].local_score = blended(today.lexical[i], topical->value(weighed));
      scores[i].relevance = relevance_by_topics(*scores[i].local_score);
    }
    Score to_taste = scores[i];
    apply(model, today.features[i], taste.shift(weighed), to_taste);
    apply(model, today.features[i], 0, scores[i]);
    shifted.push_back(to_taste.local_score.value_or(0));
  }
  if (taste.strength > 0) reorder(scores, shifted);
}

}  // namespace daybook
