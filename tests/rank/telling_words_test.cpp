#include "rank/telling_words.h"

#include "support/catch.h"

using namespace daybook;

namespace {

using Shown = std::vector<std::string>;

Shown told(const Shown& titles, const Shown& others, std::size_t most = 5) {
  const auto paper = [](const std::string& title) {
    Paper made;
    made.title = title;
    return made;
  };
  std::vector<Paper> papers;
  std::vector<PaperTerms> terms;
  for (const std::string& title : titles) papers.push_back(paper(title));
  for (const std::string& title : others) terms.push_back(terms_of(paper(title)));
  std::vector<const Paper*> these;
  std::vector<const PaperTerms*> those;
  for (const Paper& one : papers) these.push_back(&one);
  for (const PaperTerms& one : terms) those.push_back(&one);
  return telling_words(these, those, most);
}

}  // namespace

TEST_CASE("telling words: what several papers have and few others, in their most frequent form, each word once",
          "[rank]") {
  const Shown liked = {"Sparse attention for bees", "On sparse attention", "Sparse Attention at Dawn",
                       "Sparse attention, attention, attention scales"};
  const Shown others = {"Dense models", "Ants and bees", "Ants at dawn", "Attention of ants", "Bees of the north"};
  CHECK(told(liked, others) == Shown{"Sparse attention"});
  CHECK(told(liked, others, 0).empty());
}

TEST_CASE("telling words: numbers and single letters are none", "[rank]") {
  CHECK(told({"8: M 7B", "8. M 7B", "8, M 7B"}, {"Ants", "Moths", "Bees", "Ants"}).empty());
}

TEST_CASE("telling words: a word of one paper, or of none to compare with, tells nothing", "[rank]") {
  CHECK(told({"Bees"}, {"Ants", "Moths"}).empty());
  CHECK(told({"Bees", "Bees"}, {}).empty());
  CHECK(told({}, {"Ants"}).empty());
}
