// daybook upgrade: the archive as this version writes it. What its records say stays as it is.
#include "command/rewrite.h"
#include "outside/lock.h"

namespace daybook {

Exit upgrade_command(const World& world) {
  const auto settings = load_settings(world);
  if (!settings) return exit_misuse;
  const auto lock = FolderLock::take(world.options.archive);
  if (!lock) return world.fail(lock.error());
  const Archive archive(world.options.archive);
  const auto dates = archive.dates();
  if (!dates) return world.fail(dates.error());
  const DaysRead read = archive.read_all(*dates, world.jobs());
  std::vector<Date> unreadable;
  for (const Date date : *dates)
    if (read.days.count(date) == 0) unreadable.push_back(date);
  Errors errors = read.faults;
  for (const Error& fault : write_days(world, archive, read.days, unreadable, settings->site)) errors.push_back(fault);
  world.console.say("wrote " + counted(read.days.size(), "day", "days") + " of " + world.options.archive +
                    " as this version writes them");
  return world.fail(errors);
}

}  // namespace daybook
