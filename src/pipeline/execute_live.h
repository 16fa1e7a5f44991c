// A day's papers asked of the LLM at once: requests side by side -> journal -> verdicts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "day/preview_day.h"
#include "pipeline/day_plan.h"
#include "pipeline/run_context.h"

namespace daybook {

/// DayOutcome is what came of asking about a day.
struct DayOutcome {
  std::vector<PaperOutcome> papers;  // parallel to the task's; a paper that its title left out has no verdict
  std::vector<bool> left_out;        // parallel to them: by the first pass, over titles
  std::optional<Usage> usage;        // of this run, and of one before it that was killed
  std::string failure;               // why the LLM was given up, for the log; empty: it was not
  std::string failure_words;         // the same for readers
  std::string hint;
  bool out_of_budget = false;
  bool budget_is_too_small = false;  // for any request, today and later: that is the failure

  bool is_whole() const { return failure.empty() && !out_of_budget; }
};

// Each answer is kept before the next is used. When the record is written, State::end_journal() is to be called: until
// then a run is taken for killed. Nothing is asked where no LLM is configured or no paper is sent.
DayOutcome execute_live(RunContext& run, const DayPlan& plan);
DayOutcome execute_live(const RunContext& run, ScoringTask task);

// Why a day waits for the LLM.
Error waits(Date date, const DayOutcome& outcome);

// Says first, in one line, what that takes, and asks then. The days' expected scores, parallel to them; of papers that
// it did not answer for, or that have no abstract any more, those of `expectation`. exit_later where it was given up or
// the budget ended.
struct AskedDays {
  std::vector<std::vector<Expected>> expected;
  Exit exit = exit_done;
};
AskedDays ask_anew(const RunContext& run, const std::vector<RecordedDay>& days, const Expectation& expectation);

}  // namespace daybook
