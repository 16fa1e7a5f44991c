#include "rank/latent.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "rank/xorshift.h"
#include "support/catch.h"

using namespace daybook;

namespace {

// Each of five matters has two hundred words, of which a paper has some twenty; all share common ones.
Features paper_of(std::uint32_t matter, std::uint32_t number) {
  Features features;
  Xorshift random(1000 * (matter + 1) + number);
  const auto add = [&](std::uint32_t bucket) {
    const bool has =
        std::any_of(features.begin(), features.end(), [&](const Feature& f) { return f.bucket == bucket; });
    if (!has) features.push_back({bucket, 1});
  };
  for (int i = 0; i < 20; ++i) add(1000 * (matter + 1) + random.next() % 200);
  for (int i = 0; i < 20; ++i) add(90'000 + random.next() % 300);
  return features;
}

std::vector<Features> papers() {
  std::vector<Features> made;
  for (std::uint32_t number = 0; number < 500; ++number) made.push_back(paper_of(number % 5, number / 5));
  return made;
}

LatentSpace learned(const std::vector<Features>& from) {
  std::vector<const Features*> each;
  for (const Features& paper : from) each.push_back(&paper);
  return learn_space(each);
}

float likeness(const Point& a, const Point& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F); }

}  // namespace

TEST_CASE("papers of one matter are near each other though they share no word") {
  const LatentSpace space = learned(papers());
  const auto point = [&](std::uint32_t matter, std::uint32_t first_word) {
    Features features;
    for (std::uint32_t i = 0; i < 10; ++i) features.push_back({1000 * (matter + 1) + first_word + i, 1});
    const auto found = space.point(features);
    REQUIRE(found);
    return *found;
  };
  for (std::uint32_t matter = 1; matter < 5; ++matter) {
    INFO(matter);
    CHECK(likeness(point(0, 0), point(0, 50)) > likeness(point(0, 0), point(matter, 0)) + 0.3F);
  }
}

TEST_CASE("a point is of unit length, whatever the paper's") {
  const LatentSpace space = learned(papers());
  for (const float times : {0.1F, 1.0F, 7.0F}) {
    Features features = paper_of(2, 77);
    for (Feature& feature : features) feature.value *= times;
    const auto point = space.point(features);
    REQUIRE(point);
    CHECK(std::abs(likeness(*point, *point) - 1) < 1e-4F);
  }
}

TEST_CASE("a paper of unknown words is nowhere") {
  const LatentSpace space = learned(papers());
  CHECK_FALSE(space.point({}));
  CHECK_FALSE(space.point({{5, 1}, {200'000, 2}}));
  CHECK_FALSE(LatentSpace{}.point(paper_of(0, 0)));
}

TEST_CASE("the same papers make the same space") { CHECK(learned(papers()) == learned(papers())); }

TEST_CASE("too few papers make no space") {
  CHECK(learned({}) == LatentSpace{});
  CHECK(learned({paper_of(0, 0), paper_of(1, 1)}) == LatentSpace{});
}

TEST_CASE("papers that are all the same make a space without harm") {
  Features wide;
  for (std::uint32_t bucket = 0; bucket < 100; ++bucket) wide.push_back({bucket * 11, 1});
  const LatentSpace space = learned(std::vector<Features>(20, wide));
  const auto point = space.point(wide);
  REQUIRE(point);
  for (const float coordinate : *point) CHECK(std::isfinite(coordinate));
}

TEST_CASE("features that few papers have get no row, and of too many the most frequent do") {
  std::vector<Features> many;
  for (std::uint32_t number = 0; number < 40; ++number) {
    Features features{{7, 1}};  // in each
    if (number < 4) features.push_back({8, 1});
    for (std::uint32_t i = 0; i < 14'000; ++i)
      if ((i + number) % 4 == 0) features.push_back({1000 + i, 1});
    many.push_back(std::move(features));
  }
  const LatentSpace space = learned(many);
  CHECK(space.rows.size() == LatentSpace::most_rows);
  CHECK(space.steps.size() == LatentSpace::most_rows);
  CHECK(space.row_of[7] == 0);
  CHECK(space.row_of[8] == LatentSpace::no_row);
  CHECK(space.row_of[1000 + 13'999] == LatentSpace::no_row);  // as frequent as the others, and the last
}
