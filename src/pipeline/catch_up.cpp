#include "pipeline/catch_up.h"

#include <algorithm>
#include <set>

#include "pipeline/missed.h"

namespace daybook {

namespace {

bool is_unsettled_on(const RunContext& run, Date date) {
  const DaySummary* day = run.recorded(date);
  return !date.is_weekend() && day != nullptr && day->unsettled && day->status != Status::lost;
}

void warn(const RunContext& run, const std::string& what) {
  run.console.warning(
      {Kind::failed, {}, what, "nothing: later runs try again, for " + std::to_string(rescore_days) + " days"});
}

// After weeks without a run: what no run fetches by itself any more.
void warn_of_older_gap(const RunContext& run) {
  const Date window = run.on - rescore_days;
  std::optional<Date> newest;  // that is recorded, before the day of the run
  for (const DaySummary& day : run.past.summaries)
    if (day.date < run.on && (!newest || day.date > *newest)) newest = day.date;
  if (!newest || *newest >= window - 1) return;
  const std::string range = (*newest + 1).iso() + " --to " + (window - 1).iso();
  run.console.warning({Kind::failed,
                       {},
                       "no run was made from " + (*newest + 1).iso() + " on; days before " + window.iso() +
                           " do not come back by themselves",
                       "daybook backfill --from " + range + " fetches them (on GitHub: Actions, Backfill)"});
}

// The weekdays of the last two weeks, oldest first, of which there is neither a record nor candidates: no run saw their
// announcement. Not those before the archive's first day.
std::vector<Date> missed_days(const RunContext& run) {
  const Date window = run.on - rescore_days;
  std::set<Date> recorded;
  bool older = false;
  for (const DaySummary& day : run.past.summaries) {
    if (day.date < run.on && day.date >= window) recorded.insert(day.date);
    older = older || day.date < window;
  }
  std::vector<Date> missed;
  if ((recorded.empty() && !older) || !wants_submissions(run.settings.arxiv) || run.settings.arxiv.categories.empty())
    return missed;
  for (Date day = older ? window : *recorded.begin(); day < run.on; day = day + 1)
    if (!day.is_weekend() && recorded.count(day) == 0 && !kept_candidates(run.state, day)) missed.push_back(day);
  return missed;
}

}  // namespace

std::vector<Candidates> catch_up(RunContext& run) {
  warn_of_older_gap(run);
  std::vector<Candidates> completed;
  if (!wants_submissions(run.settings.arxiv) || run.settings.arxiv.categories.empty()) return completed;
  const std::vector<Date> days = missed_days(run);
  std::optional<Group> group;
  if (!days.empty()) group.emplace(run.console, "Fetching " + counted(days.size(), "missed day", "missed days"));
  MissedDays missed(run);
  // In their order, since what one day has is not the next one's; but quiet days last: a holiday's papers are those of
  // the day after it.
  std::vector<Date> order, quiet;
  for (Date date = run.on - rescore_days; date < run.on; date = date + 1)
    (run.is_recorded_as(Status::quiet, date) ? quiet : order).push_back(date);
  order.insert(order.end(), quiet.begin(), quiet.end());
  for (const Date date : order) {
    if (std::find(days.begin(), days.end(), date) != days.end()) {
      if (const auto fetched = missed.fetch(date); !fetched) warn(run, "a run was missed: " + fetched.error().what);
    } else if (is_unsettled_on(run, date)) {
      auto whole = missed.complete(date);
      if (!whole) warn(run, date.iso() + " can't be completed now: " + whole.error().what);
      if (whole && *whole) completed.push_back(std::move(**whole));
    }
    if (!missed.answered()) break;
  }
  return completed;
}

// Holidays come in twos at times, and a weekend may lie before them.
void fetch_last_announcement(RunContext& run) {
  constexpr int days_back = 7;
  if (!wants_submissions(run.settings.arxiv) || run.settings.arxiv.categories.empty()) return;
  const Group group(run.console, "Fetching the last announcement");
  MissedDays missed(run);
  for (Date day = run.on - 1; day >= run.on - days_back; day = day - 1) {
    if (day.is_weekend()) continue;
    const auto fetched = missed.fetch(day);
    const auto candidates = kept_candidates(run.state, day);
    if (fetched && candidates && !candidates->papers.empty()) return;
    if (!fetched) run.console.say(fetched.error().what);
    if (!missed.answered()) return;
  }
}

}  // namespace daybook
