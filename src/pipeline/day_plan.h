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

// A day's record as it was before this run.
struct ExistingRecord {
  Day day;
  std::vector<Other> others;
  std::map<std::string, Score> scores() const;  // by id
};

/// ScoringTask is what an LLM is to be asked about papers of a day, and what is known before the first question.
struct ScoringTask {
  Date date;                          // of the announcement: whose journal it is
  std::vector<PromptPaper> papers;    // one of each id
  std::vector<bool> judged_by_title;  // parallel to them: the first pass may leave it out
  std::vector<std::string> notes;     // papers that are asked about alone, and why; for the log
  Journal journal;
  KeptVerdicts verdicts;              // that earlier runs were given
  std::optional<double> budget_left;  // US dollars, of the day of the run; none: no limit
};

/// DayPlan is a day before anything is sent: its papers, what is recorded of it, which of its papers the LLM reads,
/// and what it is to be asked about them. run, backfill, shards, batches, --dry-run and preview all begin with one.
struct DayPlan {
  Candidates candidates;
  std::optional<ExistingRecord> existing;
  bool stands = false;           // the record says all that there is to say: nothing is scored or asked
  std::vector<Score> scores;     // local; parallel to the papers. Empty: nothing was decided by them yet
  std::vector<Routing> routing;  // parallel to the papers
  CascadePolicy policy;
  double explore = 0;
  ScoringTask task;  // of the papers that are sent; empty where no LLM is configured
};

// How much of a day the LLM reads: what the cascade sends, or all, as of days that are caught up with.
enum class Reach { cascade, full };

// Reads, and changes nothing. Of a day that has a record by the cascade already, what that has discarded stays
// discarded, unless the interests, the prompt, the cut-offs or the model have changed since. What the LLM was asked
// about and no record has yet (a run was killed, a backfill waits) is not discarded, nor paid for again; nor is a day
// that is complete. A record that can't be read (damaged, or a newer Daybook's) is an error: it must not be replaced.
Result<DayPlan> plan_day(const RunContext& run, Candidates candidates, Reach reach);
// Its two halves: what is recorded and whether that stands; then, where it does not, the rest.
Result<DayPlan> begin_plan(const RunContext& run, Candidates candidates);
void complete_plan(const RunContext& run, DayPlan& plan, Reach reach);

// For papers of any day. `recorded`: verdicts that its record has.
ScoringTask scoring_task(const RunContext& run, Date date, const std::vector<Paper>& papers, const LlmCall& recorded);

// The comment without what an author match put before it.
std::string comment_of_llm(const Score& score);

// The LLM's scheduler for one pass over papers of a task; it takes up what the journal's open end has.
Assignment assignment_for(const RunContext& run, const ScoringTask& task, Pass pass);
RequestScheduler make_scheduler(Assignment assignment, const ScoringTask& task, std::vector<PromptPaper> papers);
// What state/endpoints.json knows an endpoint by.
std::string endpoint_name(const RunContext& run);

// The first pass: the papers that are judged by their titles, and of all papers those that its outcome leaves out.
std::vector<PromptPaper> papers_for_titles(const ScoringTask& task);
std::vector<bool> left_out_by_titles(const ScoringTask& task, const std::vector<PaperOutcome>& outcome);

void fill_local_scores(const RunContext& run, DayPlan& plan);  // where nothing was decided by them yet

// "120 of 300 papers are sent to the LLM: ...", or why all are.
std::string routing_words(const DayPlan& plan);
// What the cascade did, for the record; `usage`: what the LLM took for that day. Nothing where all was sent.
std::optional<Cascade> cascade_of(const DayPlan& plan, const std::optional<Usage>& usage);

}  // namespace daybook
