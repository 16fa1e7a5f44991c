// DayPlan is a day before anything is sent: its papers, what is recorded of it, which papers the LLM reads, and the
// ScoringTask that asks about them. run, backfill, shards, batches, --dry-run and preview all begin with one, so that
// an estimate is made of the very requests that a run would send.
//
// Planning reads and changes nothing. In this order: the existing record, and whether it stands; local scores; the
// cascade; each sent paper's text made safe for a prompt (guard/sanitize_for_prompt.h); verdicts that earlier runs paid
// for; the money that is left of the day's budget.
//
// Constraints that the order serves:
//   - A complete day is not paid for again, unless interests, prompt, cut-offs or model have changed since.
//   - A paper that the cascade discarded on a recorded day stays discarded. Otherwise each later run, with a newer
//     threshold, would send some more of an old day.
//   - A paper that the LLM was asked about, in a journal or a batch, is never discarded: it is paid for.
//   - A record that can't be read is an error, since a plan would replace it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "llm/request_scheduler.h"
#include "pipeline/candidates.h"
#include "pipeline/run_context.h"
#include "rank/cascade.h"

namespace daybook {

// A day's record before this run.
struct ExistingRecord {
  Day day;
  std::vector<Other> others;
  std::map<std::string, Score> scores() const;  // by id
};

/// ScoringTask is what an LLM is asked about papers of a day, and what is known before the first request.
struct ScoringTask {
  Date date;                          // of the announcement; names the journal
  std::vector<PromptPaper> papers;    // one of each id
  std::vector<bool> judged_by_title;  // parallel to them: the pass over titles may drop it
  std::vector<std::string> notes;     // which papers are asked about alone, and why; for the log
  Journal journal;
  KeptVerdicts verdicts;              // of earlier runs
  std::optional<double> budget_left;  // US dollars, on the day of the run; none: no limit
};

/// DayPlan is a day before anything is sent; see above.
struct DayPlan {
  Candidates candidates;
  std::optional<ExistingRecord> existing;
  bool stands = false;           // the record is complete: nothing is scored or asked
  std::vector<Score> scores;     // local; parallel to the papers. Empty: not needed for a decision yet
  std::vector<Routing> routing;  // parallel to the papers
  CascadePolicy policy;
  double explore = 0;
  ScoringTask task;  // of the papers that are sent; empty if no LLM is configured
};

// How much of a day the LLM reads: what the cascade sends, or all, as in a backfill.
enum class Reach { cascade, full };

// Fails if the day's record can't be read (damaged, or a newer Daybook's).
Result<DayPlan> plan_day(const RunContext& run, Candidates candidates, Reach reach);
// The two halves of plan_day(): what is recorded and whether it stands; then, if it does not, the rest.
Result<DayPlan> begin_plan(const RunContext& run, Candidates candidates);
void complete_plan(const RunContext& run, DayPlan& plan, Reach reach);

// For papers of any day. `recorded`: the verdicts in its record.
ScoringTask scoring_task(const RunContext& run, Date date, const std::vector<Paper>& papers, const LlmCall& recorded);

// The comment without the prefix that an author match adds.
std::string comment_of_llm(const Score& score);

// The scheduler of one pass over papers of a task; it resumes from the journal's open end.
Assignment assignment_for(const RunContext& run, const ScoringTask& task, Pass pass);
RequestScheduler make_scheduler(Assignment assignment, const ScoringTask& task, std::vector<PromptPaper> papers);
// An endpoint's name in state/endpoints.json.
std::string endpoint_name(const RunContext& run);

// The pass over titles: the papers that it judges, and which of all papers its outcome drops.
std::vector<PromptPaper> papers_for_titles(const ScoringTask& task);
std::vector<bool> left_out_by_titles(const ScoringTask& task, const std::vector<PaperOutcome>& outcome);

void fill_local_scores(const RunContext& run, DayPlan& plan);  // if they were not needed before

// "120 of 300 papers are sent to the LLM: ...", or why all are.
std::string routing_words(const DayPlan& plan);
// What the cascade did, for the record; `usage`: the LLM's for that day. Nothing if all papers were sent.
std::optional<Cascade> cascade_of(const DayPlan& plan, const std::optional<Usage>& usage);

}  // namespace daybook
