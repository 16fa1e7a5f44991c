// Turns a plan and the LLM's answers into a record, and holds the few ways in which commands score a day.
//
// record_day() does for every one of them: verdicts, followed authors (Semantic Scholar, if the settings need it),
// selection, then the record, its lines of other papers, its Markdown page and the index. A good day is never replaced
// by a worse one: an LLM that is down today must not undo what it read yesterday. Only after the record is written does
// the journal end, so a kill in between repeats work and costs no money; finish_day() makes up for it.
//
// The commands differ in what they do when the LLM fails. Today's readers wait, so record_today() records the day with
// local scores, and a later run rescores it. A backfilled day waits for nobody: it is not recorded, its answers are
// kept, and the command exits with exit_later.
#pragma once

#include <string>
#include <vector>

#include "pipeline/execute_live.h"

namespace daybook {

// Whether recording a day asks Semantic Scholar: the settings name an author by id, or set an h-index floor.
bool asks_semantic_scholar(const Settings& settings);

// exit_failed if [llm] is required and did not read the day.
Exit record_day(RunContext& run, DayPlan plan, const DayOutcome& outcome);

// Plans a day, asks the LLM about it and records it.
Exit score_and_record(RunContext& run, Candidates candidates);
// Today's papers, with those of an earlier run of today. A category that lacks papers is a warning; exit_later if the
// day is short and this run brought nothing new.
Exit record_today(RunContext& run, Candidates candidates);
// Does nothing if the LLM was found to be down in this run and the day has a record.
Exit rescore_day(RunContext& run, Candidates candidates);

// If the LLM failed or the budget ended, reports that, keeps the answers, records nothing, and returns exit_later. If
// the budget is below a single request, waiting would not help: a day without a record is recorded with that reason,
// and the result is exit_failed.
Exit backfill_day(RunContext& run, Candidates candidates);
// Asks the LLM about the day and keeps the answers; records nothing. exit_later if some are missing.
Exit ask_about_day(RunContext& run, Candidates candidates);

// Writes the given record, its page and the index, without scoring.
Exit record_again(RunContext& run, const Day& day);
// Copies what was found out about the day's categories into its candidates in state/, if there are any.
void note_in_candidates(const RunContext& run, const Day& day);
// Completes what a killed run may have left undone on a recorded day.
Exit finish_day(const RunContext& run, Date date);

}  // namespace daybook
