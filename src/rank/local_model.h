// LocalModel is what the local scorer has learned from an LLM's past decisions.
//
// A linear model over hashed words, pairs of words, title words and categories (rank/linear.h) separates the papers
// that the LLM selected from the others. It learns from the last 60 days, with a half-life of 30 label days. Its
// decision value is mixed with what the owner's words give: after n label days the model has the weight n/(n+5), so
// that the first days change little.
//
// Relevance is read off the score's rank, not off its value: over the last 20 label days, as many papers reach each
// number as reached it with the LLM.
//
// A paper that was sampled for exploration stands for many, but enters learning with a weight of at most 5: otherwise
// each such paper would tilt the whole model.
//
// The model is not kept on disk. Learning takes about a second, and each day learns from other days. The same days in
// the same order give the same bits. docs/ranking.md has figures.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "rank/label_days.h"
#include "rank/linear.h"

namespace daybook {

struct LocalModel {
  int label_days = 0;
  Rarity rarity;
  Linear wanted;
  // The least local score of relevance 2, 3 .. 10. Nothing: not known yet, from fewer than 5 label days, or from days
  // without local scores.
  std::optional<std::array<double, 9>> least_score;
  bool operator==(const LocalModel&) const = default;
};

// Days ascending; without any, the model knows nothing. `cut_off` is the relevance that a paper needs to be shown;
// unwanted papers without a known relevance are assumed to lie 3 below it.
LocalModel learn(std::span<const LabelDay> days, int cut_off);

// A local score (0-1, four decimals) made of the owner's words, with the model mixed in. `features` are not weighed
// yet. `shift` is added to the decision value, where a sure "no" is -1 and a sure "yes" 1.
double mixed(const LocalModel& model, const Features& features, double shift, double score);

}  // namespace daybook
