// Which days are taken up again, and what a run would ask.
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

Exit say_what_it_takes(const Job& job, const std::optional<Candidates>& today, const std::vector<Candidates>& older) {
  std::vector<Candidates> days = older;
  if (today) days.insert(days.begin(), *today);
  if (!job.llm.endpoint) job.world.console.print("papers are scored locally, at no cost");
  for (const Candidates& candidates : days) {
    const auto holder = read_holder(job, candidates.day.date);
    if (!holder) return job.world.fail(holder.error());
    if (!job.llm.endpoint || (*holder && is_settled(**holder, candidates, job.llm))) {
      job.world.console.print(candidates.day.date.iso() + ": " + counted(candidates.papers.size(), "paper", "papers") +
                              "; no request");
      continue;
    }
    Exchange known = *holder ? verdicts_in(**holder, candidates, job.settings, job.llm) : Exchange();
    job.world.console.print(dry_run(
        job.world, job.settings, job.llm, job.state,
        {candidates.day.date, job.on,
         sent_papers(triage_of(job, candidates, *holder, Reach::cascade), candidates.papers), std::move(known)}));
  }
  return exit_done;
}

}  // namespace daybook
