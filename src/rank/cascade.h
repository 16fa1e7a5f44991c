// The cascade decides which of a day's papers the LLM reads, once the local scorer can tell what it would turn down.
//
// A paper is sent if its local score reaches a threshold, if its author is followed, or at random: a share `explore` of
// the rest is sent too, without which the labels would come only from papers that the scorer likes already, and its
// mistakes would stay invisible.
//
// The threshold is the highest that sends `target_recall` of what the LLM would select, with 95 % confidence
// (rank/recall.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/date.h"
#include "rank/label_days.h"
#include "rank/recall.h"
#include "settings/settings.h"

namespace daybook {

// The labels that the cascade needs before it keeps any paper from the LLM.
inline constexpr int label_days_needed = 5;
inline constexpr int wanted_needed = 100;
// All papers are sent for this long after an edit of interests, prompt, cut-offs or model.
inline constexpr int days_sent_in_full = 7;

// CascadePolicy says which of a day's papers the LLM reads: those that score at or above `threshold`, or all of them,
// for the reason in `full`: "the LLM has read 3 days of the 5 that are needed".
struct CascadePolicy {
  std::optional<double> threshold;  // papers with a lower local score are discarded
  std::string full;
  std::optional<Certificate> certificate = {};  // of the 30 days before
};

struct DayToScore {
  Date date;
  Date since;                        // when the present interests, prompt, cut-offs and model came into force
  std::vector<double> local_scores;  // of its papers
};

// The day's policy, from the label days before it (ascending, at most 60 days old).
CascadePolicy cascade_policy(const DayToScore& today, std::span<const LabelDay> days, const ScoringSettings& settings);

// Sends all papers if less than a tenth of these local scores lies below the threshold: too little to be worth the
// misses.
CascadePolicy where_it_pays(CascadePolicy policy, const std::vector<double>& local_scores);

enum class Routing { sent, explored, discarded, withdrawn };
inline bool is_sent(Routing routing) { return routing == Routing::sent || routing == Routing::explored; }

// What decides besides the scores: chance and followed authors.
struct Exploration {
  Date date;
  double explore = 0;        // the share of papers below the threshold that is sent at random, 0-1
  bool always_sent = false;  // the paper is by a followed author
};

// The draw depends only on the day and the id, so that a repeated run draws the same papers.
Routing route(const CascadePolicy& policy, const Exploration& exploration, const Paper& paper, double local_score);

}  // namespace daybook
