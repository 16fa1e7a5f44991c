// Which days are taken up again.
#include "pipeline/day_job.h"

#include <algorithm>

namespace daybook {

std::optional<Candidates> kept_papers_of(const RunContext& run, Date date) {
  const auto day = run.archive.read(date);
  if (!day) return std::nullopt;  // the build names it
  auto kept = kept_candidates(run.state, date);
  const bool has_all = kept && static_cast<int>(kept->papers.size()) >= day->counts.scanned.value_or(0);
  return has_all ? std::move(kept) : std::nullopt;
}

std::optional<Candidates> papers_of(const RunContext& run, Date date) {
  if (auto kept = kept_papers_of(run, date)) return kept;
  auto recalled = recalled_candidates(run.context, run.settings.arxiv, run.arxiv, run.archive, date);
  if (recalled && !run.context.options.dry_run)
    if (const auto keeping = keep_candidates(run.state, *recalled); !keeping)
      run.context.console.warning(keeping.error());
  return recalled;
}

std::vector<Candidates> days_to_take_up(const RunContext& run) {
  std::vector<Candidates> days;
  const auto is_due = [&](Date date) { return date < run.on && date >= run.on - days_to_heal; };
  for (const Date date : run.state.candidate_dates())
    if (is_due(date) && !run.archive.has(date))
      if (auto candidates = kept_candidates(run.state, date)) days.push_back(std::move(*candidates));
  // What waits in a batch of a backfill is paid for.
  const auto waits = [&](Date date) {
    const auto& all = run.state.submissions();
    return std::any_of(all.begin(), all.end(),
                       [&](const Submission& one) { return one.date == date && one.is_open(); });
  };
  std::erase_if(days, [&](const Candidates& candidates) { return waits(candidates.day.date); });
  if (!run.llm.endpoint || run.outages.llm) return days;
  for (const DaySummary& day : run.summaries)
    if (day.readable && is_to_be_healed(day.status) && is_due(day.date) && !waits(day.date))
      if (auto candidates = papers_of(run, day.date)) days.push_back(std::move(*candidates));
  return days;
}

}  // namespace daybook
