// A day's papers, scored without an LLM: by topic text, by what topic text shows in the papers of these weeks, by what
// an LLM decided in the past, and by the owner's taste.
#pragma once

#include <span>
#include <vector>

#include "rank/local_model.h"

namespace daybook {

// A day's papers as LocalScorer sees them with the interests of now.
struct UnlabelledDay {
  Date date;
  std::vector<Features> features;  // not weighed
  std::vector<double> lexical;     // LocalScorer's local_score, parallel to them
};

// How far back unlabelled papers are looked at.
inline constexpr int days_unlabelled = 28;

// A paper that the owner likes, or dislikes.
struct Tasted {
  Features features;  // not weighed
  bool liked = true;
};

// `scores` are LocalScorer's, parallel to `today`; their local_score and relevance are made anew. A taste
// changes which papers have which scores, not the scores of the day. `recent`: the days of
// the four weeks before. The order of a day's papers is to be the same each time (by id), for the same bits.
void score_day_locally(std::vector<Score>& scores, const UnlabelledDay& today, std::span<const UnlabelledDay> recent,
                       const std::vector<Tasted>& tasted, const LocalModel& model);

}  // namespace daybook
