// What there is to score: the papers of a day that are wanted and were not shown before.
#pragma once

#include <optional>
#include <vector>

#include "day/select.h"
#include "pipeline/announced.h"
#include "store/archive.h"
#include "store/state.h"

namespace daybook {

struct Candidates {
  Day day;  // date, counts, what was announced again, what broke off; no papers yet
  std::vector<Paper> papers;
};

Candidates candidates_of(Date day, Coverage coverage, const ArxivSettings& arxiv, const Ledger& ledger);

// What an earlier fetch of the same day had and this one has not is of the day too: a feed that comes short must not
// make the day shorter. Counts add up: announced >= scanned + shown before. Of two versions of a paper the newer is
// taken.
Candidates merged(Candidates fresh, std::optional<Candidates> kept);

// Kept in state/, so that a later run can score the day again.
Result<Done> keep_candidates(const State& state, const Candidates& candidates);
std::optional<Candidates> kept_candidates(const State& state, Date date);

// Whether a later run takes a day up again, once an LLM answers: it was scored without one, or in part.
bool is_to_be_rescored(Status status);
inline constexpr int rescore_days = 14;

}  // namespace daybook
