#include "rank/local_model.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "rank/odds.h"

namespace daybook {

namespace {

constexpr double days_to_trust = 5;  // label days after which the learned score counts as much as the owner's words
constexpr int days_to_measure = 5;   // label days that relevance needs, to be spread as the LLM's was

// The price of missing a decision, beside that of large weights. Between a third and thrice of it little changes.
constexpr double price = 0.3;

// Label days by which relevance is spread.
constexpr std::size_t days_measured = 20;

// Relevance that is taken for unwanted papers where none is known, below the cut-off.
constexpr int below_cut_off = 3;

// A decision value of 1 is a sure "yes" (0.92), -1 a sure "no" (0.08).
constexpr double steepness = 2.5;

// A paper that stands for more is not looked at with more weight: what is learned would jump with each of them.
constexpr double most_stood_for = 5;

Rarity rarity_in(std::span<const LabelDay> days) {
  Frequencies frequencies;
  for (const LabelDay& day : days)
    for (const JudgedPaper& paper : day.papers) frequencies.count(paper.features);
  return frequencies.rarity();
}

Linear learn_wanted(std::span<const LabelDay> days, const Rarity& rarity) {
  std::deque<Features> weighed;
  std::vector<TrainingExample> examples;
  for (std::size_t d = 0; d < days.size(); ++d) {
    for (const JudgedPaper& paper : days[d].papers) {
      if (paper.features.empty()) continue;
      weighed.push_back(paper.features);
      rarity.weigh(weighed.back());
      const double counts = price * recency(d, days.size()) * std::min(most_stood_for, paper.sample_weight);
      examples.push_back({&weighed.back(), paper.wanted ? 1.0 : -1.0, counts});
    }
  }
  return fit_classifier(examples);
}

// So that as many papers reach each relevance by their local score as reached it with the LLM.
std::optional<std::array<double, 9>> least_scores(std::span<const LabelDay> days, int cut_off) {
  std::vector<std::pair<double, double>> scores;  // each with the papers it stands for
  std::array<double, 11> of_relevance = {};       // papers
  for (const LabelDay& day : days) {
    for (const JudgedPaper& paper : day.papers) {
      if (!paper.local_score) continue;
      const int assumed = paper.wanted ? cut_off : cut_off - below_cut_off;
      of_relevance.at(static_cast<std::size_t>(std::clamp(paper.relevance.value_or(assumed), 1, 10))) +=
          paper.sample_weight;
      scores.emplace_back(*paper.local_score, paper.sample_weight);
    }
  }
  if (scores.empty()) return std::nullopt;
  std::array<double, 9> least = {};
  std::sort(scores.begin(), scores.end(), std::greater<>());
  double wished = 0, passed = 0;
  auto at = scores.begin();
  for (std::size_t relevance = 10; relevance >= 2; --relevance) {
    wished += of_relevance.at(relevance);
    while (at != scores.end() && passed + at->second <= wished) passed += (at++)->second;
    least.at(relevance - 2) = wished == 0 ? 1 : at == scores.end() ? 0 : at->first;
  }
  return least;
}

}  // namespace

LocalModel learn(std::span<const LabelDay> days, int cut_off) {
  LocalModel model;
  model.label_days = static_cast<int>(days.size());
  if (days.empty()) return model;
  model.rarity = rarity_in(days);
  model.wanted = learn_wanted(days, model.rarity);
  if (model.label_days >= days_to_measure)
    model.least_score = least_scores(days.last(std::min(days.size(), days_measured)), cut_off);
  return model;
}

double mixed(const LocalModel& model, const Features& features, double shift, double score) {
  if (model.label_days == 0 && shift == 0) return score;
  double value = log_odds(score) / steepness;
  if (model.label_days > 0) {
    Features weighed = features;
    model.rarity.weigh(weighed);
    const double trust = model.label_days / (model.label_days + days_to_trust);
    value = trust * model.wanted.value(weighed) + (1 - trust) * value;
  }
  return score_of_odds(steepness * (value + shift));
}

}  // namespace daybook
