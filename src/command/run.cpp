// daybook run: settings -> fetch -> papers -> ledger -> scores -> day -> record -> build.
#include "command/build.h"
#include "command/missed.h"
#include "command/past.h"
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
  const auto announced = read_announced(world, *settings, arxiv);
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
  auto past = read_past(world, archive, *on);
  if (!past) return world.fail(past.error());
  const State state(world.options.state);
  Job job{world,
          *settings,
          *llm,
          state,
          archive,
          arxiv,
          publishing->parts.prompts,
          past->ledger,
          std::move(past->summaries),
          *on,
          learned_of(world, *settings, *llm, archive, &arxiv, *on)};

  std::optional<Candidates> today;
  if (announced) today = candidates_of(*announced, settings->arxiv, past->ledger);
  Exit worst = announced ? exit_done : world.fail(announced.error());
  if (world.options.dry_run) return worse(worst, say_what_it_takes(job, today, days_to_take_up(job)));
  if (today) worst = worse(worst, work_on_today(job, std::move(*today)));
  // After today's, which has the papers of a holiday before it.
  if (world.options.feeds.empty()) recover_missed_days(job);
  std::vector<Candidates> older = days_to_take_up(job);
  if (!today && older.empty()) return worst;
  for (Candidates& candidates : older) worst = worse(worst, take_up(job, std::move(candidates)));
  state.prune(old_by(job), [&](Date date) { return archive.has(date); });
  return worse(worst, build_site(world, *publishing));
}

}  // namespace daybook
