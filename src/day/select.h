// From scored papers to a day.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "day/day.h"

namespace daybook {

// Which papers were shown, and which were scanned, and when first; and which days saw them again. Built from the
// archive's records, in any order.
class Ledger {
 public:
  void add(const Day& day);
  // What the day scanned and did not show: its near misses and those of DATE.others.jsonl.
  void add_scanned(const Day& day, const std::vector<Other>& others);
  // The first day before `date` that showed the paper, if any. A day never counts against itself.
  std::optional<Date> shown_before(const std::string& id, Date date) const;
  // Whether another day than this one shows it, be it earlier or later.
  bool shown_elsewhere(const std::string& id, Date date) const;
  // Whether a day before `date` scanned the paper and did not show it.
  bool rejected_before(const std::string& id, Date date) const;
  // The days whose records have named the paper among those that came again.
  std::set<Date> days_again(const std::string& id) const;

 private:
  std::unordered_map<std::string, Date> first_;     // shown
  std::unordered_map<std::string, Date> rejected_;  // when first
  std::unordered_map<std::string, std::set<Date>> again_;
};

// Puts into `day.topics` the names of those topics that its papers and near misses have, besides those that are there.
void name_topics(Day& day, const std::vector<Topic>& topics);

// Other::reason of a withdrawn paper.
inline constexpr std::string_view withdrawn_reason = "withdrawn";

struct Scored {
  Paper paper;
  Score score;
};

// What the settings have to say on the order of papers, and on which of them are shown.
struct Ranking {
  Cutoffs cutoffs;
  int h_index_floor = 0;  // 0: none
};

// Author matches first, then relevance + novelty (or what the paper is ranked as in place of them), relevance, an h-index that is not below the floor (an unknown one is
// not), local score, id: a total order, best first.
bool ranks_before(const Scored& a, const Scored& b, const Ranking& ranking);

struct Selection {
  std::vector<Entry> papers;
  // 20 at most, with why they were missed: the best that were read (12, more where fewer were discarded), in rank
  // order, then the best that were discarded, by their local score.
  std::vector<Entry> near_misses;
  std::vector<Other> others;  // all that are not in `papers`, with the reason; in rank order, withdrawn ones last
  int withdrawn = 0;          // of the others
};
// A withdrawn paper is neither shown nor a near miss, whoever wrote it, and has no scores.
Selection select(std::vector<Scored> scored, const Ranking& ranking, Date date);

}  // namespace daybook
