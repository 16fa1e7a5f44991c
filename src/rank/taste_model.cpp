#include "rank/taste_model.h"

#include <algorithm>

namespace daybook {

namespace {

constexpr double papers_to_trust = 10;
constexpr double at_most = 1.5;  // of a decision value, whose "yes" and "no" are 2 apart
constexpr double price = 1;      // of missing an opinion
// All of the background counts as much as this part of the opinions.
constexpr double background_part = 0.5;

}  // namespace

double TasteModel::shift(const Features& weighed) const {
  return strength == 0 ? 0 : strength * std::clamp(model.value(weighed), -1.0, 1.0);
}

TasteModel learn_taste(const std::vector<Tasted>& tasted, const std::vector<Features>& background,
                       const Rarity& rarity) {
  if (tasted.empty()) return {};
  std::vector<Features> weighed;
  for (const Tasted& paper : tasted) {
    weighed.push_back(paper.features);
    rarity.weigh(weighed.back());
  }
  const auto count = static_cast<double>(tasted.size());
  std::vector<Lesson> lessons;
  for (std::size_t i = 0; i < tasted.size(); ++i) lessons.push_back({&weighed[i], tasted[i].liked ? 1.0 : -1.0, price});
  const bool any_liked = std::any_of(tasted.begin(), tasted.end(), [](const Tasted& paper) { return paper.liked; });
  const double each =
      price * background_part * count / static_cast<double>(std::max<std::size_t>(1, background.size()));
  for (const Features& paper : background) lessons.push_back({&paper, any_liked ? -1.0 : 1.0, each});
  return {at_most * count / (count + papers_to_trust), learn_to_tell(lessons)};
}

}  // namespace daybook
