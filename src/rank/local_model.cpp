#include "rank/local_model.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "rank/cascade.h"
#include "rank/local.h"
#include "rank/rounded.h"

namespace daybook {

namespace {

constexpr double half_life = 30;     // label days
constexpr double days_to_trust = 5;  // label days after which the learned score counts as much as topic text

// The price of missing a decision, beside that of large weights. Between a third and thrice of it little changes.
constexpr double price = 0.3;

// Label days by which relevance is spread.
constexpr std::size_t days_measured = 20;

// Relevance that is taken for unwanted papers where none is known, below the cut-off.
constexpr int below_cut_off = 3;

// A decision value of 1 is a sure "yes" (0.92), -1 a sure "no" (0.08).
constexpr double steepness = 2.5;

// Wanted papers that nets are learned from, at least, and as of which their part of the decision value is in full.
constexpr std::size_t wanted_for_nets = 20;
constexpr std::size_t wanted_for_all = 100;
constexpr float part_in_full = 0.5F;
constexpr std::uint64_t nets_learned = 2;
// Papers of either kind: of less than a few batches a net learns nothing, and stays as it was drawn.
constexpr std::size_t lessons_for_nets = 100;
// A paper that stands for more is not looked at with more weight: what is learned would jump with each of them.
constexpr double most_stood_for = 5;

// Log-odds as a decision value: with this scale both are spread alike over papers that were not learned from.
double as_value(double log_odds) { return 0.24 * log_odds - 0.16; }

double score_of(double value) {
  const double score = 1 / (1 + std::exp(-steepness * value));
  return std::round(score * 1e4) / 1e4;  // a record shows it, and mathematical libraries differ in the last bits
}

double value_of(double score) {
  const double inside = std::clamp(score, 1e-4, 1 - 1e-4);
  return std::log(inside / (1 - inside)) / steepness;
}

// Papers as they are learned from, with their features weighed, and what they count for.
struct Lessons {
  std::vector<Features> features;
  std::vector<Lesson> lessons;

  Lessons(std::span<const LabelDay> days, const Rarity& rarity) {
    for (std::size_t d = 0; d < days.size(); ++d) {
      const double age = static_cast<double>(days.size() - 1 - d);
      const double counts = price * std::exp2(-age / half_life);
      for (const Precedent& paper : days[d].papers) {
        if (paper.features.empty()) continue;
        features.push_back(paper.features);
        rarity.weigh(features.back());
        lessons.push_back({nullptr, paper.wanted ? 1.0 : -1.0, counts * std::min(most_stood_for, paper.stands_for)});
      }
    }
    for (std::size_t i = 0; i < lessons.size(); ++i) lessons[i].features = &features[i];
  }
};

Rarity rarity_in(std::span<const LabelDay> days) {
  Frequencies frequencies;
  for (const LabelDay& day : days)
    for (const Precedent& paper : day.papers) frequencies.count(paper.features);
  return frequencies.rarity();
}

std::vector<const Features*> features_of(std::span<const LabelDay> days) {
  std::vector<const Features*> features;
  for (const LabelDay& day : days)
    for (const Precedent& paper : day.papers)
      if (!paper.features.empty()) features.push_back(&paper.features);
  return features;
}

std::vector<PointLesson> points_of(std::span<const LabelDay> days, const LatentSpace& space) {
  std::vector<PointLesson> lessons;
  for (std::size_t d = 0; d < days.size(); ++d) {
    const double counts = std::exp2(-static_cast<double>(days.size() - 1 - d) / half_life);
    for (const Precedent& paper : days[d].papers)
      if (const std::optional<Point> point = space.point(paper.features))
        lessons.push_back(
            {*point, paper.wanted, static_cast<float>(counts * std::min(most_stood_for, paper.stands_for))});
  }
  return lessons;
}

void learn_nets(LocalModel& model, std::span<const LabelDay> days) {
  std::size_t wanted = 0;
  for (const LabelDay& day : days)
    wanted += static_cast<std::size_t>(
        std::count_if(day.papers.begin(), day.papers.end(), [](const Precedent& paper) { return paper.wanted; }));
  if (wanted < wanted_for_nets) return;
  const std::vector<const Features*> known = features_of(days);
  if (known.size() < lessons_for_nets) return;
  model.space = learn_space(known);
  if (model.space.rows.empty()) return;
  const std::vector<PointLesson> lessons = points_of(days, model.space);
  for (std::uint64_t seed = 1; seed <= nets_learned; ++seed) {
    model.nets.push_back(learn_net(lessons, seed));
    each_number(model.nets.back(), [](float& number) { number = rounded(number); });
  }
  const float enough = static_cast<float>(wanted) / static_cast<float>(wanted_for_all);
  model.nets_part = rounded(part_in_full * std::min(1.0F, enough));
}

// The linear model's decision value.
double linear_value(const LocalModel& model, const Features& features) {
  float sum = 0;
  float squares = 0;
  for (const Feature& feature : features) {
    const float value = feature.value * model.rarity.of[feature.bucket];
    sum += value * model.wanted.weights[feature.bucket];
    squares += value * value;
  }
  if (squares > 0) sum /= std::sqrt(squares);
  return static_cast<double>(sum + model.wanted.bias);
}

double decision_value(const LocalModel& model, const Features& features) {
  const double linear = linear_value(model, features);
  if (model.nets.empty()) return linear;
  const std::optional<Point> point = model.space.point(features);
  if (!point) return linear;
  double log_odds = 0;
  for (const Net& net : model.nets) log_odds += net.value(*point);
  const double by_nets = as_value(log_odds / static_cast<double>(model.nets.size()));
  return linear + static_cast<double>(model.nets_part) * (by_nets - linear);
}

// How the LLM's relevances and the local scores of the same papers are spread.
struct Spread {
  std::vector<std::pair<double, double>> scores;  // each with the papers it stands for; descending
  std::array<double, 11> of_relevance = {};       // papers, by relevance
};

Spread spread_of(std::span<const LabelDay> days, int cut_off) {
  Spread spread;
  for (const LabelDay& day : days) {
    for (const Precedent& paper : day.papers) {
      if (!paper.local_score) continue;
      const int assumed = paper.wanted ? cut_off : std::max(1, cut_off - below_cut_off);
      spread.of_relevance.at(static_cast<std::size_t>(std::clamp(paper.relevance.value_or(assumed), 1, 10))) +=
          paper.stands_for;
      spread.scores.emplace_back(*paper.local_score, paper.stands_for);
    }
  }
  std::sort(spread.scores.begin(), spread.scores.end(), std::greater<>());
  return spread;
}

// So many papers have at least this score.
double least_of(const Spread& spread, double papers) {
  double above = 0;
  for (const auto& [score, stands_for] : spread.scores) {
    above += stands_for;
    if (above > papers) return score;
  }
  return 0;
}

std::array<double, 9> least_scores(const Spread& spread) {
  std::array<double, 9> least = {};
  if (spread.scores.empty()) return least;
  double papers = 0;
  for (std::size_t relevance = 10; relevance >= 2; --relevance) {
    papers += spread.of_relevance.at(relevance);
    least.at(relevance - 2) = papers == 0 ? 1 : least_of(spread, papers);
  }
  return least;
}

}  // namespace

LocalModel learn(std::span<const LabelDay> days, int cut_off) {
  LocalModel model;
  model.label_days = static_cast<int>(days.size());
  if (days.empty()) return model;
  model.rarity = rarity_in(days);
  for (float& factor : model.rarity.of) factor = rounded(factor);
  model.wanted = learn_to_tell(Lessons(days, model.rarity).lessons);
  for (float& weight : model.wanted.weights) weight = rounded(weight);
  model.wanted.bias = rounded(model.wanted.bias);
  learn_nets(model, days);
  model.least_score = least_scores(spread_of(days.last(std::min(days.size(), days_measured)), cut_off));
  return model;
}

void apply(const LocalModel& model, const Features& features, double shift, Score& score) {
  if (model.label_days == 0 && shift == 0) return;
  double value = value_of(score.local_score.value_or(0));
  if (model.label_days > 0) {
    const double trust = model.label_days / (model.label_days + days_to_trust);
    value = trust * decision_value(model, features) + (1 - trust) * value;
  }
  score.local_score = score_of(value + shift);
  if (model.label_days < days_to_trust || model.least_score == decltype(model.least_score){}) {
    score.relevance = relevance_by_topics(*score.local_score);
    return;
  }
  const auto above = std::upper_bound(model.least_score.begin(), model.least_score.end(), *score.local_score);
  score.relevance = 1 + static_cast<int>(above - model.least_score.begin());
}

}  // namespace daybook
