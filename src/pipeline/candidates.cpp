#include "pipeline/candidates.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "paper/merge.h"
#include "pipeline/fetch.h"

namespace daybook {

namespace {

int announced_count(const std::vector<Feed>& feeds) {
  std::vector<std::string> ids;
  for (const Feed& feed : feeds)
    for (const Paper& paper : feed.papers) ids.push_back(paper.id);
  std::sort(ids.begin(), ids.end());
  return static_cast<int>(std::unique(ids.begin(), ids.end()) - ids.begin());
}

// Feeds of no category have no count: that they broke off stands here alone.
void note_doubts(Day& day, const std::vector<Feed>& feeds) {
  day.cut_off = doubts_of(day.categories);
  for (const Feed& feed : feeds) {
    const auto names = [&](const CategoryCount& count) { return count.category == feed.category; };
    if (feed.cut_off && std::none_of(day.categories.begin(), day.categories.end(), names))
      day.cut_off.push_back(feed.cut_off->what);
  }
}

// A new version is another text, and is scored anew.
bool is_another_text(const Paper& paper) {
  return paper.announce_type == AnnounceType::replace || paper.announce_type == AnnounceType::replace_cross;
}

// What the record has in full, and from arXiv the rest: state/ has forgotten them.
Result<std::vector<Paper>> recalled_papers(const RunContext& run, const Day& day) {
  const auto others = run.archive.read_others(day.date);
  if (!others) return others.error();
  std::vector<Paper> papers;
  std::set<std::string> known;
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) {
      known.insert(entry.paper.id);
      papers.push_back(entry.paper);
    }
  std::vector<std::string> missing;
  for (const Other& other : *others)
    if (known.count(other.id) == 0) missing.push_back(other.id);
  if (missing.empty()) return papers;
  const Group group(run.console, "Fetching the papers of " + day.date.iso() + " again");
  const auto fetched = fetch_papers(run, run.settings.arxiv, run.arxiv, missing);
  if (!fetched) return fetched.error();
  if (fetched->size() < missing.size())
    return Error{Kind::later,
                 {},
                 "arXiv has only " + std::to_string(fetched->size()) + " of " + std::to_string(missing.size()) +
                     " papers that were asked for",
                 ""};
  papers.insert(papers.end(), fetched->begin(), fetched->end());
  return papers;
}

}  // namespace

Candidates candidates_of(Date date, Coverage coverage, const ArxivSettings& arxiv, const Ledger& ledger) {
  Candidates candidates;
  Day& day = candidates.day;
  day.date = date;
  day.counts.announced = announced_count(coverage.feeds);
  day.categories = std::move(coverage.categories);
  note_doubts(day, coverage.feeds);
  for (Paper& paper : wanted_papers(coverage.feeds, arxiv)) {
    if (const auto first = ledger.shown_before(paper.id, day.date)) {
      day.again.push_back({paper.id, paper.version, paper.title, paper.announce_type, *first});
    } else if (is_another_text(paper) || !ledger.rejected_before(paper.id, day.date)) {
      candidates.papers.push_back(std::move(paper));
    }
  }
  day.counts.scanned = static_cast<int>(candidates.papers.size());
  day.counts.shown_before = static_cast<int>(day.again.size());
  return candidates;
}

Candidates merged(Candidates fresh, std::optional<Candidates> kept) {
  if (!kept) return fresh;
  std::map<std::string, Paper*> known;
  for (Paper& paper : fresh.papers) known[paper.id] = &paper;
  for (const Reappearance& paper : fresh.day.again) known[paper.id] = nullptr;
  std::vector<Paper> others;
  int added = 0;
  for (Paper& paper : kept->papers) {
    const auto [place, is_other] = known.emplace(paper.id, nullptr);
    if (is_other)
      others.push_back(std::move(paper));
    else if (place->second != nullptr && place->second->version < paper.version)
      *place->second = std::move(paper);
  }
  added += static_cast<int>(others.size());
  std::move(others.begin(), others.end(), std::back_inserter(fresh.papers));
  for (Reappearance& paper : kept->day.again)
    if (known.emplace(paper.id, nullptr).second) {
      fresh.day.again.push_back(std::move(paper));
      ++added;
    }
  Counts& counts = fresh.day.counts;
  counts.announced = std::max(counts.announced.value_or(0) + added, kept->day.counts.announced.value_or(0));
  counts.scanned = static_cast<int>(fresh.papers.size());
  counts.shown_before = static_cast<int>(fresh.day.again.size());
  fresh.day.categories = merged(std::move(fresh.day.categories), kept->day.categories);
  if (!fresh.day.categories.empty()) {
    fresh.day.cut_off = doubts_of(fresh.day.categories);
  } else if (kept->day.cut_off.empty()) {
    fresh.day.cut_off.clear();  // together they are whole
  }
  return fresh;
}

Result<bool> keep_candidates(const State& state, const Candidates& candidates) {
  Day day = candidates.day;
  day.status = Status::local;  // as a record must say something
  for (const Paper& paper : candidates.papers) day.papers.push_back({paper, {}, day.date});
  return state.keep_candidates(day);
}

std::optional<Candidates> kept_candidates(const State& state, Date date) {
  auto day = state.candidates(date);
  if (!day) return std::nullopt;
  Candidates candidates;
  for (Entry& entry : day->papers) candidates.papers.push_back(std::move(entry.paper));
  day->papers.clear();
  candidates.day = std::move(*day);
  return candidates;
}

bool is_to_be_rescored(Status status) {
  return status == Status::partial || status == Status::degraded || status == Status::local;
}

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
                         date.iso() + " can't be rescored now: " + papers.error().what,
                         "no action needed: later runs try again for " + std::to_string(rescore_days) + " days"});
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
  const auto& batches = run.state.batch_jobs();
  // What waits in a batch of a backfill is paid for.
  const auto is_due = [&](Date date) {
    return date < run.on && date >= run.on - rescore_days &&
           std::none_of(batches.begin(), batches.end(),
                        [&](const BatchJob& batch) { return batch.date == date && batch.is_open(); });
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
