// daybook run: settings -> fetch -> papers -> ledger -> scores -> day -> record -> build.
#include "command/build.h"
#include "command/day_job.h"
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
  for (Candidates& candidates : older) worst = worse(worst, take_up(job, std::move(candidates)));
  state.prune(*on);
  return worse(worst, build_site(world, *publishing));
}

}  // namespace daybook
