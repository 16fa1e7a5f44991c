#include "rank/linear.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace daybook {

namespace {

// Passes over the lessons: with more, the ranking of papers no longer gets better.
constexpr int passes = 5;

// Any order will do that is not the papers' own, and the same in each run and on each machine.
class Shuffle {
 public:
  void operator()(std::vector<std::uint32_t>& order) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[next() % i]);
  }

 private:
  // Marsaglia's xorshift64*.
  std::uint64_t next() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return (state_ * 0x2545F4914F6CDD1DU) >> 32U;
  }
  std::uint64_t state_ = 0x9E3779B97F4A7C15U;
};

// What one lesson has added to the weights, as a multiple of its features.
struct Part {
  double share = 0;
  double length = 1;  // squared, of its features and the bias
  double slack = 0;   // 1 / (2 weight)
};

void add(Linear& model, const Features& features, double times) {
  const auto factor = static_cast<float>(times);
  for (const Feature& feature : features) model.weights[feature.bucket] += factor * feature.value;
  model.bias += factor;
}

std::vector<Part> parts_of(const std::vector<Lesson>& lessons) {
  std::vector<Part> parts(lessons.size());
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    for (const Feature& feature : *lessons[i].features)
      parts[i].length += static_cast<double>(feature.value) * static_cast<double>(feature.value);
    parts[i].slack = 1 / (2 * lessons[i].weight);
  }
  return parts;
}

// `renewed` gives a lesson's share, from its present one and the value that the model gives it now.
template <typename Renewed>
Linear descend(const std::vector<Lesson>& lessons, Renewed renewed) {
  Linear model;
  std::vector<Part> parts = parts_of(lessons);
  std::vector<std::uint32_t> order(lessons.size());
  std::iota(order.begin(), order.end(), 0U);
  Shuffle shuffle;
  for (int pass = 0; pass < passes; ++pass) {
    shuffle(order);
    for (const std::uint32_t i : order) {
      const Lesson& lesson = lessons[i];
      const double share = renewed(lesson, parts[i], model.value(*lesson.features));
      if (share == parts[i].share) continue;
      add(model, *lesson.features, share - parts[i].share);
      parts[i].share = share;
    }
  }
  return model;
}

}  // namespace

double Linear::value(const Features& features) const {
  float sum = bias;
  for (const Feature& feature : features) sum += weights[feature.bucket] * feature.value;
  return static_cast<double>(sum);
}

Linear learn_to_tell(const std::vector<Lesson>& lessons) {
  return descend(lessons, [](const Lesson& lesson, const Part& part, double value) {
    const double sign = lesson.target > 0 ? 1 : -1;
    const double held = sign * part.share;  // never below 0
    const double slope = sign * value - 1 + held * part.slack;
    return sign * std::max(0.0, held - slope / (part.length + part.slack));
  });
}

Linear learn_to_estimate(const std::vector<Lesson>& lessons) {
  return descend(lessons, [](const Lesson& lesson, const Part& part, double value) {
    return part.share + (lesson.target - value - part.share * part.slack) / (part.length + part.slack);
  });
}

}  // namespace daybook
