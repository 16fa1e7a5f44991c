#include "rank/frequency.h"

#include <cmath>

#include "support/catch.h"

using namespace daybook;

namespace {

double length_of(const Features& features) {
  double squares = 0;
  for (const Feature& feature : features)
    squares += static_cast<double>(feature.value) * static_cast<double>(feature.value);
  return std::sqrt(squares);
}

Paper paper(const std::string& title, const std::string& abstract) {
  Paper made;
  made.title = title;
  made.abstract = abstract;
  return made;
}

constexpr std::uint32_t common = 3;
constexpr std::uint32_t rare = 5;
constexpr std::uint32_t unseen = 7;

// A hundred papers: all have one feature, two of them another.
Rarity of_a_hundred() {
  Frequencies frequencies;
  for (int i = 0; i < 100; ++i) frequencies.count(i < 2 ? Features{{common, 4}, {rare, 1}} : Features{{common, 1}});
  return frequencies.rarity();
}

}  // namespace

TEST_CASE("a feature counts by the root of the logarithm of how rare it is, however often a paper has it") {
  const Rarity rarity = of_a_hundred();
  REQUIRE(rarity.of.size() == buckets);
  CHECK(rarity.of[common] == Approx(0.1));  // the least
  CHECK(rarity.of[rare] == Approx(std::sqrt(std::log(101 / 2.5))));
  CHECK(rarity.of[unseen] == Approx(std::sqrt(std::log(101 / 0.5))));
}

TEST_CASE("without papers no feature is rarer than another") {
  const Rarity rarity = Frequencies().rarity();
  CHECK(rarity.of == std::vector<float>(buckets, rarity.of[0]));
  CHECK(rarity.of[0] > 0);
}

TEST_CASE("features that are weighed have unit length, and the rarer count more") {
  Features features = {{common, 2}, {rare, 2}, {unseen, 2}};
  of_a_hundred().weigh(features);
  CHECK(length_of(features) == Approx(1));
  CHECK(features[0].value < features[1].value);
  CHECK(features[1].value < features[2].value);
  CHECK(features[0].value > 0);
}

TEST_CASE("a paper of two hundred thousand bytes has unit length too, and one without words stays as it is") {
  std::string text;
  for (int i = 0; text.size() < 200000; ++i) text += "w" + std::to_string(i) + ' ';
  Features features = Featurizer().read(paper("Amber", text));
  Rarity().weigh(features);
  CHECK(length_of(features) == Approx(1).epsilon(1e-4));
  Features none;
  of_a_hundred().weigh(none);
  CHECK(none.empty());
}

TEST_CASE("to weigh the same features again gives the same bits") {
  Featurizer featurizer;
  Features once = featurizer.read(paper("Amber Bees", "Birch and cedar, amber and bees."));
  Features twice = once;
  const Rarity rarity = of_a_hundred();
  rarity.weigh(once);
  rarity.weigh(twice);
  CHECK(once == twice);
  CHECK(rarity == of_a_hundred());
}
