#include "rank/linear.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <utility>

namespace daybook {

namespace {

// Passes over the lessons: with more, the ranking of papers no longer gets better.
constexpr int passes = 5;

// What one lesson has added to the weights, as a multiple of its features.
struct Part {
  double share = 0;   // never below 0; against the lesson's features where it is not wanted
  double length = 1;  // squared, of its features and the bias
  double slack = 0;   // 1 / (2 weight)
};

Part part_of(const Lesson& lesson) {
  Part part;
  part.slack = 1 / (2 * lesson.weight);
  for (const Feature& feature : *lesson.features)
    part.length += static_cast<double>(feature.value) * static_cast<double>(feature.value);
  return part;
}

}  // namespace

double Linear::value(const Features& features) const {
  float sum = bias;
  for (const Feature& feature : features) sum += weights[feature.bucket] * feature.value;
  return static_cast<double>(sum);
}

void Linear::add(const Features& features, double times) {
  const auto factor = static_cast<float>(times);
  for (const Feature& feature : features) weights[feature.bucket] += factor * feature.value;
  bias += factor;
}

Linear learn_to_tell(const std::vector<Lesson>& lessons) {
  Linear model;
  std::vector<Part> parts(lessons.size());
  std::transform(lessons.begin(), lessons.end(), parts.begin(), part_of);
  std::vector<std::uint32_t> order(lessons.size());
  std::iota(order.begin(), order.end(), 0U);
  // Any order will do that is not the papers' own, and the same in each run and on each machine, as no std::shuffle is.
  std::mt19937 random;
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const std::uint32_t i : order) {
      Part& part = parts[i];
      const double sign = lessons[i].wanted ? 1 : -1;
      const double slope = sign * model.value(*lessons[i].features) - 1 + part.share * part.slack;
      const double share = std::max(0.0, part.share - slope / (part.length + part.slack));
      if (share != part.share) model.add(*lessons[i].features, sign * (share - part.share));
      part.share = share;
    }
  }
  return model;
}

}  // namespace daybook
