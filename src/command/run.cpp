// daybook run: settings -> fetch -> papers -> ledger -> scores -> day -> record -> build.
#include <algorithm>
#include <set>

#include "command/build.h"
#include "command/job_summary.h"
#include "command/score_day.h"
#include "outside/clock.h"
#include "outside/disk.h"
#include "outside/lock.h"
#include "paper/announcement.h"

namespace daybook {

namespace {

// What the archive holds: which papers were shown, and a summary of each day for its index.
struct Past {
  Ledger ledger;
  Summaries summaries;  // newest first
};

// A record that can't be read is passed over here, and named by the build that follows; its papers may be shown again.
Past read_past(const World& world, const Archive& archive, const std::vector<Date>& dates) {
  const DaysRead read = archive.read_all(dates, world.jobs());
  Past past;
  for (const Date date : dates) {
    const auto day = read.days.find(date);
    if (day != read.days.end()) past.ledger.add(day->second);
    past.summaries.push_back(day != read.days.end() ? summary_of(day->second) : unreadable_day(date));
  }
  return past;
}

// What every day of a run needs.
struct Job {
  const World& world;
  const Settings& settings;
  const Llm& llm;
  const State& state;
  const Archive& archive;
  PromptTexts& prompts;
  Ledger& ledger;
  Summaries summaries;  // newest first
  Date on;              // the day of this run
  Outages outages = {};
};

// The record of that day, where there is one. One that can't be read (damaged, or a newer Daybook's) is an error: it
// must not be replaced, and nothing be paid for it.
Result<std::optional<Holder>> read_holder(const Job& job, Date date) {
  if (!job.archive.has(date)) return std::optional<Holder>();
  auto day = job.archive.read(date);
  if (!day) return day.error();
  Holder holder{std::move(*day), {}};
  if (auto others = job.archive.read_others(date)) {
    holder.others = std::move(*others);
  } else {
    job.world.console.warning(others.error());
  }
  return std::optional<Holder>(std::move(holder));
}

// Whether the LLM has said all that there is to say of that day: it is not paid again, whatever changed since.
bool is_settled(const Holder& holder, const Candidates& candidates, const Llm& llm) {
  const Day& day = holder.day;
  return llm.endpoint && day.status == Status::complete && day.cut_off.empty() && day.counts.scanned &&
         *day.counts.scanned >= static_cast<int>(candidates.papers.size());
}

// A good day is never replaced by a worse one.
bool may_record(const Job& job, const std::optional<Holder>& holder, const Day& day) {
  if (!holder || may_replace(holder->day, day)) return true;
  job.world.console.warning({Kind::failed,
                             {},
                             day.date.iso() +
                                 " is recorded already, and better: " + std::string(status_name(holder->day.status)) +
                                 " with " + counted(holder->day.papers.size(), "paper", "papers"),
                             "the record was left as it is"});
  return false;
}

std::string page_of(const Job& job, const Day& day) {
  const auto prompt = job.prompts.find(day.prompt);
  return markdown_page(day, job.settings.site, prompt == job.prompts.end() ? "" : prompt->second);
}

// A paper that a day showed before it was scored anew, and shows no more, was not "shown before" on later days either:
// their links would lead nowhere.
Errors forget_reappearances(const Job& job, const Day& before, const Day& day) {
  std::set<std::string> gone;
  for (const Entry& entry : before.papers) gone.insert(entry.paper.id);
  for (const Entry& entry : day.papers) gone.erase(entry.paper.id);
  Errors errors;
  if (gone.empty()) return errors;
  for (const DaySummary& summary : job.summaries) {
    if (summary.date <= day.date || !summary.readable) continue;
    auto later = job.archive.read(summary.date);
    if (!later) continue;  // the build names it
    const auto forgotten = std::erase_if(later->again, [&](const Reappearance& paper) {
      return paper.first_seen == day.date && gone.count(paper.id) != 0;
    });
    if (forgotten == 0) continue;
    if (later->counts.shown_before) *later->counts.shown_before -= static_cast<int>(forgotten);
    if (const auto wrote = job.archive.write(*later, page_of(job, *later)); !wrote) errors.push_back(wrote.error());
  }
  return errors;
}

Errors record_day(Job& job, const Day& day) {
  Errors errors;
  const auto note = [&](const auto& result) {
    if (!result) errors.push_back(result.error());
  };
  if (day.prompt == job.llm.prompt_hash) {
    note(job.archive.keep_prompt(job.llm.prompt));
    job.prompts.emplace(day.prompt, job.llm.prompt);
  }
  job.ledger.add(day);
  const auto wrote = job.archive.write(day, page_of(job, day));
  note(wrote);
  std::erase_if(job.summaries, [&](const DaySummary& summary) { return summary.date == day.date; });
  const auto place = std::find_if(job.summaries.begin(), job.summaries.end(),
                                  [&](const DaySummary& summary) { return summary.date < day.date; });
  job.summaries.insert(place, summary_of(day));
  note(job.archive.write_index(job.summaries, job.settings.site));
  const auto number = [](const std::optional<int>& count) { return std::to_string(count.value_or(0)); };
  if (wrote)
    job.world.console.say((*wrote ? "recorded " : "unchanged ") + day.date.iso() + " (" +
                          std::string(status_name(day.status)) + "): " + number(day.counts.announced) + " announced, " +
                          number(day.counts.scanned) + " scanned, " + number(day.counts.shown_before) +
                          " shown before, " + number(day.counts.selected) + " selected");
  return errors;
}

void warn_of_unscored(const Job& job, const Recorded& recorded) {
  const Day& day = recorded.day;
  if (day.why.empty()) return;
  job.world.console.warning({Kind::failed,
                             {},
                             day.date.iso() + " is " + std::string(status_name(day.status)) + ". " + day.why,
                             recorded.mend.empty()
                                 ? "nothing: later runs ask again, for " + std::to_string(days_to_heal) + " days"
                                 : recorded.mend});
}

// What the LLM was paid for is in the record by now.
void end_journal(const Job& job, Date date) {
  if (const auto ended = job.state.end_journal(date); !ended) job.world.console.warning(ended.error());
}

// One day, scored and recorded where it may be.
Exit work_on(Job& job, Candidates candidates) {
  const auto holder = read_holder(job, candidates.day.date);
  if (!holder) return exit_of(holder.error());  // the build that follows names it
  Errors errors;
  if (*holder && is_settled(**holder, candidates, job.llm)) {
    // Its page and the index may be missing, where a run was killed before it wrote them.
    errors = record_day(job, (*holder)->day);
    end_journal(job, (*holder)->day.date);
    return errors.empty() ? exit_done : job.world.fail(errors);
  }
  const Recorded recorded =
      score_day(job.world, job.settings, job.llm, job.state, std::move(candidates), *holder, job.on, job.outages);
  warn_of_unscored(job, recorded);
  if (may_record(job, *holder, recorded.day)) {
    if (const auto wrote = job.archive.write_others(recorded.day.date, recorded.others); !wrote)
      errors.push_back(wrote.error());
    for (const Error& error : record_day(job, recorded.day)) errors.push_back(error);
    if (*holder)
      for (const Error& error : forget_reappearances(job, (*holder)->day, recorded.day)) errors.push_back(error);
    if (!errors.empty()) return job.world.fail(errors);
    summarize_job(job.world, recorded.day);
  }
  end_journal(job, recorded.day.date);
  const bool unread = recorded.day.status == Status::local && job.world.options.scorer != ScorerChoice::local;
  const bool failed = recorded.day.status == Status::degraded || !recorded.failure.empty() || unread;
  return failed && job.settings.llm.required ? exit_failed : exit_done;
}

Exit work_on_today(Job& job, Candidates candidates) {
  auto earlier = kept_candidates(job.state, candidates.day.date);
  candidates = merged(std::move(candidates), std::move(earlier));
  if (const auto kept = keep_candidates(job.state, candidates); !kept) job.world.console.warning(kept.error());
  return work_on(job, std::move(candidates));
}

// A day of the past must not show what a later one has shown by now.
Exit take_up(Job& job, Candidates candidates) {
  if (!kept_candidates(job.state, candidates.day.date))
    if (const auto kept = keep_candidates(job.state, candidates); !kept) job.world.console.warning(kept.error());
  std::erase_if(candidates.papers,
                [&](const Paper& paper) { return job.ledger.shown_elsewhere(paper.id, candidates.day.date); });
  return work_on(job, std::move(candidates));
}

// The papers of a day that has a record, from state/ where all of them are there.
std::optional<Candidates> papers_of(const Job& job, Date date) {
  const auto day = job.archive.read(date);
  if (!day) return std::nullopt;  // the build names it
  auto kept = kept_candidates(job.state, date);
  if (kept && static_cast<int>(kept->papers.size()) >= day->counts.scanned.value_or(0)) return kept;
  return recalled_candidates(job.world, job.settings.arxiv, job.archive, date);
}

// Days of the last two weeks, newest first: those that the LLM has not read, or not all of them; and those that a
// killed run has left without a record.
std::vector<Candidates> days_to_take_up(const Job& job) {
  std::vector<Candidates> days;
  const auto is_due = [&](Date date) { return date < job.on && date >= job.on - days_to_heal; };
  for (const Date date : job.state.candidate_dates())
    if (is_due(date) && !job.archive.has(date))
      if (auto candidates = kept_candidates(job.state, date)) days.push_back(std::move(*candidates));
  if (!job.llm.endpoint) return days;
  for (const DaySummary& day : job.summaries)
    if (day.readable && is_to_be_healed(day.status) && is_due(day.date))
      if (auto candidates = papers_of(job, day.date)) days.push_back(std::move(*candidates));
  return days;
}

// What a run would ask, and what that would cost.
Exit say_what_it_takes(const Job& job, const std::optional<Candidates>& today, const std::vector<Candidates>& older) {
  std::vector<Candidates> days = older;
  if (today) days.insert(days.begin(), *today);
  if (!job.llm.endpoint) job.world.console.print("no LLM is configured: papers are scored locally, at no cost");
  for (const Candidates& candidates : days) {
    const auto holder = read_holder(job, candidates.day.date);
    if (!holder) return job.world.fail(holder.error());
    if (!job.llm.endpoint || (*holder && is_settled(**holder, candidates, job.llm))) {
      job.world.console.print(candidates.day.date.iso() + ": " + counted(candidates.papers.size(), "paper", "papers") +
                              "; no request");
      continue;
    }
    Exchange known = *holder ? verdicts_in(**holder, candidates, job.settings, job.llm) : Exchange();
    job.world.console.print(dry_run(job.world, job.settings, job.llm, job.state,
                                    {candidates.day.date, job.on, candidates.papers, std::move(known)}));
  }
  return exit_done;
}

Result<Date> day_of_run(const Result<Announced>& announced) {
  if (announced) return announced->date;
  const auto present = now();
  if (!present) return present.error();
  return announcement_day(*present);
}

}  // namespace

Exit run_command(const World& world) {
  const auto settings = load_settings(world);
  if (!settings) return exit_misuse;
  auto publishing = load_publishing(world, *settings);
  if (!publishing) return exit_misuse;
  const auto llm = load_llm(world, *settings, publishing->templates);
  if (!llm) return exit_misuse;

  if (const auto misplaced = misplaced_output(world, *settings)) return world.fail(*misplaced);
  warn_of_settings(world, *settings);
  warn_of_llm(world, *settings, *llm);
  const auto announced = read_announced(world, *settings);
  // Nothing is announced yet: older days may still be taken up, where there are any.
  const bool may_go_on = exists(world.options.archive);
  if (!announced && (announced.error().kind != Kind::later || !may_go_on)) return world.fail(announced.error());
  const auto on = day_of_run(announced);
  if (!on) return world.fail(on.error());

  std::optional<FolderLock> lock;
  if (!world.options.dry_run) {
    auto taken = FolderLock::take(world.options.archive);
    if (!taken) return world.fail(taken.error());
    lock = std::move(*taken);
  }
  const Archive archive(world.options.archive);
  const auto dates = archive.dates();
  if (!dates) return world.fail(dates.error());
  Past past = read_past(world, archive, *dates);
  const State state(world.options.state);
  Job job{world, *settings, *llm, state, archive, publishing->parts.prompts, past.ledger, std::move(past.summaries),
          *on};

  std::optional<Candidates> today;
  if (announced) today = candidates_of(*announced, settings->arxiv, past.ledger);
  std::vector<Candidates> older = days_to_take_up(job);
  Exit worst = announced ? exit_done : world.fail(announced.error());
  if (world.options.dry_run) return worse(worst, say_what_it_takes(job, today, older));
  if (!today && older.empty()) return worst;
  if (today) worst = worse(worst, work_on_today(job, std::move(*today)));
  for (Candidates& candidates : older)
    if (!job.outages.llm || !archive.has(candidates.day.date))
      worst = worse(worst, take_up(job, std::move(candidates)));
  state.prune(*on);
  return worse(worst, build_site(world, *publishing));
}

}  // namespace daybook
