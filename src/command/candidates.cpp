#include "command/candidates.h"

#include <algorithm>

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
    } else {
      candidates.papers.push_back(std::move(paper));
    }
  }
  day.counts.scanned = static_cast<int>(candidates.papers.size());
  day.counts.shown_before = static_cast<int>(day.again.size());
  return candidates;
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
