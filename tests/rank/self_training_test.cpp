#include "rank/self_training.h"

#include <cmath>
#include <limits>
#include <utility>

#include "support/catch.h"

using namespace daybook;

namespace {

// Papers of three kinds: "a" has the owner's word and one that goes with it, "b" only that one, "c" neither. Each has a
// word of its own besides.
constexpr std::uint32_t owners_word = 11;
constexpr std::uint32_t companion = 12;
constexpr std::uint32_t other = 13;

Features paper(std::initializer_list<std::uint32_t> words, std::uint32_t own) {
  Features features;
  const float value = 1 / std::sqrt(static_cast<float>(words.size() + 1));
  for (const std::uint32_t word : words) features.push_back({word, value});
  features.push_back({own, value});
  return features;
}

struct Pool {
  std::vector<Features> papers;
  std::vector<double> lexical;
};

Pool pool(std::uint32_t size) {
  Pool made;
  for (std::uint32_t i = 0; i < size; ++i) {
    const bool is_a = i % 20 == 0;
    const bool is_b = i % 20 == 1;
    made.papers.push_back(is_a   ? paper({owners_word, companion}, 1000 + i)
                          : is_b ? paper({companion, other}, 1000 + i)
                                 : paper({other}, 1000 + i));
    made.lexical.push_back(is_a ? 0.8 : 0.2);
  }
  return made;
}

}  // namespace

TEST_CASE("the best are taken for wanted, most for unwanted, and those between for neither") {
  std::vector<double> lexical;
  for (int i = 0; i < 100; ++i) lexical.push_back(i / 100.0);
  const std::vector<double> labels = pseudo_labels(lexical);
  for (std::size_t i = 0; i < 100; ++i) {
    INFO(i);
    CHECK((labels[i] > 0) == (i >= 92));
    CHECK((labels[i] < 0) == (i < 85));
    if (labels[i] != 0) CHECK((std::abs(labels[i]) >= 0.3 && std::abs(labels[i]) <= 1));
  }
  CHECK(labels[99] > labels[92]);  // the surer, the more it counts
  CHECK(labels[0] < labels[84]);
  CHECK(labels[99] > 0.95);
  CHECK(labels[0] < -0.99);
}

TEST_CASE("equal lexical scores are told apart by their order, whatever else they are") {
  CHECK(pseudo_labels({}).empty());
  CHECK(pseudo_labels({0.4, 0.4}) == pseudo_labels({0.9, 0.9}));
  const double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(pseudo_labels({none, 7, -3, 0.5}) == pseudo_labels({0, 1, 0, 0.5}));
}

TEST_CASE("a word that goes with the owner's words speaks for a paper without them") {
  const Pool known = pool(400);
  const Linear model = self_trained(known.papers, known.lexical);
  const double with_both = model.value(paper({owners_word, companion}, 7));
  const double with_companion = model.value(paper({companion, other}, 7));
  const double with_neither = model.value(paper({other}, 7));
  CHECK(with_both > with_companion);
  CHECK(with_companion > with_neither);
  CHECK(blended(0.2, with_companion) > blended(0.2, with_neither));
}

TEST_CASE("what is learned has the lexical scores' mean and spread, on the scale of log odds") {
  Pool known = pool(400);
  for (double& score : known.lexical) score = 0.5 + score / 20;  // near to each other
  const Linear model = self_trained(known.papers, known.lexical);
  double mean = 0, squares = 0, lexical_mean = 0, lexical_squares = 0;
  for (std::size_t i = 0; i < known.papers.size(); ++i) {
    const double value = model.value(known.papers[i]);
    const double odds = to_learn(known.lexical[i]);
    mean += value / 400;
    squares += value * value / 400;
    lexical_mean += odds / 400;
    lexical_squares += odds * odds / 400;
  }
  CHECK(std::abs(mean - lexical_mean) < 1e-3);
  const double spread = std::sqrt(squares - mean * mean);
  const double lexical_spread = std::sqrt(lexical_squares - lexical_mean * lexical_mean);
  // The mean of two models of one spread spreads less where they differ.
  CHECK(spread <= lexical_spread * 1.001);
  CHECK(spread > lexical_spread * 0.9);
}

TEST_CASE("the same papers give the same model, to the last bit") {
  const Pool known = pool(300);
  CHECK(self_trained(known.papers, known.lexical) == self_trained(known.papers, known.lexical));
}

TEST_CASE("where there is nothing to learn, a paper keeps its lexical score") {
  CHECK(self_trained({}, {}).value({{owners_word, 1}}) == 0);
  const std::vector<Features> two = {paper({owners_word}, 1), paper({other}, 2)};
  const Linear of_equals = self_trained(two, {0.3, 0.3});
  CHECK(of_equals.value(two[0]) == of_equals.value(two[1]));
  CHECK(std::abs(blended(0.3, of_equals.value(two[0])) - 0.3) < 1e-4);
  CHECK(std::isfinite(self_trained({{}}, {0.3}).value(two[0])));
  CHECK(std::isfinite(self_trained({{}, {}}, {0.3, 0.9}).value(two[0])));  // papers without a word
}

TEST_CASE("log odds of a score lead back to it, and any number to a score") {
  for (const double score : {0.0, 0.0001, 0.18, 0.5, 0.88, 1.0}) {
    INFO(score);
    CHECK(std::abs(from_learned(to_learn(score)) - score) < 1e-9);
  }
  const double endless = std::numeric_limits<double>::infinity();
  CHECK(std::isfinite(to_learn(0)));
  CHECK(std::isfinite(to_learn(1)));
  CHECK(to_learn(-1) == to_learn(0));
  CHECK(to_learn(endless) == to_learn(1));
  CHECK(to_learn(std::numeric_limits<double>::quiet_NaN()) == to_learn(0));
  CHECK(from_learned(1e9) == 1);
  CHECK(from_learned(-1e9) == 0);
  CHECK(to_learn(0.7) > to_learn(0.6));
}

TEST_CASE("a blended score lies between the lexical one and what was learned, nearer to that") {
  const double score = blended(0.2, to_learn(0.8));
  CHECK(score > 0.5);
  CHECK(score < 0.8);
  CHECK(std::abs(blended(0.4, to_learn(0.4)) - 0.4) < 1e-9);
}

TEST_CASE("ten thousand papers are learned from in well under a second", "[!benchmark]") {
  Pool known;
  for (std::uint32_t i = 0; i < 10000; ++i) {
    Features features;
    for (std::uint32_t j = 0; j < 250; ++j)
      features.push_back({(i * 2654435761U + j * j * 40503U) % static_cast<std::uint32_t>(buckets), 0.063F});
    known.papers.push_back(std::move(features));
    known.lexical.push_back((i * 7919U % 10000U) / 10000.0);
  }
  BENCHMARK("10,000 papers of 250 features") { return self_trained(known.papers, known.lexical); };
}
