#include <algorithm>
#include <unordered_map>

#include "legacy/merge.h"

namespace daybook {

namespace {

template <typename T>
void fill(std::optional<T>& known, const std::optional<T>& other) {
  if (!known) known = other;
}
template <typename List>
void fill(List& known, const List& other) {
  if (known.empty()) known = other;
}

void fill_counts(Counts& known, const Counts& other) {
  fill(known.announced, other.announced);
  fill(known.scanned, other.scanned);
  fill(known.shown_before, other.shown_before);
  fill(known.selected, other.selected);
  fill(known.withdrawn, other.withdrawn);
}

void fill_usage(std::optional<Usage>& known, const std::optional<Usage>& other) {
  fill(known, other);
  if (!other) return;
  fill(known->model, other->model);
  fill(known->requests, other->requests);
  fill(known->prompt_tokens, other->prompt_tokens);
  fill(known->cached_tokens, other->cached_tokens);
  fill(known->completion_tokens, other->completion_tokens);
  fill(known->reasoning_tokens, other->reasoning_tokens);
  fill(known->prompt_cost, other->prompt_cost);
  fill(known->completion_cost, other->completion_cost);
  fill(known->cost, other->cost);
}

void fill_paper(Paper& known, const Paper& other) {
  if (known.version == 0) known.version = other.version;
  fill(known.title, other.title);
  // Affiliations are parallel to the names: they are the other's only where the names are.
  if (known.authors.empty()) known.authors = other.authors;
  if (known.affiliations.empty() && known.authors == other.authors) known.affiliations = other.affiliations;
  fill(known.abstract, other.abstract);
  fill(known.categories, other.categories);
  fill(known.listed_in, other.listed_in);
  fill(known.announce_type, other.announce_type);
  fill(known.comments, other.comments);
  fill(known.journal_ref, other.journal_ref);
  fill(known.doi, other.doi);
  fill(known.license, other.license);
  fill(known.published, other.published);
}

void fill_score(Score& known, const Score& other) {
  // A threshold is one for the very score that stands beside it.
  if (!known.local_score && known.scorer == other.scorer) fill(known.threshold, other.threshold);
  fill(known.relevance, other.relevance);
  fill(known.novelty, other.novelty);
  fill(known.comment, other.comment);
  fill(known.topic, other.topic);
  fill(known.local_score, other.local_score);
  fill(known.namesake, other.namesake);
  fill(known.h_index, other.h_index);
  // What is said of a scorer is true of that scorer only.
  if (known.scorer != other.scorer) return;
  fill(known.scored_by, other.scored_by);
  fill(known.reason, other.reason);
  fill(known.rescored, other.rescored);
  fill(known.suspected_injection, other.suspected_injection);
  fill(known.ranked_as, other.ranked_as);
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
  fill_counts(earlier.counts, later.counts);
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
