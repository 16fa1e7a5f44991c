// One day after the other: scored, recorded, and taken up again where it was not scored well.
#pragma once

#include <optional>
#include <vector>

#include "pipeline/candidates.h"
#include "pipeline/outages.h"
#include "pipeline/score_day.h"
#include "pipeline/triage.h"

namespace daybook {

// What every day of a run needs.
struct RunContext {
  const CommandContext& context;
  const Settings& settings;
  const Llm& llm;
  const State& state;
  const Archive& archive;
  PoliteClient& arxiv;
  PromptTexts& prompts;
  Ledger& ledger;
  const CategoryHistory& history;
  Summaries summaries;  // newest first
  Date on;              // the day of this run
  Learned learned;
  Outages outages = {};
};

// Today's papers, with what an earlier run of today had. What a category lacks is a warning; exit_later where the day
// is short of something and this run brought nothing new.
Exit work_on_today(RunContext& run, Candidates candidates);

// The days of the last two weeks, newest first, that the LLM has not read, or not all of them; and those that a killed
// run has left without a record.
std::vector<Candidates> days_to_take_up(const RunContext& run);
// Unless the LLM was found to be down meanwhile, and the day has a record to wait with.
Exit take_up(RunContext& run, Candidates candidates);
// A recorded day with papers that it lacked: they go into the record whether the LLM reads them now or not.
Exit record_completed(RunContext& run, Candidates candidates);

// The same for a day that nobody waits for: where the LLM was given up or its budget ended, that is said and nothing
// recorded; its answers are kept. exit_later then. A budget that no request fits into is nothing to wait for: a day
// without a record is recorded with that reason. exit_failed then.
Exit backfill_day(RunContext& run, Candidates candidates);
// The LLM is asked about the day and its answers are kept; nothing is recorded. exit_later where it did not say all.
Exit ask_about_day(const RunContext& run, const Candidates& candidates);
// The record as it is given, its page and the index; not scored anew.
Exit record_again(RunContext& run, const Day& day);
// What has been found out about the day's categories, in its candidates in state/ too, where there are any.
void note_in_candidates(const RunContext& run, const Day& day);
// What a killed run may have left undone of a day that has a record.
Exit finish_day(const RunContext& run, Date date);

// The papers of a day that has a record: from state/ where all of them are there, else from the record and arXiv's API.
std::optional<Candidates> papers_of(const RunContext& run, Date date);
std::optional<Candidates> kept_papers_of(const RunContext& run, Date date);  // from state/ alone

bool is_recorded_as_quiet(const RunContext& run, Date date);

// A day of the past must not show what another has shown by now.
void leave_out_shown(const RunContext& run, Candidates& candidates);

// Says what a run would ask, and what that would cost.
Exit say_what_it_takes(const RunContext& run, const std::optional<Candidates>& today,
                       const std::vector<Candidates>& older);

// The record of a day, where there is one. One that can't be read (damaged, or a newer Daybook's) is an error: it must
// not be replaced, and nothing be paid for it.
Result<std::optional<Holder>> read_holder(const RunContext& run, Date date);
// The local scorer's view of a day, and what of it the LLM is to read.
Triage triage_of(const RunContext& run, const Candidates& candidates, const std::optional<Holder>& holder, Reach reach);
// Whether the LLM has said all that there is to say of that day: it is not paid again, whatever changed since.
bool is_settled(const Holder& holder, const Candidates& candidates, const Llm& llm);

}  // namespace daybook
