#include "pipeline/rescore.h"

#include <algorithm>
#include <set>

#include "pipeline/fetch.h"

namespace daybook {

namespace {

// What the record has in full, and the ids of the rest. Nothing where they can't be told.
struct RecordedPapers {
  std::vector<Paper> papers;
  std::vector<std::string> missing;
};

Result<RecordedPapers> papers_in(const RunContext& run, const Day& day) {
  const auto others = run.archive.read_others(day.date);
  if (!others) return others.error();
  RecordedPapers recorded;
  std::set<std::string> known;
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) {
      known.insert(entry.paper.id);
      recorded.papers.push_back(entry.paper);
    }
  for (const Other& other : *others)
    if (known.count(other.id) == 0) recorded.missing.push_back(other.id);
  return recorded;
}

// Where state/ has forgotten them.
Result<std::vector<Paper>> recalled_papers(const RunContext& run, const Day& day) {
  auto recorded = papers_in(run, day);
  if (!recorded) return recorded.error();
  if (recorded->missing.empty()) return std::move(recorded->papers);
  const Group group(run.console, "Fetching the papers of " + day.date.iso() + " again");
  const auto fetched = fetch_papers(run, run.settings.arxiv, run.arxiv, recorded->missing);
  if (!fetched) return fetched.error();
  if (fetched->size() < recorded->missing.size())
    return Error{Kind::later,
                 {},
                 "arXiv has only " + std::to_string(fetched->size()) + " of " +
                     std::to_string(recorded->missing.size()) + " papers that were asked for",
                 ""};
  recorded->papers.insert(recorded->papers.end(), fetched->begin(), fetched->end());
  return std::move(recorded->papers);
}

}  // namespace

std::optional<Candidates> kept_papers_of(const RunContext& run, Date date) {
  const auto day = run.archive.read(date);
  if (!day) return std::nullopt;  // the build names it
  auto kept = kept_candidates(run.state, date);
  const bool has_all = kept && static_cast<int>(kept->papers.size()) >= day->counts.scanned.value_or(0);
  return has_all ? std::move(kept) : std::nullopt;
}

std::optional<Candidates> papers_of(const RunContext& run, Date date) {
  if (auto kept = kept_papers_of(run, date)) return kept;
  auto day = run.archive.read(date);
  if (!day) return std::nullopt;
  auto papers = recalled_papers(run, *day);
  if (!papers) {
    run.console.warning({Kind::failed,
                         {},
                         date.iso() + " can't be scored again now: " + papers.error().what,
                         "nothing: later runs try again, for " + std::to_string(rescore_days) + " days"});
    return std::nullopt;
  }
  Candidates candidates;
  candidates.papers = std::move(*papers);
  candidates.day.date = date;
  candidates.day.counts = day->counts;
  candidates.day.categories = std::move(day->categories);
  candidates.day.cut_off = std::move(day->cut_off);
  candidates.day.again = std::move(day->again);
  if (!run.options.dry_run)
    if (const auto kept = keep_candidates(run.state, candidates); !kept) run.console.warning(kept.error());
  return candidates;
}

std::vector<Candidates> days_to_rescore(const RunContext& run) {
  const auto& batches = run.state.submissions();
  // What waits in a batch of a backfill is paid for.
  const auto is_due = [&](Date date) {
    return date < run.on && date >= run.on - rescore_days &&
           std::none_of(batches.begin(), batches.end(),
                        [&](const Submission& batch) { return batch.date == date && batch.is_open(); });
  };
  std::vector<Candidates> days;
  const auto add = [&](std::optional<Candidates> candidates) {
    if (candidates) days.push_back(std::move(*candidates));
  };
  for (const Date date : run.state.candidate_dates())
    if (is_due(date) && !run.archive.has(date)) add(kept_candidates(run.state, date));
  if (!run.llm.endpoint || run.outages.llm) return days;
  for (const DaySummary& day : run.past.summaries)
    if (day.readable && is_to_be_rescored(day.status) && is_due(day.date)) add(papers_of(run, day.date));
  return days;
}

void leave_out_shown(const RunContext& run, Candidates& candidates) {
  Day& day = candidates.day;
  const auto left_out = static_cast<int>(std::erase_if(
      candidates.papers, [&](const Paper& paper) { return run.past.ledger.shown_elsewhere(paper.id, day.date); }));
  // A record that has them counts them; one of less papers would not take its place.
  if (left_out == 0 || run.archive.has(day.date)) return;
  day.counts.scanned = static_cast<int>(candidates.papers.size());
  day.counts.shown_before = day.counts.shown_before.value_or(0) + left_out;
}

}  // namespace daybook
