// The owner's taste, learned from papers that he likes and dislikes: what shifts the order of papers towards it.
#pragma once

#include <vector>

#include "rank/frequency.h"
#include "rank/linear.h"

namespace daybook {

struct Tasted {
  Features features;  // not weighed
  bool liked = true;
};

struct TasteModel {
  double strength = 0;  // the largest shift: n/(n+10) of a half, for n papers; 0: none
  Linear model;

  // To be added to a decision value: above 0 for what resembles the liked ones. Features as Rarity::weigh leaves them.
  double shift(const Features& weighed) const;
};

// `background`: papers as they come, weighed, which the liked ones are held against; most of them the owner would pass
// over. Without papers that are liked or disliked: no shift.
TasteModel learn_taste(const std::vector<Tasted>& tasted, const std::vector<Features>& background,
                       const Rarity& rarity);

}  // namespace daybook
