#include "pipeline/execute_live.h"

#include <algorithm>

#include "core/error.h"
#include "day/usage.h"
#include "llm/cost.h"
#include "pipeline/estimate.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "site/summary.h"

namespace daybook {

namespace {

constexpr double longest_wait = 1;  // seconds between two looks at what is under way

/// LiveExecution sends the requests of a task's two passes and takes the replies until there is no more to ask.
class LiveExecution {
 public:
  LiveExecution(const RunContext& run, ScoringTask task)
      : run_(run), task_(std::move(task)), file_(run.state.journal_file(task_.date)) {}

  DayOutcome outcome() {
    outcome_.papers.resize(task_.papers.size());
    outcome_.left_out.resize(task_.papers.size());
    if (run_.settings.llm.title_filter)
      outcome_.left_out = left_out_by_titles(task_, ask(Pass::titles, "titles", papers_for_titles(task_)));
    std::vector<PromptPaper> read;
    for (std::size_t i = 0; i < task_.papers.size(); ++i)
      if (!outcome_.left_out[i]) read.push_back(task_.papers[i]);
    const auto verdicts = ask(Pass::scores, "asking", std::move(read));
    auto verdict = verdicts.begin();
    for (std::size_t i = 0; i < task_.papers.size(); ++i)
      if (!outcome_.left_out[i]) outcome_.papers[i] = *verdict++;
    if (const auto synced = file_.sync(); !synced) run_.console.warning(synced.error());
    outcome_.usage = usage_of(since(task_.journal.ended), run_.llm.prices);
    return std::move(outcome_);
  }

 private:
  std::vector<LlmCall> since(std::size_t first) const {
    return {task_.journal.calls.begin() + static_cast<std::ptrdiff_t>(first), task_.journal.calls.end()};
  }

  std::vector<PaperOutcome> ask(Pass pass, const char* label, std::vector<PromptPaper> papers) {
    const std::size_t before = task_.journal.calls.size();
    Progress progress(run_.console, label, papers.size());
    RequestScheduler scheduler = make_scheduler(assignment_for(run_, task_, pass), task_, std::move(papers));
    if (!outcome_.failure.empty()) scheduler.stop(outcome_.failure, outcome_.hint, outcome_.failure_words);
    send_all(scheduler, progress);
    if (task_.budget_left)
      task_.budget_left = std::max(0.0, *task_.budget_left - dollars_of(since(before), run_.llm.prices));
    if (const auto kept = run_.state.remember(endpoint_name(run_), scheduler.schema()); !kept)
      run_.console.warning(kept.error());
    note_end(scheduler);
    return scheduler.outcome();
  }

  void note_end(const RequestScheduler& scheduler) {
    if (outcome_.failure.empty()) {
      outcome_.failure = scheduler.failure();
      outcome_.failure_words = scheduler.failure_words();
      outcome_.hint = scheduler.hint();
    }
    outcome_.out_of_budget = outcome_.out_of_budget || scheduler.out_of_budget();
    if (!(scheduler.too_dear() > 0)) return;
    const Error fault = budget_too_small(run_.settings.llm, scheduler.too_dear());
    outcome_.failure = outcome_.failure_words = fault.what;
    outcome_.hint = fault.hint;
    outcome_.budget_is_too_small = true;
  }

  void send_all(RequestScheduler& scheduler, Progress& progress) {
    Repeats said;
    std::size_t shown = 0;
    const auto say = [&] {
      progress.advance(scheduler.settled() - shown);
      shown = scheduler.settled();
      for (const std::string& message : scheduler.take_messages())
        if (said.is_news(message)) run_.console.say(message);
    };
    say();
    if (!scheduler.done())
      if (const auto opened = file_.open(); !opened) cannot_keep(scheduler, opened.error());
    HttpMulti requests;
    while (!scheduler.done()) {
      while (auto sending = scheduler.next(steady_seconds())) requests.start(sending->number, sending->request);
      say();
      if (scheduler.done()) break;
      const double now = steady_seconds();
      const double wait = scheduler.next_at(now).value_or(now + longest_wait) - now;
      if (auto ended = requests.wait(std::clamp(wait, 0.0, longest_wait))) take(scheduler, *ended);
    }
    say();
    for (const std::string& line : said.counted()) run_.console.say(line);
  }

  void take(RequestScheduler& scheduler, const HttpMulti::Ended& ended) {
    const auto call = scheduler.take(ended.number, ended.result, steady_seconds(), system_now());
    if (!call) return;
    warn_of_answer(run_, run_.llm, *call);
    if (const auto kept = file_.append(write_llm_call(*call)); !kept) cannot_keep(scheduler, kept.error());
    task_.journal.calls.push_back(*call);
    scheduler.use_taken(steady_seconds());
  }

  // What cannot be kept would be paid for again.
  static void cannot_keep(RequestScheduler& scheduler, const Error& error) {
    scheduler.stop("the answers can't be saved: " + error.place.source + ": " + error.what, error.hint,
                   "the answers can't be saved");
  }

  const RunContext& run_;
  ScoringTask task_;
  JournalFile file_;
  DayOutcome outcome_;
};

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
         ": " +
         (sum.requests() == 0 ? "no request: all papers are answered already" : cost_words(run, both_passes(sum))) +
         (run.settings.llm.title_filter ? ", less for papers rejected by title" : "");
}

// What was asked here is no part of the day, which must not be told that a run of it was killed. But where one was, and
// the day waits to be scored again, its answers are that run's to take up.
bool may_end_journal(const RunContext& run, const ScoringTask& task) {
  if (task.journal.ended == task.journal.calls.size()) return true;
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

DayOutcome execute_live(const RunContext& run, ScoringTask task) {
  for (const std::string& note : task.notes) run.console.say(note);
  return LiveExecution(run, std::move(task)).outcome();
}

DayOutcome execute_live(RunContext& run, const DayPlan& plan) {
  if (!run.llm.endpoint || plan.candidates.papers.empty()) return {};
  DayOutcome outcome = execute_live(run, plan.task);
  run.outages.llm = run.outages.llm || !outcome.failure.empty();
  return outcome;
}

Error waits(Date date, const DayOutcome& outcome) {
  return {Kind::later,
          {},
          date.iso() +
              " waits: " + (outcome.failure.empty() ? "the day's budget allows no further request" : outcome.failure),
          outcome.failure.empty() || outcome.hint.empty()
              ? "run the command again later; answers are kept, and it resumes where it stopped"
              : outcome.hint};
}

AskedDays ask_anew(const RunContext& run, const std::vector<RecordedDay>& days, const Expectation& expectation) {
  AskedDays result;
  run.console.print(what_it_takes(run, days));
  result.expected = expectation.of(days);
  for (std::size_t d = 0; d < days.size(); ++d) {
    if (result.exit != exit_done) break;
    const RecordedDay& day = days[d];
    std::vector<Expected>& expected = result.expected[d];
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
