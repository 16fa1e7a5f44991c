// What there is to score: the papers of a day that are wanted and were not shown before; and which recorded days are
// scored again.
#pragma once

#include <optional>
#include <vector>

#include "day/coverage.h"
#include "day/select.h"
#include "pipeline/run_context.h"
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
Result<bool> keep_candidates(const State& state, const Candidates& candidates);
std::optional<Candidates> kept_candidates(const State& state, Date date);

// Whether a later run takes a day up again, once an LLM answers: it was scored without one, or in part.
bool is_to_be_rescored(Status status);
inline constexpr int rescore_days = 14;

// The days of the last two weeks, newest first, that the LLM has not read, or not all of them; and those that a killed
// run has left without a record. Not those that wait for a batch.
std::vector<Candidates> days_to_rescore(const RunContext& run);

// The papers of a day that has a record: from state/ where all of them are there, else from the record and arXiv's API.
// A day of which papers can't be had is a warning and nothing: a later run tries again.
std::optional<Candidates> papers_of(const RunContext& run, Date date);
std::optional<Candidates> kept_papers_of(const RunContext& run, Date date);  // from state/ alone

// A day of the past must not show what another has shown by now.
void leave_out_shown(const RunContext& run, Candidates& candidates);

}  // namespace daybook
