#include "rank/self_training.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace daybook {

namespace {

// How many of all papers are taken for wanted, and for unwanted. Half or twice as many wanted make little difference.
constexpr double wanted = 0.08;
constexpr double unwanted = 0.85;

// Of a paper at the edge of those: words cannot draw so fine a line.
constexpr double least_sure = 0.3;

// What one paper counts beside the price of large weights: little, for its label is a guess.
constexpr double lesson_weight = 0.1;

// The model's part of a blended score.
constexpr double learned_part = 0.7;

constexpr double margin = 0.01;  // keeps the odds of 0 and 1 finite

std::vector<double> odds_of(const std::vector<double>& scores) {
  std::vector<double> odds(scores.size());
  std::transform(scores.begin(), scores.end(), odds.begin(), to_learn);
  return odds;
}

struct Scale {
  double mean = 0;
  double spread = 0;  // standard deviation
};

Scale scale_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto count = static_cast<double>(values.size());
  Scale scale;
  scale.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - scale.mean) * (value - scale.mean);
  scale.spread = std::sqrt(squares / count);
  return scale;
}

Scale values_of(const Linear& model, const std::vector<Features>& papers) {
  std::vector<double> values;
  values.reserve(papers.size());
  for (const Features& paper : papers) values.push_back(model.value(paper));
  return scale_of(values);
}

// Tells the surest from the rest.
Linear telling(const std::vector<Features>& papers, const std::vector<double>& lexical) {
  const std::vector<double> labels = pseudo_labels(lexical);
  std::vector<Lesson> lessons;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    if (labels[i] != 0) lessons.push_back({&papers[i], labels[i], lesson_weight * std::abs(labels[i])});
  }
  return learn_to_tell(lessons);
}

// Estimates how far each stands above the mean, in standard deviations.
Linear estimating(const std::vector<Features>& papers, const std::vector<double>& odds, const Scale& scale) {
  std::vector<Lesson> lessons;
  for (std::size_t i = 0; i < papers.size(); ++i)
    lessons.push_back({&papers[i], (odds[i] - scale.mean) / scale.spread, lesson_weight});
  return learn_to_estimate(lessons);
}

// Adds `part` of a model, brought to a scale, to `sum`.
void add_scaled(Linear& sum, const Linear& model, const Scale& from, const Scale& to, double part) {
  if (!(from.spread > 0)) {
    sum.bias += static_cast<float>(part * to.mean);
    return;
  }
  const double factor = part * to.spread / from.spread;
  const auto times = static_cast<float>(factor);
  for (std::size_t i = 0; i < sum.weights.size(); ++i) sum.weights[i] += times * model.weights[i];
  sum.bias += static_cast<float>(part * to.mean + factor * (static_cast<double>(model.bias) - from.mean));
}

}  // namespace

double to_learn(double score) {
  const double within = score > 0 ? std::min(score, 1.0) : 0.0;
  return std::log((within + margin) / (1 + margin - within));
}

double from_learned(double value) {
  const double odds = std::exp(std::clamp(value, -20.0, 20.0));
  const double score = ((1 + margin) * odds - margin) / (1 + odds);
  return std::round(std::clamp(score, 0.0, 1.0) * 1e4) / 1e4;  // mathematical libraries differ in the last bits
}

std::vector<double> pseudo_labels(const std::vector<double>& lexical) {
  const std::vector<double> odds = odds_of(lexical);
  std::vector<std::size_t> order(lexical.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return odds[a] > odds[b]; });
  std::vector<double> labels(lexical.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double above = (static_cast<double>(rank) + 0.5) / static_cast<double>(order.size());  // part of the papers
    const double below = 1 - above;
    double& label = labels[order[rank]];
    if (above < wanted) {
      label = 1 - (1 - least_sure) * above / wanted;
    } else if (below < unwanted) {
      label = (1 - least_sure) * below / unwanted - 1;
    }
  }
  return labels;
}

// Two models, since each errs in its own way: one looks at the ends only, the other at all, the middle too. Their mean
// is linear again.
Linear self_trained(const std::vector<Features>& papers, const std::vector<double>& lexical) {
  const std::vector<double> odds = odds_of(lexical);
  const Scale scale = scale_of(odds);
  Linear sum;
  if (!(scale.spread > 0)) {
    sum.bias = static_cast<float>(scale.mean);
    return sum;
  }
  for (const Linear& model : {telling(papers, lexical), estimating(papers, odds, scale)})
    add_scaled(sum, model, values_of(model, papers), scale, 0.5);
  return sum;
}

double blended(double lexical, double value) {
  return from_learned(learned_part * value + (1 - learned_part) * to_learn(lexical));
}

}  // namespace daybook
