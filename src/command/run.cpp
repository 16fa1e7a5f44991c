// daybook run: settings -> fetch -> papers -> ledger -> plan -> execute -> record -> build -> deliver.
#include "advice/job_summary.h"
#include "advice/settings_warnings.h"
#include "command/build.h"
#include "command/command.h"
#include "command/load.h"
#include "delivery/deliver.h"
#include "paper/announcement.h"
#include "pipeline/candidates.h"
#include "pipeline/estimate.h"
#include "pipeline/fetch.h"
#include "pipeline/missed.h"
#include "pipeline/record_day.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "platform/environment.h"
#include "platform/lock.h"
#include "taste/zotero.h"

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
  for (const DaySummary& day : run.past.summaries)
    if (day.date < run.on) return day.date;
  return run.on;
}

// What days wait to score was announced by them: those without a record, and those that are being completed.
void add_waiting(RunContext& run) {
  for (const Date date : run.state.candidate_dates()) {
    const DaySummary* recorded = run.recorded(date);
    if (run.archive.has(date) && !(recorded != nullptr && recorded->unsettled)) continue;
    if (const auto day = run.state.candidates(date))
      for (const Entry& entry : day->papers) run.past.history.add_scanned(entry.paper.id, date);
  }
}

// Today's papers, or why there are none yet.
Result<Candidates> todays(const RunContext& run, Announced announced) {
  const Date day = announced.date;
  Coverage coverage = cover(std::move(announced.feeds), run.past.history, day);
  ask_witnesses(run, coverage, day);
  Announcement announcement = announcement_of(coverage, day);
  if (announcement == Announcement::not_yet &&
      (run.is_recorded_as(Status::quiet, day) || api_says_nothing_new(run, coverage, day)))
    announcement = Announcement::quiet;
  if (announcement == Announcement::not_yet) return not_announced_yet(day, coverage);
  if (announcement == Announcement::quiet) settle_quiet(coverage.categories);
  return candidates_of(day, std::move(coverage), run.settings.arxiv, run.past.ledger);
}

}  // namespace

Exit run_command(const CommandContext& context) {
  auto loaded = load_for_scoring(context);
  if (!loaded) return exit_misuse;
  const Settings& settings = loaded->settings;
  if (const auto misplaced = misplaced_output(context, settings)) return context.fail(*misplaced);
  warn_of_settings(context, settings);
  warn_of_llm(context, settings, loaded->llm);

  // Read what was announced. Where arXiv is down, older days may still be rescored, if there are any.
  RateLimitedClient arxiv = arxiv_client(context, settings.arxiv);
  auto announced = read_announced(context, settings, arxiv);
  if (!announced && (announced.error().kind != Kind::later || !exists(context.options.archive)))
    return context.fail(announced.error());
  if (announced)
    if (const auto behind = clock_behind(context, *announced)) return context.fail(*behind);
  const auto on = day_of_run(announced);
  if (!on) return context.fail(on.error());

  // Lock the archive, and read what it holds.
  const bool dry = context.options.dry_run;
  auto lock = dry ? Result<FolderLock>(Error{}) : FolderLock::take(context.options.archive);
  if (!dry && !lock) return context.fail(lock.error());
  const Archive archive(context.options.archive);
  const State state(context.options.state);
  RateLimitedClient zotero = zotero_client(context);
  refresh_zotero(context, settings.zotero, zotero);
  auto past = read_past(context, archive, *on);
  if (!past) return context.fail(past.error());
  RunContext run{context,
                 settings,
                 loaded->llm,
                 archive,
                 state,
                 arxiv,
                 loaded->prompts(),
                 *on,
                 summarize_job,
                 *past,
                 read_evidence(context, settings, loaded->llm, *on, &arxiv)};
  add_waiting(run);

  // Plan today.
  auto today = announced ? todays(run, std::move(*announced)) : Result<Candidates>(announced.error());
  Exit exit = today ? exit_done : context.fail(today.error());
  if (dry) {
    std::vector<Candidates> days = days_to_rescore(run);
    if (today) days.insert(days.begin(), *today);
    return worse(exit, say_estimates(run, std::move(days)));
  }

  // Record today, and the days that no run has seen. The first site of a new owner is not to be blank.
  const bool is_first = run.past.summaries.empty() && (!today || today->papers.empty());
  if (today) exit = worse(exit, record_today(run, std::move(*today)));
  std::vector<Candidates> completed;
  if (context.options.feeds.empty()) {
    if (is_first) fetch_last_announcement(run);
    completed = catch_up(run);  // after today's, which has the papers of a holiday before it
  }
  std::vector<Candidates> older = days_to_rescore(run);
  // A workflow delivers once the site is online, so that links work. A target's fault is none of the day's.
  const Publishing& publishing = loaded->publishing;
  const auto deliver_here = [&] {
    if (!in_github_actions()) static_cast<void>(deliver({context, settings, publishing.parts, publishing.templates}));
  };
  if (!today && older.empty() && completed.empty()) {
    deliver_here();  // what could not be sent before
    return exit;
  }
  for (Candidates& candidates : completed) {
    leave_out_shown(run, candidates);
    exit = worse(exit, score_and_record(run, std::move(candidates)));
  }
  for (Candidates& candidates : older) exit = worse(exit, rescore_day(run, std::move(candidates)));

  // Forget what is old, and publish.
  state.prune(old_by(run), [&](Date date) { return archive.has(date); });
  const Exit built = build_site(context, publishing);
  if (built == exit_done) deliver_here();
  return worse(exit, built);
}

}  // namespace daybook
