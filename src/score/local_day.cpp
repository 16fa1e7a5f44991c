#include "score/local_day.h"

#include "score/local.h"
#include "score/self_training.h"

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

}  // namespace

void score_day_locally(std::vector<Score>& scores, const UnlabelledDay& today, std::span<const UnlabelledDay> recent,
                       const std::vector<Tasted>& tasted, const LocalModel& model) {
  if (scores.empty()) return;
  const Unlabelled unlabelled(today, recent);
  const TasteModel taste = learn_taste(tasted, unlabelled.papers, unlabelled.rarity);
  std::optional<Linear> topical;
  if (unlabelled.papers.size() >= papers_to_show_much) topical = self_trained(unlabelled.papers, unlabelled.lexical);
  const std::size_t before = unlabelled.papers.size() - scores.size();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Features& weighed = unlabelled.papers[before + i];
    if (topical) {
      scores[i].local_score = blended(today.lexical[i], topical->value(weighed));
      scores[i].relevance = relevance_by_topics(*scores[i].local_score);
    }
    apply(model, today.features[i], taste.shift(weighed), scores[i]);
  }
}

}  // namespace daybook
