// The cascade decides which of a day's papers the LLM reads, once the local scorer can tell what it would turn down.
//
// A paper is sent if its local score reaches a threshold, if its author is followed, or at random: a share `explore` of
// the rest is sent too, without which the labels would come only from papers that the scorer likes already, and its
// mistakes would stay invisible.
//
// The threshold is set so that about `target_recall` of what the LLM would select is sent. From the local scores that
// papers had before they were judged, a logistic regression on the score's log odds and their square estimates how
// likely a paper of each score is wanted (older days count less; an explored paper counts for those it stands for, but
// for no more than 8). Summed over all papers, judged or not, this gives how many wanted papers lie below each score.
//
// Decided against: the quantile of the selected papers' own scores, which is simpler. It never sees the discarded
// papers, and the threshold creeps upwards.
//
// On 18,318 papers of October to December 2025 (1,758 selected), learning only from papers that were sent, 38 % were
// sent, among them 98.1 % of those selected and 99.5 % of those with relevance 9 and more (docs/ranking.md).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/date.h"
#include "rank/label_days.h"

namespace daybook {

// The labels that the cascade needs before it keeps any paper from the LLM.
inline constexpr int label_days_needed = 5;
inline constexpr int wanted_needed = 100;
// All papers are sent for this long after an edit of interests, prompt, cut-offs or model.
inline constexpr int days_sent_in_full = 7;

// The local score (0-1) below which the share 1 - target_recall of the wanted papers lies, by the estimate above. Days
// ascending.
double threshold_for(std::span<const LabelDay> days, double target_recall);

// CascadePolicy says which of a day's papers the LLM reads: those that score at or above `threshold`, or all of them,
// for the reason in `full`: "the LLM has read 3 days of the 5 that are needed".
struct CascadePolicy {
  std::optional<double> threshold;  // papers with a lower local score are discarded
  std::string full;
};

// The policy of `date`, from the label days before it (ascending, at most 60 days old). `since`: when the present
// interests, prompt, cut-offs and model came into force.
CascadePolicy cascade_policy(Date date, Date since, std::span<const LabelDay> days, double target_recall);

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
