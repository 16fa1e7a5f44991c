// What the archive and the state have to learn from, and the model that was learned from it.
#pragma once

#include "pipeline/candidates.h"
#include "rank/cascade.h"
#include "rank/local.h"
#include "rank/local_day.h"

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

// A day as LocalScorer sees it, by id.
struct ReadLocally {
  std::vector<std::size_t> order;  // the papers' places, by id
  UnlabelledDay day;
  std::vector<Score> scores;  // LocalScorer's, parallel to the day's features
};
ReadLocally read_locally(const CommandContext& context, const LocalScorer& scorer, Date date,
                         const std::vector<Paper>& papers);

// The candidates of the four weeks before `date`, ascending.
std::vector<UnlabelledDay> unlabelled_days(const CommandContext& context, const State& state, const LocalScorer& scorer,
                                           Date date);

}  // namespace daybook
