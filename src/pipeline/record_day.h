#pragma once

#include <string>
#include <vector>

#include "pipeline/execute_live.h"

namespace daybook {

// Whether the settings name an author by id or set an h-index floor, for which recording a day asks.
bool asks_semantic_scholar(const Settings& settings);

// Verdicts -> authors -> selection -> record, its page, and the index. A good day is never replaced by a worse one.
// exit_failed where [llm] is required and did not read the day.
Exit record_day(RunContext& run, DayPlan plan, const DayOutcome& outcome);

// Plans a day, asks about it and records it.
Exit score_and_record(RunContext& run, Candidates candidates);
// Today's papers, with what an earlier run of today had. What a category lacks is a warning; exit_later where the day
// is short of something and this run brought nothing new.
Exit record_today(RunContext& run, Candidates candidates);
// Unless the LLM was found to be down meanwhile, and the day has a record to wait with.
Exit rescore_day(RunContext& run, Candidates candidates);

// For a day that nobody waits for: where the LLM was given up or its budget ended, that is said and nothing recorded;
// its answers are kept. exit_later then. A budget that no request fits into is nothing to wait for: a day without a
// record is recorded with that reason. exit_failed then.
Exit backfill_day(RunContext& run, Candidates candidates);
// The LLM is asked about the day and its answers are kept; nothing is recorded. exit_later where it did not say all.
Exit ask_about_day(RunContext& run, Candidates candidates);

// The record as it is given, its page and the index; not scored anew.
Exit record_again(RunContext& run, const Day& day);
// What has been found out about the day's categories, in its candidates in state/ too, where there are any.
void note_in_candidates(const RunContext& run, const Day& day);
// What a killed run may have left undone of a day that has a record.
Exit finish_day(const RunContext& run, Date date);

}  // namespace daybook
