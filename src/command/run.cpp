// daybook run: settings -> fetch -> papers -> ledger -> scores -> day -> record -> build.
#include <algorithm>

#include "command/build.h"
#include "command/catch_up.h"
#include "command/past.h"
#include "command/witness.h"
#include "outside/clock.h"
#include "outside/disk.h"
#include "outside/lock.h"
#include "paper/announcement.h"

namespace daybook {

namespace {

Result<Date> day_of_run(const Result<Announced>& announced) {
  if (announced) return announced->date;
  const auto present = now();
  if (!present) return present.error();
  return announcement_day(*present);
}

// What of the state is old is told by the newest day recorded before this run's: a clock that jumped ahead, or a --date
// that is wrong, must not cost what every day of these weeks is learned from.
Date old_by(const Job& job) {
  for (const DaySummary& day : job.summaries)
    if (day.date < job.on) return day.date;
  return job.on;
}

// What days wait to score was announced by them: those without a record, and those that are being completed.
void add_waiting(Past& past, const State& state, const Archive& archive) {
  const auto is_unsettled_on = [&](Date date) {
    return std::any_of(past.summaries.begin(), past.summaries.end(),
                       [&](const DaySummary& day) { return day.date == date && day.unsettled; });
  };
  for (const Date date : state.candidate_dates())
    if (!archive.has(date) || is_unsettled_on(date))
      if (const auto day = state.candidates(date))
        for (const Entry& entry : day->papers) past.history.add_scanned(entry.paper.id, date);
}

// Today's papers, or why there are none yet.
Result<Candidates> todays(const Job& job, Announced announced) {
  const Date day = announced.date;
  Coverage coverage = cover(std::move(announced.feeds), job.history, day);
  ask_witnesses(job, coverage, day);
  Announcement announcement = announcement_of(coverage, day);
  if (announcement == Announcement::not_yet &&
      (is_recorded_as_quiet(job, day) || api_says_nothing_new(job, coverage, day)))
    announcement = Announcement::quiet;
  if (announcement == Announcement::not_yet) return not_announced_yet(day, coverage);
  if (announcement == Announcement::quiet) settle_quiet(coverage.categories);
  return candidates_of(day, std::move(coverage), job.settings.arxiv, job.ledger);
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
  PoliteClient arxiv = arxiv_client(world, settings->arxiv);
  auto announced = read_announced(world, *settings, arxiv);
  // arXiv is down: older days may still be taken up, where there are any.
  if (!announced && (announced.error().kind != Kind::later || !exists(world.options.archive)))
    return world.fail(announced.error());
  if (announced)
    if (const auto behind = clock_behind(world, *announced)) return world.fail(*behind);
  const auto on = day_of_run(announced);
  if (!on) return world.fail(on.error());

  std::optional<FolderLock> lock;
  if (!world.options.dry_run) {
    auto taken = FolderLock::take(world.options.archive);
    if (!taken) return world.fail(taken.error());
    lock = std::move(*taken);
  }
  const Archive archive(world.options.archive);
  auto past = read_past(world, archive, *on);
  if (!past) return world.fail(past.error());
  const State state(world.options.state);
  add_waiting(*past, state, archive);
  Job job{world,
          *settings,
          *llm,
          state,
          archive,
          arxiv,
          publishing->parts.prompts,
          past->ledger,
          past->history,
          std::move(past->summaries),
          *on,
          learned_of(world, *settings, *llm, archive, &arxiv, *on)};

  auto today = announced ? todays(job, std::move(*announced)) : Result<Candidates>(announced.error());
  Exit worst = today ? exit_done : world.fail(today.error());
  if (world.options.dry_run) {
    const auto planned = today ? std::optional(*today) : std::optional<Candidates>();
    return worse(worst, say_what_it_takes(job, planned, days_to_take_up(job)));
  }
  // The first site of a new owner is not to be blank.
  const bool is_first = job.summaries.empty() && (!today || today->papers.empty());
  if (today) worst = worse(worst, work_on_today(job, std::move(*today)));
  std::vector<Candidates> completed;
  if (world.options.feeds.empty()) {
    if (is_first) fetch_last_announcement(job);
    // After today's, which has the papers of a holiday before it.
    completed = catch_up(job);
  }
  std::vector<Candidates> older = days_to_take_up(job);
  if (!today && older.empty() && completed.empty()) return worst;
  for (Candidates& candidates : completed) worst = worse(worst, record_completed(job, std::move(candidates)));
  for (Candidates& candidates : older) worst = worse(worst, take_up(job, std::move(candidates)));
  state.prune(old_by(job), [&](Date date) { return archive.has(date); });
  return worse(worst, build_site(world, *publishing));
}

}  // namespace daybook
