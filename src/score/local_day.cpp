#include "score/local_day.h"

#include "score/local.h"
#include "score/self_training.h"

namespace daybook {

namespace {

// Fewer show nothing.
constexpr std::size_t papers_to_show_much = 100;

struct Unlabelled {
  Rarity rarity;
  Linear model;
};

std::optional<Unlabelled> learn_unlabelled(const UnlabelledDay& today, std::span<const UnlabelledDay> recent) {
  std::vector<Features> papers;
  std::vector<double> lexical;
  const auto add = [&](const UnlabelledDay& day) {
    papers.insert(papers.end(), day.features.begin(), day.features.end());
    lexical.insert(lexical.end(), day.lexical.begin(), day.lexical.end());
  };
  for (const UnlabelledDay& day : recent) add(day);
  add(today);
  if (papers.size() < papers_to_show_much) return std::nullopt;
  Unlabelled learned;
  Frequencies frequencies;
  for (const Features& paper : papers) frequencies.count(paper);
  learned.rarity = frequencies.rarity();
  for (Features& paper : papers) learned.rarity.weigh(paper);
  learned.model = self_trained(papers, lexical);
  return learned;
}

}  // namespace

void score_day_locally(std::vector<Score>& scores, const UnlabelledDay& today, std::span<const UnlabelledDay> recent,
                       const LocalModel& model) {
  const auto learned = learn_unlabelled(today, recent);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (learned) {
      Features features = today.features[i];
      learned->rarity.weigh(features);
      scores[i].local_score = blended(today.lexical[i], learned->model.value(features));
      scores[i].relevance = relevance_by_topics(*scores[i].local_score);
    }
    apply(model, today.features[i], scores[i]);
  }
}

}  // namespace daybook
