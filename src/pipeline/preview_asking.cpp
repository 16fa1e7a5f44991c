#include "pipeline/preview_asking.h"

#include "pipeline/estimate.h"
#include "pipeline/execute_live.h"
#include "site/summary.h"

namespace daybook {

namespace {

bool is_asked_about(const RecordedPaper& recorded) { return recorded.has_abstract; }

ScoringTask task_of(const RunContext& run, const RecordedDay& day) {
  std::vector<Paper> papers;
  for (const RecordedPaper& recorded : day.papers)
    if (is_asked_about(recorded)) papers.push_back(recorded.paper);
  return scoring_task(run, day.date, papers, {});
}

std::string what_it_takes(const RunContext& run, const std::vector<RecordedDay>& days) {
  Estimate sum;
  for (const RecordedDay& day : days) sum.add(estimate(run, task_of(run, day)));
  return "asking about " + counted(sum.papers, "paper", "papers") + " of " + counted(days.size(), "day", "days") +
         ": " + (sum.requests() == 0 ? "no request: all is answered already" : cost_words(run, both_passes(sum))) +
         (run.settings.llm.title_filter ? ", less what titles leave out" : "");
}

// What was asked here is no part of the day, which must not be told that a run of it was killed. But where one was, and
// the day waits to be scored again, its answers are that run's to take up.
bool may_end_journal(const RunContext& run, const ScoringTask& task) {
  if (task.journal.ended == task.journal.exchanges.size()) return true;
  const auto day = run.archive.read(task.date);
  return day && !is_to_be_rescored(day->status);
}

Error cut_short(const DayOutcome& outcome) {
  const Error wait = waits({}, outcome);
  return {outcome.budget_is_too_small ? Kind::failed : Kind::later,
          {},
          "the LLM did not answer for all papers: " +
              (outcome.failure.empty() ? "the day's budget allows no further request" : outcome.failure),
          wait.hint};
}

// What it said of a day's papers in place of what was expected.
void take_outcome(const RecordedDay& day, const DayOutcome& outcome, const Expectation& expectation,
                  std::vector<Expected>& expected) {
  std::size_t asked = 0;
  for (std::size_t i = 0; i < day.papers.size(); ++i) {
    if (!is_asked_about(day.papers[i])) continue;
    if (outcome.left_out[asked]) {
      expected[i] = expectation.left_out_by_title(day.papers[i]);
    } else if (outcome.papers[asked].verdict) {
      expected[i] = expectation.by_llm(day.papers[i], *outcome.papers[asked].verdict);
    }
    ++asked;
  }
}

}  // namespace

AskedDays ask_anew(const RunContext& run, const std::vector<RecordedDay>& days, const Expectation& expectation) {
  AskedDays result;
  run.console.print(what_it_takes(run, days));
  for (const RecordedDay& day : days) {
    std::vector<Expected>& expected = result.expected.emplace_back();
    for (const RecordedPaper& paper : day.papers) expected.push_back(expectation.of(paper));
    if (result.exit != exit_done) continue;
    ScoringTask task = task_of(run, day);
    if (task.papers.empty()) continue;
    const Group group(run.console, "Asking about " + day.date.iso());
    const bool may_end = may_end_journal(run, task);
    const DayOutcome outcome = execute_live(run, std::move(task));
    if (may_end)
      if (const auto ended = run.state.end_journal(day.date); !ended) run.console.warning(ended.error());
    take_outcome(day, outcome, expectation, expected);
    if (!outcome.is_whole()) result.exit = run.fail(cut_short(outcome));
  }
  return result;
}

}  // namespace daybook
