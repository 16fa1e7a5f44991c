// What the archive and the state have to learn from, and the model that was learned from it.
#pragma once

#include "pipeline/candidates.h"
#include "rank/cascade.h"
#include "rank/local.h"

namespace daybook {

// The label days of the 60 days before `date`, ascending: those of which an LLM read papers, among them such as were
// not selected. What is wanted is told by the present cut-offs and the numbers that the LLM gave. Their features are
// empty. A record that can't be read is passed over; the build names it.
std::vector<LabelDay> label_days(const CommandContext& context, const Archive& archive, const Cutoffs& cutoffs,
                                 Date date);

// What is learned from them and the texts of their papers. Not kept: the next day is learned from others, and to learn
// takes about a second.
LocalModel local_model(const CommandContext& context, const Archive& archive, const State& state,
                       const Cutoffs& cutoffs, std::vector<LabelDay> days);

// The papers of a day as LocalScorer reads them, in the order of `papers`.
ReadDay read_locally(const CommandContext& context, const LocalScorer& scorer, Date date,
                     const std::vector<Paper>& papers);

// The papers of the 30 days before `date`, ascending: those that state/ has in full; of a day that it has lost, what
// the archive has, abstracts of some and titles of the others. A day of which it has the selected alone is left out.
std::vector<ReadDay> recent_days(const CommandContext& context, const Archive& archive, const State& state,
                                 const LocalScorer& scorer, Date date);

}  // namespace daybook
