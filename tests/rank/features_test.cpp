#include "rank/features.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "support/catch.h"

using namespace daybook;

namespace {

Features read(const std::string& title, const std::string& abstract, std::vector<std::string> categories = {}) {
  Paper paper;
  paper.title = title;
  paper.abstract = abstract;
  paper.categories = std::move(categories);
  return features_of(paper);
}
Features of(const std::string& abstract) { return read("", abstract); }

std::set<std::uint32_t> buckets_of(const Features& features) {
  std::set<std::uint32_t> all;
  for (const Feature& feature : features) all.insert(feature.bucket);
  return all;
}

// What a text has that two parts of it have not.
std::uint32_t pair_of(const std::string& before, const std::string& word) {
  auto all = buckets_of(of(before + ' ' + word));
  for (const std::uint32_t bucket : buckets_of(of(before + ". " + word))) all.erase(bucket);
  REQUIRE(all.size() == 1);
  return *all.begin();
}

double length_of(const Features& features) {
  double squares = 0;
  for (const Feature& feature : features)
    squares += static_cast<double>(feature.value) * static_cast<double>(feature.value);
  return std::sqrt(squares);
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

TEST_CASE("features: of any text they have a bucket below 2^18 and a finite value above 0", "[rank]") {
  std::vector<std::string> many;
  for (int i = 0; i < 300; ++i) many.push_back("xx." + std::to_string(i));
  std::string long_text;
  for (int i = 0; long_text.size() < 200000; ++i) long_text += "w" + std::to_string(i) + ' ';
  const std::string odd[] = {"",
                             "Bees.\r\nThen we count\r\nthem.\r\n",
                             "$\\mathcal{O}(n^2)$ \\emph{bee}",
                             "\U0001F994\u05D3\u05D1 e\u0301tude",
                             std::string("a\0b \xFF\xFE \x80", 9),
                             long_text};
  for (const std::string& title : odd)
    for (const std::string& abstract : odd) {
      const Features features = read(title, abstract, many);
      CHECK(std::all_of(features.begin(), features.end(), [](const Feature& feature) {
        return feature.bucket < buckets && feature.value > 0 && std::isfinite(feature.value);
      }));
    }
  CHECK(read("", "").empty());
}

TEST_CASE("features: a pair is another than its words, and than the same words in the other order", "[rank]") {
  auto all = buckets_of(of("amber. birch. amberbirch"));
  CHECK(all.size() == 3);
  all.insert({pair_of("amber", "birch"), pair_of("birch", "amber")});
  CHECK(all.size() == 5);
  std::set<std::uint32_t> pairs;
  for (char a = 'b'; a <= 'z'; ++a)
    for (char b = 'b'; b <= 'z'; ++b)
      if (a != b && a != 's' && b != 's') pairs.insert(pair_of(std::string{a}, std::string{b}));
  CHECK(pairs.size() > 545);  // of 552, by chance one shares its bucket with another
}

TEST_CASE("features: words are the stems of words(), and a sentence's end divides a pair", "[rank]") {
  CHECK(of("Sparse NETWORKS") == of("the sparsity of a network"));
  CHECK(of("\\emph{amber} birch") == of("amber birch"));
  CHECK(buckets_of(of("amber. birch")).size() == 2);
  // Nor do the title's last word and the abstract's first make a pair: the title's word counts twice.
  CHECK(buckets_of(read("amber", "birch")).size() == 3);
}

TEST_CASE("features: a word counts more the oftener it stands there, but less and less", "[rank]") {
  std::string text;
  for (int times = 1; times <= 100; ++times) {
    text += "amber. ";
    REQUIRE(of(text).size() == 1);
    CHECK(of(text)[0].value == Approx(1 + std::log(times)));
  }
}

TEST_CASE("features: the title's words count in the text and once more as its own", "[rank]") {
  const Features both = read("amber", "amber");
  REQUIRE(both.size() == 2);
  CHECK(both[0].bucket == of("amber").at(0).bucket);
  CHECK(both[0].value == Approx(1 + std::log(2)));
  CHECK(both[1].value == 1);
  CHECK(read("amber birch", "").size() == 6);  // a pair of the title's is the title's own too
}

TEST_CASE("features: each category is one, and the primary one is one more", "[rank]") {
  CHECK(read("", "", {"cs.LG"}).size() == 2);
  CHECK(read("", "", {"cs.LG", "cs.AI"}).size() == 3);
  CHECK(buckets_of(read("", "", {"cs.LG", "cs.AI"})) != buckets_of(read("", "", {"cs.AI", "cs.LG"})));
  CHECK(buckets_of(read("", "", {"bees"})).count(of("bees")[0].bucket) == 0);
}

TEST_CASE("rarity: a feature counts by the logarithm of how few papers have it, and not if only one does", "[rank]") {
  const Rarity rarity = of_a_hundred();
  REQUIRE(rarity.of.size() == buckets);
  CHECK(rarity.of[common] == Approx(0.01));  // the least
  CHECK(rarity.of[rare] == Approx(std::log(101 / 2.5)));
  CHECK(rarity.of[unseen] == Approx(std::log(101 / 0.5)));
  Frequencies one;
  one.count({{rare, 1}});
  CHECK(one.rarity().of[rare] == 0);
  const Rarity without = Frequencies().rarity();
  CHECK(without.of == std::vector<float>(buckets, without.of[0]));
  CHECK(without.of[0] > 0);
}

TEST_CASE("rarity: weighed features have unit length, and the rarer count more", "[rank]") {
  Features features = {{common, 2}, {rare, 2}, {unseen, 2}};
  of_a_hundred().weigh(features);
  CHECK(length_of(features) == Approx(1));
  CHECK((0 < features[0].value && features[0].value < features[1].value && features[1].value < features[2].value));
  Features none;
  of_a_hundred().weigh(none);
  CHECK(none.empty());
}
