#include "rank/linear.h"

#include <algorithm>
#include <cmath>

#include "support/catch.h"

using namespace daybook;

namespace {

// Of unit length: features of equal value.
Features made_of(std::initializer_list<std::uint32_t> words) {
  Features features;
  for (const std::uint32_t word : words) features.push_back({word, 1 / std::sqrt(static_cast<float>(words.size()))});
  return features;
}

constexpr std::uint32_t good = 11;
constexpr std::uint32_t bad = 12;

// Papers that are told by one word, beside words of their own.
struct School {
  std::vector<Features> papers;
  std::vector<TrainingExample> examples;

  explicit School(std::uint32_t size) {
    for (std::uint32_t i = 0; i < size; ++i)
      papers.push_back(made_of({i % 10 == 0 ? good : bad, 1000 + i, 5000 + i % 7}));
    for (std::uint32_t i = 0; i < size; ++i) examples.push_back({&papers[i], i % 10 == 0 ? 1.0 : -1.0, 1});
  }
};

}  // namespace

TEST_CASE("linear model: what a word tells is learned, and tells papers apart that were never seen", "[rank]") {
  const School school(500);
  const Linear model = fit_classifier(school.examples);
  for (const TrainingExample& example : school.examples)
    CHECK((model.value(*example.features) > 0) == (example.target > 0));
  CHECK(model.value(made_of({good, 9001})) > 0);
  CHECK(model.value(made_of({bad, 9001})) < -0.5);
}

TEST_CASE("linear model: of a single example as much is learned as its weight is worth", "[rank]") {
  // The loss w max(0, 1 - v)^2 + |model|^2 / 2, where v is twice the share, is least at a share of 1 / (2 + 1 / 2w).
  const Features one = made_of({good});
  for (const double weight : {0.1, 0.5, 1.0, 50.0}) {
    INFO(weight);
    const double share = 1 / (2 + 1 / (2 * weight));
    const Linear told = fit_classifier({{&one, 1, weight}});
    CHECK(told.value(one) == Approx(2 * share));
    CHECK(told.weights[good] == Approx(share));
    CHECK(told.bias == Approx(share));
    CHECK(fit_classifier({{&one, -1, weight}}).value(one) == Approx(-2 * share));
  }
}

TEST_CASE("linear model: where examples contradict each other, the one that weighs more is believed more", "[rank]") {
  const Features one = made_of({good});
  const auto value = [&](double weight_for, double weight_against) {
    std::vector<TrainingExample> examples;
    for (int i = 0; i < 20; ++i) {
      examples.push_back({&one, 1, weight_for});
      examples.push_back({&one, -1, weight_against});
    }
    return fit_classifier(examples).value(one);
  };
  CHECK(value(5, 1) > value(1, 1));
  CHECK(value(1, 1) > value(1, 5));
}

TEST_CASE("linear model: how far a target lies from 0 says nothing where papers are told apart", "[rank]") {
  const Features one = made_of({good}), two = made_of({bad});
  CHECK(fit_classifier({{&one, 7, 1}, {&two, -0.1, 1}}) == fit_classifier({{&one, 1, 1}, {&two, -1, 1}}));
}

TEST_CASE("linear model: of no examples nothing is learned", "[rank]") {
  CHECK(fit_classifier({}) == Linear());
  CHECK(Linear().value(made_of({good, bad})) == 0);
}

TEST_CASE("linear model: of examples without a word only the bias is learned", "[rank]") {
  const Features none;
  const Linear model = fit_classifier({{&none, -1, 1}, {&none, -1, 1}});
  CHECK(model.bias < -0.5);
  CHECK(model.weights == Linear().weights);
  CHECK(model.value(made_of({good})) == model.value(none));
}

TEST_CASE("linear model: the same example ten thousand times gives numbers, not an overflow", "[rank]") {
  const Features one = made_of({good});
  const std::vector<TrainingExample> again(10000, {&one, 1, 100});
  CHECK(fit_classifier(again).value(one) == Approx(1).margin(0.01));
}

TEST_CASE("linear model: the same examples give the same models, to the last bit", "[rank]") {
  const School school(300), again(300);
  CHECK(fit_classifier(school.examples) == fit_classifier(again.examples));
}
