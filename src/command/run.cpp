// daybook run: settings -> fetch -> papers -> ledger -> scores -> day -> record -> build.
#include <algorithm>

#include "command/build.h"
#include "command/command.h"
#include "command/load.h"
#include "command/settings_warnings.h"
#include "paper/announcement.h"
#include "pipeline/catch_up.h"
#include "pipeline/past.h"
#include "pipeline/witness.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "platform/lock.h"

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
Date old_by(const RunContext& run) {
  for (const DaySummary& day : run.summaries)
    if (day.date < run.on) return day.date;
  return run.on;
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
Result<Candidates> todays(const RunContext& run, Announced announced) {
  const Date day = announced.date;
  Coverage coverage = cover(std::move(announced.feeds), run.history, day);
  ask_witnesses(run, coverage, day);
  Announcement announcement = announcement_of(coverage, day);
  if (announcement == Announcement::not_yet &&
      (is_recorded_as_quiet(run, day) || api_says_nothing_new(run, coverage, day)))
    announcement = Announcement::quiet;
  if (announcement == Announcement::not_yet) return not_announced_yet(day, coverage);
  if (announcement == Announcement::quiet) settle_quiet(coverage.categories);
  return candidates_of(day, std::move(coverage), run.settings.arxiv, run.ledger);
}

}  // namespace

Exit run_command(const CommandContext& context) {
  const auto settings = load_settings(context);
  if (!settings) return exit_misuse;
  auto publishing = load_publishing(context, *settings);
  if (!publishing) return exit_misuse;
  const auto llm = load_llm(context, *settings, publishing->templates);
  if (!llm) return exit_misuse;

  if (const auto misplaced = misplaced_output(context, *settings)) return context.fail(*misplaced);
  warn_of_settings(context, *settings);
  warn_of_llm(context, *settings, *llm);
  PoliteClient arxiv = arxiv_client(context, settings->arxiv);
  auto announced = read_announced(context, *settings, arxiv);
  // arXiv is down: older days may still be taken up, where there are any.
  if (!announced && (announced.error().kind != Kind::later || !exists(context.options.archive)))
    return context.fail(announced.error());
  if (announced)
    if (const auto behind = clock_behind(context, *announced)) return context.fail(*behind);
  const auto on = day_of_run(announced);
  if (!on) return context.fail(on.error());

  std::optional<FolderLock> lock;
  if (!context.options.dry_run) {
    auto taken = FolderLock::take(context.options.archive);
    if (!taken) return context.fail(taken.error());
    lock = std::move(*taken);
  }
  const Archive archive(context.options.archive);
  auto past = read_past(context, archive, *on);
  if (!past) return context.fail(past.error());
  const State state(context.options.state);
  add_waiting(*past, state, archive);
  RunContext run{context,
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
                 learned_of(context, *settings, *llm, archive, &arxiv, *on)};

  auto today = announced ? todays(run, std::move(*announced)) : Result<Candidates>(announced.error());
  Exit worst = today ? exit_done : context.fail(today.error());
  if (context.options.dry_run) {
    const auto planned = today ? std::optional(*today) : std::optional<Candidates>();
    return worse(worst, say_what_it_takes(run, planned, days_to_take_up(run)));
  }
  // The first site of a new owner is not to be blank.
  const bool is_first = run.summaries.empty() && (!today || today->papers.empty());
  if (today) worst = worse(worst, work_on_today(run, std::move(*today)));
  std::vector<Candidates> completed;
  if (context.options.feeds.empty()) {
    if (is_first) fetch_last_announcement(run);
    // After today's, which has the papers of a holiday before it.
    completed = catch_up(run);
  }
  std::vector<Candidates> older = days_to_take_up(run);
  if (!today && older.empty() && completed.empty()) return worst;
  for (Candidates& candidates : completed) worst = worse(worst, record_completed(run, std::move(candidates)));
  for (Candidates& candidates : older) worst = worse(worst, take_up(run, std::move(candidates)));
  state.prune(old_by(run), [&](Date date) { return archive.has(date); });
  return worse(worst, build_site(context, *publishing));
}

}  // namespace daybook
