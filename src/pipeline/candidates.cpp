#include "pipeline/candidates.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "paper/merge.h"

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

bool is_to_be_rescored(Status status) {
  return status == Status::partial || status == Status::degraded || status == Status::local;
}

}  // namespace daybook
