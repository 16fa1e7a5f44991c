#include "rank/linear.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace daybook {

namespace {

// Passes over the examples: with more, the ranking of papers no longer gets better.
constexpr int passes = 5;

// What one example has added to the weights, as a multiple of its features.
struct Part {
  double share = 0;
  double length = 1;  // squared, of its features and the bias
  double slack = 0;   // 1 / (2 weight)
};

Part part_of(const TrainingExample& example) {
  Part part;
  part.slack = 1 / (2 * example.weight);
  for (const Feature& feature : *example.features)
    part.length += static_cast<double>(feature.value) * static_cast<double>(feature.value);
  return part;
}

void add(Linear& model, const Features& features, double times) {
  const auto factor = static_cast<float>(times);
  for (const Feature& feature : features) model.weights[feature.bucket] += factor * feature.value;
  model.bias += factor;
}

// An example's share by the value that the model gives it now.
double renewed(const TrainingExample& example, const Part& part, double value) {
  const double sign = example.target > 0 ? 1 : -1;
  const double held = sign * part.share;  // never below 0
  const double slope = sign * value - 1 + held * part.slack;
  return sign * std::max(0.0, held - slope / (part.length + part.slack));
}

}  // namespace

double Linear::value(const Features& features) const {
  float sum = bias;
  for (const Feature& feature : features) sum += weights[feature.bucket] * feature.value;
  return static_cast<double>(sum);
}

Linear fit_classifier(const std::vector<TrainingExample>& examples) {
  Linear model;
  std::vector<Part> parts(examples.size());
  std::transform(examples.begin(), examples.end(), parts.begin(), part_of);
  std::vector<std::uint32_t> order(examples.size());
  std::iota(order.begin(), order.end(), 0U);
  // Any order will do that is not the papers' own, and the same in each run and on each machine, as no std::shuffle is.
  std::mt19937 random;
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const std::uint32_t i : order) {
      const double share = renewed(examples[i], parts[i], model.value(*examples[i].features));
      if (share != parts[i].share) add(model, *examples[i].features, share - parts[i].share);
      parts[i].share = share;
    }
  }
  return model;
}

}  // namespace daybook
