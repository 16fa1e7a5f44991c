#include <algorithm>
#include <unordered_map>

#include "day/record_fields.h"
#include "legacy/merge.h"

namespace daybook {

namespace {

template <typename T>
void fill(T& known, const T& other) {
  if (!is_known(known)) known = other;
}

void fill_usage(std::optional<Usage>& known, const std::optional<Usage>& other) {
  fill(known, other);
  if (other) fill_unknown(*known, *other);
}

// Affiliations are parallel to the names: they are the other's only where the names are.
void fill_paper(Paper& known, const Paper& other) {
  const bool same_names = known.authors.empty() || known.authors == other.authors;
  std::vector<std::string> affiliations = known.affiliations;
  fill_unknown(known, other);
  if (!same_names) known.affiliations = std::move(affiliations);
}

void fill_score(Score& known, const Score& other) {
  const Score before = known;
  fill_unknown(known, other);
  // A threshold is one for the very score that stands beside it.
  if (before.local_score || known.scorer != other.scorer) known.threshold = before.threshold;
  if (known.scorer == other.scorer) return;
  // What is said of a scorer is true of that scorer only.
  known.scored_by = before.scored_by;
  known.reason = before.reason;
  known.rescored = before.rescored;
  known.suspected_injection = before.suspected_injection;
  known.ranked_as = before.ranked_as;
}

// Fills the entries from their namesakes in `other`, and appends those of `other` that neither list of the day has.
void fill_entries(std::vector<Entry>& known, const std::vector<Entry>& other, const std::vector<Entry>& elsewhere) {
  std::unordered_map<std::string_view, std::size_t> places;
  places.reserve(known.size());
  for (std::size_t i = 0; i < known.size(); ++i) places.emplace(known[i].paper.id, i);
  std::vector<Entry> added;
  for (const Entry& entry : other) {
    const auto place = places.find(entry.paper.id);
    if (place != places.end()) {
      fill_paper(known[place->second].paper, entry.paper);
      fill_score(known[place->second].score, entry.score);
      fill(known[place->second].missed, entry.missed);
    } else if (std::none_of(elsewhere.begin(), elsewhere.end(),
                            [&](const Entry& one) { return one.paper.id == entry.paper.id; })) {
      added.push_back(entry);
    }
  }
  std::move(added.begin(), added.end(), std::back_inserter(known));
}

template <typename Element, typename Key>
void append_missing(std::vector<Element>& known, const std::vector<Element>& other, Key key) {
  for (const Element& element : other) {
    const auto same = [&](const Element& one) { return key(one) == key(element); };
    if (std::none_of(known.begin(), known.end(), same)) known.push_back(element);
  }
}

// Of two readings the one with papers says how the day went, or else the one that knows how many there were.
bool says_more(const Day& a, const Day& b) {
  if (a.papers.empty() != b.papers.empty()) return b.papers.empty();
  const auto knows = [](const Day& day) { return day.counts.announced || day.counts.scanned; };
  return a.papers.empty() && knows(a) && !knows(b);
}

}  // namespace

Day merged(Day earlier, const Day& later) {
  if (says_more(later, earlier)) {
    earlier.status = later.status;
    earlier.why = later.why;
    earlier.cut_off = later.cut_off;
    earlier.counts.selected = later.counts.selected;
  }
  if (earlier.status == later.status) fill(earlier.why, later.why);
  fill_unknown(earlier.counts, later.counts);
  fill_usage(earlier.usage, later.usage);
  fill(earlier.cascade, later.cascade);
  fill(earlier.prompt, later.prompt);
  append_missing(earlier.topics, later.topics, [](const TopicName& topic) { return topic.slug; });
  const std::size_t before = earlier.papers.size();
  fill_entries(earlier.papers, later.papers, earlier.near_misses);
  fill_entries(earlier.near_misses, later.near_misses, earlier.papers);
  if (earlier.counts.selected && earlier.papers.size() > before)
    earlier.counts.selected = std::max(*earlier.counts.selected, static_cast<int>(earlier.papers.size()));
  append_missing(earlier.again, later.again, [](const Reappearance& paper) { return paper.id; });
  return earlier;
}

}  // namespace daybook
