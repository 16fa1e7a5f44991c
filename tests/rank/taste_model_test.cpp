#include "rank/taste_model.h"

#include <cmath>

#include "support/catch.h"

using namespace daybook;

namespace {

constexpr std::uint32_t liked_word = 11;
constexpr std::uint32_t disliked_word = 12;
constexpr std::uint32_t plain_word = 13;

Features paper(std::initializer_list<std::uint32_t> words, std::uint32_t own) {
  Features features;
  for (const std::uint32_t word : words) features.push_back({word, 1});
  features.push_back({own, 1});
  Rarity().weigh(features);
  return features;
}

std::vector<Features> background(std::uint32_t size) {
  std::vector<Features> papers;
  for (std::uint32_t i = 0; i < size; ++i)
    papers.push_back(paper({plain_word, i % 10 == 0 ? liked_word : i % 10 == 1 ? disliked_word : 14}, 1000 + i));
  return papers;
}

std::vector<Tasted> opinions(std::uint32_t liked, std::uint32_t disliked) {
  std::vector<Tasted> tasted;
  for (std::uint32_t i = 0; i < liked; ++i) tasted.push_back({paper({liked_word, plain_word}, 5000 + i), true});
  for (std::uint32_t i = 0; i < disliked; ++i) tasted.push_back({paper({disliked_word, plain_word}, 6000 + i), false});
  return tasted;
}

}  // namespace

TEST_CASE("what resembles the liked papers rises, and what resembles the disliked sinks") {
  const TasteModel taste = learn_taste(opinions(10, 10), background(300), Rarity());
  const double liked = taste.shift(paper({liked_word}, 7));
  const double disliked = taste.shift(paper({disliked_word}, 7));
  const double plain = taste.shift(paper({plain_word}, 7));
  CHECK(liked > plain + 0.05);
  CHECK(liked > 0);
  CHECK(disliked < 0);
  CHECK(disliked < plain);
}

TEST_CASE("likes alone lift what resembles them, dislikes alone lower it") {
  const TasteModel likes = learn_taste(opinions(10, 0), background(300), Rarity());
  CHECK(likes.shift(paper({liked_word}, 7)) > likes.shift(paper({plain_word}, 7)) + 0.05);
  CHECK(likes.shift(paper({plain_word}, 7)) < 0.05);
  const TasteModel dislikes = learn_taste(opinions(0, 10), background(300), Rarity());
  CHECK(dislikes.shift(paper({disliked_word}, 7)) < dislikes.shift(paper({plain_word}, 7)) - 0.05);
  CHECK(dislikes.shift(paper({plain_word}, 7)) > -0.05);
}

TEST_CASE("the more opinions, the stronger, and never more than half a decision") {
  double before = 0;
  for (const std::uint32_t count : {1U, 10U, 100U, 1000U}) {
    INFO(count);
    const TasteModel taste = learn_taste(opinions(count, 0), background(100), Rarity());
    CHECK(taste.strength == Approx(1.5 * count / (count + 10.0)));
    CHECK(taste.strength > before);
    before = taste.strength;
    for (const Features& any : {paper({liked_word}, 7), paper({liked_word, liked_word + 1}, 5000),
                                Features{{liked_word, 1e6F}}, Features{{disliked_word, 1e6F}, {plain_word, 1e6F}}})
      CHECK(std::abs(taste.shift(any)) <= 1.5);
  }
}

TEST_CASE("without opinions nothing shifts") {
  const TasteModel taste = learn_taste({}, background(50), Rarity());
  CHECK(taste.strength == 0);
  CHECK(taste.shift(paper({liked_word}, 7)) == 0);
  CHECK(TasteModel().shift({}) == 0);
}

TEST_CASE("opinions are learned from without other papers, and of papers without words") {
  const TasteModel alone = learn_taste(opinions(3, 3), {}, Rarity());
  CHECK(alone.shift(paper({liked_word}, 7)) > alone.shift(paper({disliked_word}, 7)));
  const TasteModel wordless = learn_taste({{{}, true}, {{}, false}}, {{}, {}}, Rarity());
  CHECK(std::isfinite(wordless.shift(paper({liked_word}, 7))));
  CHECK(std::isfinite(wordless.shift({})));
}

TEST_CASE("the same opinions give the same shift, to the last bit") {
  CHECK(learn_taste(opinions(8, 5), background(200), Rarity()).model ==
        learn_taste(opinions(8, 5), background(200), Rarity()).model);
}
