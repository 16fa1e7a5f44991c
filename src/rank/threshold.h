// Which local score a paper needs to be sent to the LLM: so that of those that it would select few are missed.
#pragma once

#include <span>

#include "rank/precedents.h"

namespace daybook {

// From the local scores that the papers of these label days (ascending) had before they were judged: how likely a paper
// of each score is wanted, fitted by logistic regression on the score's log odds and their square (older days counting
// less, papers that stand for others counting for them), gives how many wanted papers lie below each score, judged or
// not. The threshold is the score below which lies the part 1 - target_recall of them. The quantile of the wanted
// papers' own scores, which is simpler, sees none of those that were discarded, and creeps upwards.
double threshold_for(std::span<const LabelDay> days, double target_recall);

}  // namespace daybook
