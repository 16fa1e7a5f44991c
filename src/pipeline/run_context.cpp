#include "pipeline/run_context.h"

#include <algorithm>

#include "pipeline/candidates.h"
#include "platform/clock.h"
#include "platform/parallel.h"
#include "taste/feedback.h"

namespace daybook {

namespace {

// Of each date, parallel to them. Lines that can't be read are as good as none: their papers may be scanned again.
std::vector<std::vector<Other>> read_others(const CommandContext& context, const Archive& archive,
                                            const std::vector<Date>& dates) {
  std::vector<std::vector<Other>> others(dates.size());
  for_each_parallel(dates.size(), context.jobs(), [&](std::size_t i, std::size_t) {
    if (auto read = archive.read_others(dates[i])) others[i] = std::move(*read);
  });
  return others;
}

}  // namespace

Result<Past> read_past(const CommandContext& context, const Archive& archive, Date on) {
  const auto dates = archive.dates();
  if (!dates) return dates.error();
  DaysRead read = archive.read_all(*dates, context.jobs());
  Past past;
  for (const Date date : *dates) {
    const auto day = read.days.find(date);
    if (day != read.days.end()) past.ledger.add(day->second);
    past.summaries.push_back(day != read.days.end() ? summary_of(day->second) : unreadable_day(date));
  }
  std::vector<Date> recent;
  for (const auto& [date, day] : read.days)
    if (date < on && date >= on - days_scanned) recent.push_back(date);
  auto others = read_others(context, archive, recent);
  for (std::size_t i = 0; i < recent.size(); ++i) {
    Day& day = read.days.at(recent[i]);
    past.history.add(day, others[i]);
    // What the local scorer alone turned down, on a day that no LLM will read any more, may be seen again.
    if (recent[i] < on - rescore_days) {
      std::erase_if(day.near_misses, [](const Entry& entry) { return scored_locally(entry.score); });
      std::erase_if(others[i], [](const Other& other) { return scored_locally(other.score); });
    }
    past.ledger.add_scanned(day, others[i]);
  }
  return past;
}

const DaySummary* RunContext::recorded(Date date) const {
  const auto found = std::find_if(past.summaries.begin(), past.summaries.end(),
                                  [&](const DaySummary& day) { return day.date == date; });
  return found == past.summaries.end() || !found->readable ? nullptr : &*found;
}

bool RunContext::is_recorded_as(Status status, Date date) const {
  const DaySummary* day = recorded(date);
  return day != nullptr && day->status == status;
}

std::optional<SettingsSnapshot> known_snapshot(const CommandContext& context) {
  auto kept = kept_snapshot(context.options.state);
  if (kept) return std::move(*kept);
  context.console.warning(kept.error());
  return std::nullopt;
}

Evidence read_evidence(const CommandContext& context, const Settings& settings, const Llm& llm, Date on,
                       RateLimitedClient* arxiv) {
  Errors faults;
  const Feedback feedback = read_feedback(context, settings.zotero, faults);
  warn_of_feedback(context, faults);
  const auto before = known_snapshot(context);
  // A day of the past has the topics of its time; that they have ended since is no edit. A clock that was ahead once
  // must not leave a snapshot of the future.
  const auto present = now();
  const bool is_past = before && on < before->since && present && new_york_date(*present) >= before->since;
  return {read_tastes(tastes(context, settings.arxiv, feedback, on, arxiv)),
          is_past ? *before : snapshot_after(before, settings, llm.asked_on(on).scores_hash, on), before.has_value()};
}

}  // namespace daybook
