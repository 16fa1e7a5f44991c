// Papers of past days, and what an LLM said of them: what the local scorer learns from.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "rank/features.h"

namespace daybook {

struct JudgedPaper {
  std::string id;
  Features features;             // not weighed; empty where nothing is to be learned from its text
  bool wanted = false;           // its numbers reach the cut-offs
  std::optional<int> relevance;  // 1-10
  // How many papers it stands for: 1 for one that was sent like all others or for its score, more for one that was
  // drawn from among those to be discarded.
  double sample_weight = 1;
  // What the local scorer gave it before it was judged, 0-1.
  std::optional<double> local_score = {};
};

inline bool is_explored(const JudgedPaper& paper) { return paper.sample_weight > 1; }

// A label day: one of which an LLM read papers.
struct LabelDay {
  Date date;
  std::vector<JudgedPaper> papers;     // by id
  std::vector<double> discarded = {};  // local scores of those that it was not asked about
};

// What was selected alone, as imported days have it, tells nothing.
inline bool is_label_day(const LabelDay& day) {
  return std::any_of(day.papers.begin(), day.papers.end(), [](const JudgedPaper& paper) { return !paper.wanted; });
}

// Older papers are forgotten.
inline constexpr int days_learned = 60;

// How much day `d` of so many label days counts: half as much for every 30 that came after it.
inline double recency(std::size_t d, std::size_t days) { return std::exp2(-static_cast<double>(days - 1 - d) / 30); }

}  // namespace daybook
