// Scores from 0 to 1, and their log odds, which add up and spread evenly.
#pragma once

#include <algorithm>
#include <cmath>

namespace daybook {

// Those of 0 and 1 are finite; what is no number counts as 0.
inline double log_odds(double score) {
  const double inside = score > 1e-4 ? std::min(score, 1 - 1e-4) : 1e-4;
  return std::log(inside / (1 - inside));
}

inline double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

// With four decimals: a record shows it, and mathematical libraries differ in the last bits.
inline double score_of_odds(double log_odds) { return std::round(probability(log_odds) * 1e4) / 1e4; }

}  // namespace daybook
