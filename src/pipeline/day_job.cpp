#include "pipeline/day_job.h"

#include <algorithm>
#include <set>

#include "core/text.h"
#include "paper/withdrawn.h"
#include "pipeline/id_base.h"
#include "pipeline/job_summary.h"

namespace daybook {

namespace {

// A good day is never replaced by a worse one.
bool may_record(const RunContext& run, const std::optional<Holder>& holder, const Day& day) {
  if (!holder || may_replace(holder->day, day)) return true;
  run.context.console.warning({Kind::failed,
                               {},
                               day.date.iso() +
                                   " is recorded already, and better: " + std::string(status_name(holder->day.status)) +
                                   " with " + counted(holder->day.papers.size(), "paper", "papers"),
                               "the record was left as it is"});
  return false;
}

std::string page_of(const RunContext& run, const Day& day) {
  const auto prompt = run.prompts.find(day.prompt);
  return markdown_page(day, run.settings.site, prompt == run.prompts.end() ? "" : prompt->second);
}

// A paper that a day showed before it was scored anew, and shows no more, was not "shown before" on later days either:
// their links would lead nowhere. The ledger knows which days those are: reading all later records for each day that is
// healed would be quadratic in a backfill.
Errors forget_reappearances(const RunContext& run, const Day& before, const Day& day) {
  std::set<std::string> gone;
  for (const Entry& entry : before.papers) gone.insert(entry.paper.id);
  for (const Entry& entry : day.papers) gone.erase(entry.paper.id);
  std::set<Date> later_days;
  for (const std::string& id : gone)
    for (const Date date : run.ledger.days_again(id))
      if (date > day.date) later_days.insert(date);
  Errors errors;
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
  return errors;
}

Errors record_day(RunContext& run, const Day& day) {
  Errors errors;
  const auto note = [&](const auto& result) {
    if (!result) errors.push_back(result.error());
  };
  if (day.prompt == run.llm.prompt_hash) {
    note(run.archive.keep_prompt(run.llm.prompt));
    run.prompts.emplace(day.prompt, run.llm.prompt);
  }
  run.ledger.add(day);
  const auto wrote = run.archive.write(day, page_of(run, day));
  note(wrote);
  std::erase_if(run.summaries, [&](const DaySummary& summary) { return summary.date == day.date; });
  const auto place = std::find_if(run.summaries.begin(), run.summaries.end(),
                                  [&](const DaySummary& summary) { return summary.date < day.date; });
  run.summaries.insert(place, summary_of(day));
  note(run.archive.write_index(run.summaries, run.settings.site));
  note(keep_id_base(run.context, run.settings.site));
  const auto number = [](const std::optional<int>& count) { return std::to_string(count.value_or(0)); };
  if (wrote)
    run.context.console.say(
        (*wrote ? "recorded " : "unchanged ") + day.date.iso() + " (" + std::string(status_name(day.status)) +
        "): " + number(day.counts.announced) + " announced, " + number(day.counts.scanned) + " scanned, " +
        number(day.counts.shown_before) + " shown before, " + number(day.counts.selected) + " selected");
  return errors;
}

void warn_of_unscored(RunContext& run, const Recorded& recorded) {
  const Day& day = recorded.day;
  if (recorded.warning.empty() || (recorded.budget_is_too_small && run.outages.budget)) return;
  run.outages.budget = run.outages.budget || recorded.budget_is_too_small;
  run.context.console.warning({Kind::failed,
                               {},
                               day.date.iso() + " is " + std::string(status_name(day.status)) + ". " + recorded.warning,
                               recorded.mend.empty()
                                   ? "nothing: later runs ask again, for " + std::to_string(days_to_heal) + " days"
                                   : recorded.mend});
}

// What the LLM was paid for is in the record by now.
void end_journal(const RunContext& run, Date date) {
  if (const auto ended = run.state.end_journal(date); !ended) run.context.console.warning(ended.error());
}

// What has been found out about the day's categories since.
void take_counts(Day& day, const Day& seen) {
  if (seen.categories.empty()) return;
  day.categories = seen.categories;
  day.cut_off = seen.cut_off;
  day.counts.announced = std::max(day.counts.announced, seen.counts.announced);
}

using Summarize = void (*)(const CommandContext&, const Day&);

// Where it may be.
Exit record_scored(RunContext& run, const std::optional<Holder>& holder, const Recorded& recorded,
                   Summarize summarize) {
  warn_of_unscored(run, recorded);
  if (may_record(run, holder, recorded.day)) {
    Errors errors;
    if (const auto wrote = run.archive.write_others(recorded.day.date, recorded.others); !wrote)
      errors.push_back(wrote.error());
    for (const Error& error : record_day(run, recorded.day)) errors.push_back(error);
    if (holder)
      for (const Error& error : forget_reappearances(run, holder->day, recorded.day)) errors.push_back(error);
    if (!errors.empty()) return run.context.fail(errors);
    if (const auto kept = keep_in_force(run.context.options.state, run.learned.in_force); !kept)
      run.context.console.warning(kept.error());
    summarize(run.context, recorded.day);
  }
  end_journal(run, recorded.day.date);
  return exit_done;
}

Recorded scored_day(RunContext& run, Candidates candidates, const std::optional<Holder>& holder, Reach reach) {
  std::optional<Group> group;
  if (!candidates.papers.empty()) group.emplace(run.context.console, "Scoring " + candidates.day.date.iso());
  Triage triage = triage_of(run, candidates, holder, reach);
  return score_day(run.context, run.settings, run.llm, run.state, std::move(candidates), std::move(triage), holder,
                   run.on, run.outages);
}

// Local scores depend on the candidates of the weeks before. Where state/ is gone, so are those: the same papers would
// be scored otherwise, though nobody has edited anything.
bool is_kept_without_state(const RunContext& run, const Holder& holder, const Candidates& candidates) {
  const bool same_papers = holder.day.cut_off == candidates.day.cut_off &&
                           holder.day.counts.scanned == static_cast<int>(candidates.papers.size());
  if (run.llm.endpoint || run.learned.knows_before || !same_papers) return false;
  const EarlierScores known = earlier_scores(holder);
  return std::all_of(candidates.papers.begin(), candidates.papers.end(),
                     [&](const Paper& paper) { return known.count(paper.id) != 0; });
}

// One day, scored and recorded.
Exit work_on(RunContext& run, Candidates candidates) {
  auto holder = read_holder(run, candidates.day.date);
  if (!holder) return exit_of(holder.error());  // the build that follows names it
  if (*holder && (is_settled(**holder, candidates, run.llm) || is_kept_without_state(run, **holder, candidates))) {
    take_counts((*holder)->day, candidates.day);
    return record_again(run, (*holder)->day);
  }
  const Recorded recorded = scored_day(run, std::move(candidates), *holder, Reach::cascade);
  if (const Exit failed = record_scored(run, *holder, recorded, summarize_job); failed != exit_done) return failed;
  const bool unread = recorded.day.status == Status::local && run.context.options.scorer != ScorerChoice::local;
  const bool failed = recorded.day.status == Status::degraded || !recorded.failure.empty() || unread;
  return failed && run.settings.llm.required ? exit_failed : exit_done;
}

std::optional<int> scanned_in_record(const RunContext& run, Date date) {
  if (!run.archive.has(date)) return std::nullopt;
  const auto day = run.archive.read(date);
  return day ? day->counts.scanned : std::nullopt;
}

Error is_short(Date date, const std::vector<std::string>& missing) {
  return {Kind::later,
          {},
          date.iso() + " is not whole yet: " + joined(missing, "; "),
          "nothing: later runs look again, and when the day is past arXiv's API is asked for what is missing"};
}

// Once for all days, which later runs would find no other.
Exit fail_of_budget(const RunContext& run, const std::string& failure, const std::string& mend) {
  return run.outages.budget ? exit_failed : run.context.fail(Error{Kind::failed, {}, failure, mend});
}

// Why a day waits for the LLM.
Error waits(Date date, const std::string& failure, const std::string& mend) {
  return {Kind::later,
          {},
          date.iso() + " waits: " + (failure.empty() ? "the day's budget allows no further request" : failure),
          failure.empty() || mend.empty() ? "repeat the command later; answers are kept, and it goes on where it was"
                                          : mend};
}

}  // namespace

// Its page and the index may be missing, where a run was killed before it wrote them.
Exit record_again(RunContext& run, const Day& day) {
  const Errors errors = record_day(run, day);
  end_journal(run, day.date);
  return errors.empty() ? exit_done : run.context.fail(errors);
}

void note_in_candidates(const RunContext& run, const Day& day) {
  auto candidates = kept_candidates(run.state, day.date);
  if (!candidates) return;
  candidates->day.categories = day.categories;
  candidates->day.cut_off = day.cut_off;
  if (const auto kept = keep_candidates(run.state, *candidates); !kept) run.context.console.warning(kept.error());
}

Result<std::optional<Holder>> read_holder(const RunContext& run, Date date) {
  if (!run.archive.has(date)) return std::optional<Holder>();
  auto day = run.archive.read(date);
  if (!day) return day.error();
  Holder holder{std::move(*day), {}};
  if (auto others = run.archive.read_others(date)) {
    holder.others = std::move(*others);
  } else {
    run.context.console.warning(others.error());
  }
  return std::optional<Holder>(std::move(holder));
}

Triage triage_of(const RunContext& run, const Candidates& candidates, const std::optional<Holder>& holder,
                 Reach reach) {
  return triage(run.context, run.settings, run.llm, run.state, run.learned, candidates, holder, reach);
}

bool is_settled(const Holder& holder, const Candidates& candidates, const Llm& llm) {
  const Day& day = holder.day;
  if (!llm.endpoint || day.status != Status::complete || !day.cut_off.empty()) return false;
  const EarlierScores known = earlier_scores(std::optional<Holder>(holder));
  return std::all_of(candidates.papers.begin(), candidates.papers.end(),
                     [&](const Paper& paper) { return known.count(paper.id) != 0; });
}

Exit work_on_today(RunContext& run, Candidates candidates) {
  const Date date = candidates.day.date;
  auto earlier = kept_candidates(run.state, date);
  candidates = merged(std::move(candidates), std::move(earlier));
  if (const auto kept = keep_candidates(run.state, candidates); !kept) run.context.console.warning(kept.error());
  const std::vector<std::string> missing = candidates.day.cut_off;
  const auto before = scanned_in_record(run, date);
  const bool nothing_new = before && *before >= static_cast<int>(candidates.papers.size());
  const Exit worked = work_on(run, std::move(candidates));
  if (missing.empty()) return worked;
  const Error short_of = is_short(date, missing);
  if (nothing_new && worked == exit_done) return run.context.fail(short_of);
  run.context.console.warning(short_of);
  return worked;
}

Exit take_up(RunContext& run, Candidates candidates) {
  if (run.outages.llm && run.archive.has(candidates.day.date)) return exit_done;
  return record_completed(run, std::move(candidates));
}

Exit record_completed(RunContext& run, Candidates candidates) {
  leave_out_shown(run, candidates);
  return work_on(run, std::move(candidates));
}

Exit backfill_day(RunContext& run, Candidates candidates) {
  const auto holder = read_holder(run, candidates.day.date);
  if (!holder) return exit_of(holder.error());
  const Recorded recorded = scored_day(run, std::move(candidates), *holder, Reach::full);
  if (recorded.budget_is_too_small) {
    const Exit failed = fail_of_budget(run, recorded.failure, recorded.mend);
    run.outages.budget = true;
    return *holder ? failed : worse(failed, record_scored(run, *holder, recorded, summarize_row));
  }
  if (!recorded.failure.empty() || recorded.out_of_budget)
    return run.context.fail(waits(recorded.day.date, recorded.failure, recorded.mend));
  return record_scored(run, *holder, recorded, summarize_row);
}

Exit ask_about_day(const RunContext& run, const Candidates& candidates) {
  std::vector<Paper> papers = candidates.papers;
  std::erase_if(papers, is_withdrawn);
  if (papers.empty()) return exit_done;
  const Date date = candidates.day.date;
  const auto holder = read_holder(run, date);
  if (!holder) return exit_of(holder.error());
  const Group group(run.context.console, "Asking about " + date.iso());
  Exchange known = *holder ? verdicts_in(**holder, candidates, run.settings, run.llm) : Exchange();
  const Answered answered =
      ask(run.context, run.settings, run.llm, run.state, {date, run.on, std::move(papers), std::move(known)});
  if (answered.budget_is_too_small) return fail_of_budget(run, answered.failure, answered.mend);
  if (answered.failure.empty() && !answered.out_of_budget) return exit_done;
  return run.context.fail(waits(date, answered.failure, answered.mend));
}

Exit finish_day(const RunContext& run, Date date) {
  const auto day = run.archive.read(date);
  if (!day) return exit_done;  // the build names it
  if (const auto wrote = run.archive.write(*day, page_of(run, *day)); !wrote) return run.context.fail(wrote.error());
  // The open end of a journal that is not in the record yet waits for the day's healing.
  if (!is_to_be_healed(day->status)) end_journal(run, date);
  return exit_done;
}

bool is_recorded_as_quiet(const RunContext& run, Date date) {
  return std::any_of(run.summaries.begin(), run.summaries.end(), [&](const DaySummary& day) {
    return day.date == date && day.readable && day.status == Status::quiet;
  });
}

void leave_out_shown(const RunContext& run, Candidates& candidates) {
  Day& day = candidates.day;
  const auto left_out = static_cast<int>(std::erase_if(
      candidates.papers, [&](const Paper& paper) { return run.ledger.shown_elsewhere(paper.id, day.date); }));
  // A record that has them counts them; one of less papers would not take its place.
  if (left_out == 0 || run.archive.has(day.date)) return;
  day.counts.scanned = static_cast<int>(candidates.papers.size());
  day.counts.shown_before = day.counts.shown_before.value_or(0) + left_out;
}

}  // namespace daybook
