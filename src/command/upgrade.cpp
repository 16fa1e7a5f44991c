// daybook upgrade: the archive as this version writes it. What its records say stays as it is.
#include "command/command.h"
#include "command/load.h"
#include "command/rewrite.h"
#include "platform/lock.h"

namespace daybook {

Exit upgrade_command(const CommandContext& context) {
  const auto settings = load_settings(context);
  if (!settings) return exit_misuse;
  const auto lock = FolderLock::take(context.options.archive);
  if (!lock) return context.fail(lock.error());
  const Archive archive(context.options.archive);
  const auto dates = archive.dates();
  if (!dates) return context.fail(dates.error());
  const DaysRead read = archive.read_all(*dates, context.jobs());
  std::vector<Date> unreadable;
  for (const Date date : *dates)
    if (read.days.count(date) == 0) unreadable.push_back(date);
  Errors errors = read.faults;
  for (const Error& fault : write_days(context, archive, read.days, unreadable, settings->site))
    errors.push_back(fault);
  context.console.say("wrote " + counted(read.days.size(), "day", "days") + " of " + context.options.archive +
                      " in this version's format");
  return context.fail(errors);
}

}  // namespace daybook
