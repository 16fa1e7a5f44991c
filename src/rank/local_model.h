// What the local scorer has learned from an LLM's past decisions.
#pragma once

#include <array>
#include <span>

#include "paper/score.h"
#include "rank/label_days.h"
#include "rank/linear.h"

namespace daybook {

struct LocalModel {
  int label_days = 0;
  Rarity rarity;
  Linear wanted;
  // The least local score of relevance 2, 3 .. 10: so that as many papers reach each as reached it with the LLM. All 0:
  // not known, where the label days have no local scores; topic text's steps count then.
  std::array<double, 9> least_score = {};
  bool operator==(const LocalModel&) const = default;
};

// Days ascending. Older days count less: half as much after 30 label days. `cut_off` is the relevance that a paper
// needs to be shown; unwanted papers of which no relevance is known are taken to be well below it. The same days: the
// same bits. Without days: a model that knows nothing.
LocalModel learn(std::span<const LabelDay> days, int cut_off);

// Puts the learned in the place of what topic text alone made of the paper: little by little, n/(n+15) of it after n
// label days. local_score (0-1, four decimals) and, from 5 label days on, relevance are set.
// Features are not weighed. `shift` is added to the decision value, whose sure "no" is -1 and sure "yes" 1.
void apply(const LocalModel& model, const Features& features, double shift, Score& score);

}  // namespace daybook
