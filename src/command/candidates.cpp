#include "command/candidates.h"

#include <algorithm>
#include <set>

#include "paper/feed.h"

namespace daybook {

namespace {

int announced_count(const std::vector<Feed>& feeds) {
  std::vector<std::string> ids;
  for (const Feed& feed : feeds)
    for (const Paper& paper : feed.papers) ids.push_back(paper.id);
  std::sort(ids.begin(), ids.end());
  return static_cast<int>(std::unique(ids.begin(), ids.end()) - ids.begin());
}

// A new version is another text, and is scored anew.
bool is_another_text(const Paper& paper) {
  return paper.announce_type == AnnounceType::replace || paper.announce_type == AnnounceType::replace_cross;
}

}  // namespace

Candidates candidates_of(const Announced& announced, const ArxivSettings& arxiv, const Ledger& ledger) {
  Candidates candidates;
  Day& day = candidates.day;
  day.date = announced.date;
  day.counts.announced = announced_count(announced.feeds);
  for (const Feed& feed : announced.feeds)
    if (feed.cut_off) day.cut_off.push_back(feed.cut_off->what);
  for (Paper& paper : wanted_papers(announced.feeds, arxiv)) {
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
  std::set<std::string> known;
  for (const Paper& paper : fresh.papers) known.insert(paper.id);
  for (const Reappearance& paper : fresh.day.again) known.insert(paper.id);
  for (Paper& paper : kept->papers)
    if (known.insert(paper.id).second) fresh.papers.push_back(std::move(paper));
  for (Reappearance& paper : kept->day.again)
    if (known.insert(paper.id).second) fresh.day.again.push_back(std::move(paper));
  Counts& counts = fresh.day.counts;
  counts.announced = std::max(counts.announced, kept->day.counts.announced);
  counts.scanned = static_cast<int>(fresh.papers.size());
  counts.shown_before = static_cast<int>(fresh.day.again.size());
  if (kept->day.cut_off.empty()) fresh.day.cut_off.clear();  // together they are whole
  return fresh;
}

Result<Done> keep_candidates(const State& state, const Candidates& candidates) {
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

bool is_to_be_healed(Status status) {
  return status == Status::partial || status == Status::degraded || status == Status::local;
}

}  // namespace daybook
