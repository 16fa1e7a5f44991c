// How much of what the LLM would select reaches it: an estimate, a lower bound, and the threshold that keeps the bound.
//
// Whether a paper is sent depends on its local score or on chance, not on what the LLM will say. So the papers that
// were judged show, without bias, how likely a paper of each score is wanted. A score means another thing from week to
// week, as the scorer learns and other papers come; so the curve goes by a paper's place among those of the last ten
// label days. It is a logistic regression on a parabola of the place's log odds, in which judged papers of 60 days
// count less the older they are. Summed over papers that were not judged, it tells how many wanted ones are among them.
// Its uncertainty is the sandwich estimator of the covariance (Huber, "The behavior of maximum likelihood estimates
// under nonstandard conditions", 1967), carried to the sum's logarithm by the delta method.
//
// Decided against, on the days of 2025 (docs/ranking.md): the score itself instead of the place, which expects twice as
// many misses as there are; explored papers weighted for those that they stand for, whose bound held in four months of
// five; explored papers alone, which never show more than 85 %.
#pragma once

#include <optional>
#include <span>

#include "core/date.h"
#include "rank/label_days.h"

namespace daybook {

// A certificate needs so many explored papers: fewer show nothing of the curve below the threshold.
inline constexpr int explored_needed = 30;
inline constexpr int days_certified = 30;

/// Certificate says what share of the papers that the LLM would select was sent to it in the 30 days before a date.
/// Shares are 0 to 1, with four decimals.
struct Certificate {
  double recall = 0;           // an estimate
  double least = 0;            // with 95 % confidence at least this
  double least_by_sample = 0;  // the same from the explored papers alone, whatever the curve is
  int explored = 0;
  bool operator==(const Certificate&) const = default;
};

// Days ascending. None: all papers were sent, or too few were explored.
std::optional<Certificate> certificate_of(std::span<const LabelDay> days, Date date);

// What a threshold shall keep, as shares 0 to 1.
struct RecallGoal {
  double recall = 0;   // of the wanted papers
  double explore = 0;  // of the papers below the threshold, sent all the same
};

// The highest threshold of the local score that would have sent, of the wanted papers of the last 30 days, the share
// goal.recall, with 95 % confidence in the curve. Chance is left out: over the months it evens out, and a month alone
// may have somewhat less. 0: nothing is below it. Days ascending; `today`: the local scores of the day's papers.
double threshold_for(std::span<const LabelDay> days, const RecallGoal& goal, std::span<const double> today);

}  // namespace daybook
