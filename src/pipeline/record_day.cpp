#include "pipeline/record_day.h"

#include <algorithm>
#include <set>

#include "core/text.h"
#include "pipeline/rescore.h"
#include "pipeline/scored_day.h"
#include "store/id_base.h"

namespace daybook {

namespace {

std::string page_of(const RunContext& run, const Day& day) {
  const auto prompt = run.prompts.find(day.prompt);
  return markdown_page(day, run.settings.site, prompt == run.prompts.end() ? "" : prompt->second);
}

// What the LLM was paid for is in the record by now.
void end_journal(const RunContext& run, Date date) {
  if (const auto ended = run.state.end_journal(date); !ended) run.console.warning(ended.error());
}

// A paper that a day showed before it was scored anew, and shows no more, was not "shown before" on later days either:
// their links would lead nowhere. The ledger knows which days those are: reading all later records for each day that is
// rescored would be quadratic in a backfill.
void forget_reappearances(const RunContext& run, const Day& before, const Day& day, Errors& errors) {
  std::set<std::string> gone;
  for (const Entry& entry : before.papers) gone.insert(entry.paper.id);
  for (const Entry& entry : day.papers) gone.erase(entry.paper.id);
  std::set<Date> later_days;
  for (const std::string& id : gone)
    for (const Date date : run.past.ledger.days_again(id))
      if (date > day.date) later_days.insert(date);
  for (const Date date : later_days) {
    auto later = run.archive.read(date);
    if (!later) continue;  // the build names it
    const auto forgotten = std::erase_if(later->again, [&](const Reappearance& paper) {
      return paper.first_seen == day.date && gone.count(paper.id) != 0;
    });
    if (forgotten == 0) continue;
    if (later->counts.shown_before) *later->counts.shown_before -= static_cast<int>(forgotten);
    if (const auto wrote = run.archive.write(*later, page_of(run, *later)); !wrote) errors.push_back(wrote.error());
  }
}

std::string counts_words(const Day& day) {
  const auto number = [](const std::optional<int>& count) { return std::to_string(count.value_or(0)); };
  return day.date.iso() + " (" + std::string(status_name(day.status)) + "): " + number(day.counts.announced) +
         " announced, " + number(day.counts.scanned) + " scanned, " + number(day.counts.shown_before) +
         " shown before, " + number(day.counts.selected) + " selected";
}

// The record, its page, the prompt, the index.
Errors write_record(RunContext& run, const Day& day) {
  Errors errors;
  const auto note = [&](const auto& result) {
    if (!result) errors.push_back(result.error());
  };
  if (day.prompt == run.llm.prompt_hash) {
    note(run.archive.keep_prompt(run.llm.prompt));
    run.prompts.emplace(day.prompt, run.llm.prompt);
  }
  run.past.ledger.add(day);
  const auto wrote = run.archive.write(day, page_of(run, day));
  note(wrote);
  Summaries& summaries = run.past.summaries;
  std::erase_if(summaries, [&](const DaySummary& summary) { return summary.date == day.date; });
  const auto place = std::find_if(summaries.begin(), summaries.end(),
                                  [&](const DaySummary& summary) { return summary.date < day.date; });
  summaries.insert(place, summary_of(day));
  note(run.archive.write_index(summaries, run.settings.site));
  note(keep_id_base(run.options.archive, run.settings.site));
  if (wrote) run.console.say((*wrote ? "recorded " : "unchanged ") + counts_words(day));
  return errors;
}

Errors write_scored(RunContext& run, const ScoredDay& scored, const std::optional<ExistingRecord>& existing) {
  Errors errors;
  if (const auto wrote = run.archive.write_others(scored.day.date, scored.others); !wrote)
    errors.push_back(wrote.error());
  for (const Error& error : write_record(run, scored.day)) errors.push_back(error);
  if (existing) forget_reappearances(run, existing->day, scored.day, errors);
  return errors;
}

void warn_of_unscored(RunContext& run, const ScoredDay& scored, const DayOutcome& outcome) {
  if (scored.warning.empty() || (outcome.budget_is_too_small && run.outages.budget)) return;
  run.outages.budget = run.outages.budget || outcome.budget_is_too_small;
  run.console.warning(
      {Kind::failed,
       {},
       scored.day.date.iso() + " is " + std::string(status_name(scored.day.status)) + ". " + scored.warning,
       scored.hint.empty() ? "nothing: later runs ask again, for " + std::to_string(rescore_days) + " days"
                           : scored.hint});
}

bool may_record(const RunContext& run, const std::optional<ExistingRecord>& existing, const Day& day) {
  if (!existing || may_replace(existing->day, day)) return true;
  run.console.warning({Kind::failed,
                       {},
                       day.date.iso() +
                           " is recorded already, and better: " + std::string(status_name(existing->day.status)) +
                           " with " + counted(existing->day.papers.size(), "paper", "papers"),
                       "the record was left as it is"});
  return false;
}

// Its page and the index may be missing, where a run was killed before it wrote them. What has been found out about the
// day's categories since is taken.
Exit record_standing(RunContext& run, Day day, const Day& seen) {
  if (!seen.categories.empty()) {
    day.categories = seen.categories;
    day.cut_off = seen.cut_off;
    day.counts.announced = std::max(day.counts.announced, seen.counts.announced);
  }
  return record_again(run, day);
}

// Once for all days, which later runs would find no other.
Exit fail_of_budget(RunContext& run, const DayOutcome& outcome) {
  const bool said = std::exchange(run.outages.budget, true);
  return said ? exit_failed : run.fail(Error{Kind::failed, {}, outcome.failure, outcome.hint});
}

DayOutcome plan_and_execute(RunContext& run, DayPlan& plan, Reach reach) {
  std::optional<Group> group;
  const bool any = !plan.candidates.papers.empty();
  if (any) group.emplace(run.console, "Scoring " + plan.candidates.day.date.iso());
  complete_plan(run, plan, reach);
  fill_local_scores(run, plan);
  if (any && run.llm.endpoint) run.console.say(routing_words(plan));
  return execute_live(run, plan);
}

}  // namespace

Exit record_day(RunContext& run, DayPlan plan, const DayOutcome& outcome) {
  const std::optional<ExistingRecord> existing = plan.existing;
  const ScoredDay scored = scored_day(run, std::move(plan), outcome);
  const Day& day = scored.day;
  warn_of_unscored(run, scored, outcome);
  if (may_record(run, existing, day)) {
    if (const Errors errors = write_scored(run, scored, existing); !errors.empty()) return run.fail(errors);
    if (const auto kept = keep_in_force(run.options.state, run.evidence.in_force); !kept)
      run.console.warning(kept.error());
    run.summarize(run, day);
  }
  end_journal(run, day.date);
  const bool unread = day.status == Status::local && run.options.scorer != ScorerChoice::local;
  const bool failed = day.status == Status::degraded || !outcome.failure.empty() || unread;
  return failed && run.settings.llm.required ? exit_failed : exit_done;
}

Exit score_and_record(RunContext& run, Candidates candidates) {
  auto plan = begin_plan(run, std::move(candidates));
  if (!plan) return exit_of(plan.error());  // the build that follows names it
  if (plan->stands) return record_standing(run, std::move(plan->existing->day), plan->candidates.day);
  const DayOutcome outcome = plan_and_execute(run, *plan, Reach::cascade);
  return record_day(run, std::move(*plan), outcome);
}

Exit record_today(RunContext& run, Candidates candidates) {
  const Date date = candidates.day.date;
  candidates = merged(std::move(candidates), kept_candidates(run.state, date));
  if (const auto kept = keep_candidates(run.state, candidates); !kept) run.console.warning(kept.error());
  const std::vector<std::string> missing = candidates.day.cut_off;
  const auto before = run.archive.has(date) ? run.archive.read(date) : Result<Day>(Error{});
  const bool nothing_new =
      before && before->counts.scanned && *before->counts.scanned >= static_cast<int>(candidates.papers.size());
  const Exit exit = score_and_record(run, std::move(candidates));
  if (missing.empty()) return exit;
  const Error is_short = {
      Kind::later,
      {},
      date.iso() + " is not whole yet: " + joined(missing, "; "),
      "nothing: later runs look again, and when the day is past arXiv's API is asked for what is missing"};
  if (nothing_new && exit == exit_done) return run.fail(is_short);
  run.console.warning(is_short);
  return exit;
}

Exit rescore_day(RunContext& run, Candidates candidates) {
  if (run.outages.llm && run.archive.has(candidates.day.date)) return exit_done;
  leave_out_shown(run, candidates);
  return score_and_record(run, std::move(candidates));
}

Exit backfill_day(RunContext& run, Candidates candidates) {
  auto plan = begin_plan(run, std::move(candidates));
  if (!plan) return exit_of(plan.error());
  if (plan->stands) return record_standing(run, std::move(plan->existing->day), plan->candidates.day);
  const Date date = plan->candidates.day.date;
  const DayOutcome outcome = plan_and_execute(run, *plan, Reach::full);
  if (!outcome.is_whole() && !outcome.budget_is_too_small) return run.fail(waits(date, outcome));
  Exit exit = outcome.budget_is_too_small ? fail_of_budget(run, outcome) : exit_done;
  if (outcome.budget_is_too_small && plan->existing) return exit;
  return worse(exit, record_day(run, std::move(*plan), outcome));
}

Exit ask_about_day(RunContext& run, Candidates candidates) {
  const auto plan = plan_day(run, std::move(candidates), Reach::full);
  if (!plan) return exit_of(plan.error());
  if (plan->task.papers.empty()) return exit_done;
  const Group group(run.console, "Asking about " + plan->task.date.iso());
  const DayOutcome outcome = execute_live(run, plan->task);
  if (outcome.budget_is_too_small) return fail_of_budget(run, outcome);
  return outcome.is_whole() ? exit_done : run.fail(waits(plan->task.date, outcome));
}

Exit record_again(RunContext& run, const Day& day) {
  const Errors errors = write_record(run, day);
  end_journal(run, day.date);
  return errors.empty() ? exit_done : run.fail(errors);
}

void note_in_candidates(const RunContext& run, const Day& day) {
  auto candidates = kept_candidates(run.state, day.date);
  if (!candidates) return;
  candidates->day.categories = day.categories;
  candidates->day.cut_off = day.cut_off;
  if (const auto kept = keep_candidates(run.state, *candidates); !kept) run.console.warning(kept.error());
}

Exit finish_day(const RunContext& run, Date date) {
  const auto day = run.archive.read(date);
  if (!day) return exit_done;  // the build names it
  if (const auto wrote = run.archive.write(*day, page_of(run, *day)); !wrote) return run.fail(wrote.error());
  // The open end of a journal that is not in the record yet waits for the day's rescoring.
  if (!is_to_be_rescored(day->status)) end_journal(run, date);
  return exit_done;
}

}  // namespace daybook
