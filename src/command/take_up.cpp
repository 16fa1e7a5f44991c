// Which days are taken up again.
#include "command/day_job.h"

#include <algorithm>

namespace daybook {

std::optional<Candidates> kept_papers_of(const Job& job, Date date) {
  const auto day = job.archive.read(date);
  if (!day) return std::nullopt;  // the build names it
  auto kept = kept_candidates(job.state, date);
  const bool has_all = kept && static_cast<int>(kept->papers.size()) >= day->counts.scanned.value_or(0);
  return has_all ? std::move(kept) : std::nullopt;
}

std::optional<Candidates> papers_of(const Job& job, Date date) {
  if (auto kept = kept_papers_of(job, date)) return kept;
  auto recalled = recalled_candidates(job.world, job.settings.arxiv, job.arxiv, job.archive, date);
  if (recalled && !job.world.options.dry_run)
    if (const auto keeping = keep_candidates(job.state, *recalled); !keeping)
      job.world.console.warning(keeping.error());
  return recalled;
}

std::vector<Candidates> days_to_take_up(const Job& job) {
  std::vector<Candidates> days;
  const auto is_due = [&](Date date) { return date < job.on && date >= job.on - days_to_heal; };
  for (const Date date : job.state.candidate_dates())
    if (is_due(date) && !job.archive.has(date))
      if (auto candidates = kept_candidates(job.state, date)) days.push_back(std::move(*candidates));
  // What waits in a batch of a backfill is paid for.
  const auto waits = [&](Date date) {
    const auto& all = job.state.submissions();
    return std::any_of(all.begin(), all.end(),
                       [&](const Submission& one) { return one.date == date && one.is_open(); });
  };
  std::erase_if(days, [&](const Candidates& candidates) { return waits(candidates.day.date); });
  if (!job.llm.endpoint || job.outages.llm) return days;
  for (const DaySummary& day : job.summaries)
    if (day.readable && is_to_be_healed(day.status) && is_due(day.date) && !waits(day.date))
      if (auto candidates = papers_of(job, day.date)) days.push_back(std::move(*candidates));
  return days;
}

}  // namespace daybook
