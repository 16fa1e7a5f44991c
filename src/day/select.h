// Selects a day's papers from the scored ones, orders them, and says of each other paper why it is not shown.
//
// A paper is shown if it is by a followed author, or if its relevance and novelty reach the cut-offs; at most `at_most`
// are, the best first. A discarded paper is never shown on the strength of its estimated relevance: the scorer was sure
// enough that the LLM would not select it. A withdrawn paper is neither shown nor a near miss, and has no scores.
//
// The order is total (its last key is the id), so that equal scores never make two runs differ. Unknown scores count as
// 0; an unknown h-index passes the floor.
//
// The near misses let an owner judge the cut-offs and the cascade: they show the best papers that were read and missed,
// and the best that were never sent. All the rest goes into DATE.others.jsonl, each with its reason.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "day/day.h"

namespace daybook {

// Ledger knows which papers were shown, which were scanned and rejected, each since when, and which days saw them
// again. It is built from the archive's records, in any order, and answers relative to a day: a day never counts
// against itself, so that scoring a day again gives the same day.
class Ledger {
 public:
  void add(const Day& day);
  // The papers that the day scanned and did not show: its near misses and those of DATE.others.jsonl.
  void add_scanned(const Day& day, const std::vector<Other>& others);
  // The first day before `date` that showed the paper, if any.
  std::optional<Date> shown_before(const std::string& id, Date date) const;
  // Whether any other day shows it, earlier or later.
  bool shown_elsewhere(const std::string& id, Date date) const;
  // Whether a day before `date` scanned the paper and did not show it.
  bool rejected_before(const std::string& id, Date date) const;
  // The days whose records list the paper as announced again.
  std::set<Date> days_again(const std::string& id) const;

 private:
  std::unordered_map<std::string, Date> first_;     // shown
  std::unordered_map<std::string, Date> rejected_;  // when first
  std::unordered_map<std::string, std::set<Date>> again_;
};

// Adds to `day.topics` the names of the topics that its papers and near misses have.
void name_topics(Day& day, const std::vector<Topic>& topics);

// Other::reason of a withdrawn paper.
inline constexpr std::string_view withdrawn_reason = "withdrawn";

struct Scored {
  Paper paper;
  Score score;
};

// The settings that decide the order of papers and which of them are shown.
struct Ranking {
  Cutoffs cutoffs;
  int h_index_floor = 0;  // 0: none
};

// Best first: author matches, relevance + novelty (or `ranked_as` in their place), relevance, an h-index not below the
// floor, local score, id.
bool ranks_before(const Scored& a, const Scored& b, const Ranking& ranking);

struct Selection {
  std::vector<Entry> papers;
  // At most 20, each with its reason: the best that were read (12, or more if fewer were discarded) in rank order, then
  // the best that were discarded, by their local score.
  std::vector<Entry> near_misses;
  std::vector<Other> others;  // all that are not in `papers`, each with its reason; in rank order, withdrawn ones last
  int withdrawn = 0;          // how many of the others
};
Selection select(std::vector<Scored> scored, const Ranking& ranking, Date date);

}  // namespace daybook
