// Which of a day's papers the LLM is asked about, where the local scorer can tell that it would turn down the rest.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/date.h"
#include "rank/label_days.h"

namespace daybook {

// What there must be before any paper is kept from the LLM.
inline constexpr int label_days_needed = 5;
inline constexpr int wanted_needed = 100;
// After an edit of interests, prompt, cut-offs or model everything is sent for so long.
inline constexpr int days_sent_in_full = 7;

// Which local score a paper needs to be sent to the LLM, so that of those that it would select few are missed.
// From the local scores that the papers of these label days (ascending) had before they were judged: how likely a paper
// of each score is wanted, fitted by logistic regression on the score's log odds and their square (older days counting
// less, papers that stand for others counting for them), gives how many wanted papers lie below each score, judged or
// not. The threshold is the score below which lies the part 1 - target_recall of them. The quantile of the wanted
// papers' own scores, which is simpler, sees none of those that were discarded, and creeps upwards.
double threshold_for(std::span<const LabelDay> days, double target_recall);

// A threshold, or why everything is sent, as a clause: "the cascade starts after 5 labelled days (3 so far)".
struct CascadePolicy {
  std::optional<double> threshold;  // papers with a lower local score are discarded
  std::string full;
};

// For `date`, from the label days before it (ascending, at most 60 days old). `since`: from when on the present
// interests, prompt, cut-offs and model are in force. Of the papers that the LLM would select, a part of
// `target_recall` is to be sent.
CascadePolicy cascade_policy(Date date, Date since, std::span<const LabelDay> days, double target_recall);

// Sends all after all where less than a tenth of these local scores lies below the threshold.
CascadePolicy where_it_pays(CascadePolicy policy, const std::vector<double>& local_scores);

enum class Routing { sent, explored, discarded, withdrawn };
inline bool is_sent(Routing routing) { return routing == Routing::sent || routing == Routing::explored; }

// What decides besides the scores.
struct Exploration {
  Date date;
  double explore = 0;        // of the papers below the threshold, so many are sent all the same
  bool always_sent = false;  // the paper is by an author whom its readers follow
};

// Which of those below is drawn depends on nothing but the day and the id, so that a repeated run draws the same.
Routing route(const CascadePolicy& policy, const Exploration& exploration, const Paper& paper, double local_score);

}  // namespace daybook
