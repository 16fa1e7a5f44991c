#include "command/rewrite.h"

#include <algorithm>

#include "platform/parallel.h"
#include "site/day_page.h"

namespace daybook {

namespace {

constexpr int writers_per_processor = 8;  // each waits for the disk most of the time

}  // namespace

Errors write_days(const CommandContext& context, const Archive& archive, const Days& days,
                  const std::vector<Date>& unreadable, const SiteSettings& site) {
  const auto prompts = archive.prompts();
  if (!prompts) return {prompts.error()};
  std::vector<const Day*> order;
  for (const auto& [date, day] : days) order.push_back(&day);
  std::vector<std::optional<Error>> faults(order.size());
  Progress progress(context.console, "writing", order.size());
  for_each_parallel(order.size(), context.jobs() * writers_per_processor, [&](std::size_t i, std::size_t) {
    const auto prompt = prompts->find(order[i]->prompt);
    const auto wrote =
        archive.write(*order[i], markdown_page(*order[i], site, prompt == prompts->end() ? "" : prompt->second));
    if (!wrote) faults[i] = wrote.error();
    progress.advance();
  });
  Errors errors;
  for (const auto& fault : faults)
    if (fault) errors.push_back(*fault);
  Summaries summaries;
  for (const auto& [date, day] : days) summaries.push_back(summary_of(day));
  for (const Date date : unreadable) summaries.push_back(unreadable_day(date));
  std::sort(summaries.begin(), summaries.end(),
            [](const DaySummary& a, const DaySummary& b) { return a.date > b.date; });
  const auto index = archive.write_index(summaries, site);
  if (!index) errors.push_back(index.error());
  return errors;
}

}  // namespace daybook
