// The papers of days that have a record, and which of those days are scored again.
#pragma once

#include <optional>
#include <vector>

#include "pipeline/candidates.h"
#include "pipeline/run_context.h"

namespace daybook {

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
