#include "rank/cascade.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "rank/odds.h"
#include "rank/words.h"

namespace daybook {

namespace {

constexpr double least_kept = 0.1;  // of a day's papers, for the cascade to be worth it

bool is_drawn(const Exploration& exploration, const std::string& id) {
  std::uint64_t hash = hashed(exploration.date.iso() + ' ' + id);
  hash = (hash ^ (hash >> 32U)) * 0x9E3779B97F4A7C15U;
  hash ^= hash >> 29U;
  return static_cast<double>(hash >> 11U) * 0x1p-53 < exploration.explore;
}

// Scores from before a change were of other interests, where there are enough from after it.
std::span<const LabelDay> scored_alike(std::span<const LabelDay> days, Date since) {
  const auto first = std::find_if(days.begin(), days.end(), [&](const LabelDay& day) { return day.date >= since; });
  const auto after = static_cast<std::size_t>(days.end() - first);
  return after >= label_days_needed ? days.last(after) : days;
}

// A single wanted paper from below the threshold must not open the gate for weeks.
constexpr double sample_weight_max = 8;
constexpr int steps = 25;  // of Newton's method, which needs about ten
constexpr double longest_step = 1;
constexpr double restraint = 1e-3;  // keeps the curve finite where scores tell wanted from unwanted without fault

struct Seen {
  double at = 0;  // log odds of the local score
  bool wanted = false;
  double counts = 0;
};

// log odds of being wanted = a + b x + c x^2
using Curve = std::array<double, 3>;

double odds_at(const Curve& curve, double at) {
  return std::clamp(curve[0] + curve[1] * at + curve[2] * at * at, -30.0, 30.0);
}

double likely(const Curve& curve, double at) {
  // Beyond its turning point a parabola says nothing: more score is never less likely.
  if (curve[2] != 0) {
    const double turn = -curve[1] / (2 * curve[2]);
    at = curve[2] > 0 ? std::max(at, turn) : std::min(at, turn);
  }
  return probability(odds_at(curve, at));
}

using Matrix = std::array<std::array<double, 4>, 3>;  // three equations with their right sides

// Gauss and Jordan. The matrix is positive definite: no pivot is 0.
Curve solved(Matrix m) {
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      if (k == i) continue;
      const double factor = m[k][i] / m[i][i];
      for (std::size_t j = i; j < 4; ++j) m[k][j] -= factor * m[i][j];
    }
  }
  return {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
}

Curve newton_step(const Curve& curve, const std::vector<Seen>& seen) {
  Matrix m{};
  for (std::size_t i = 0; i < 3; ++i) {
    m[i][i] = restraint;
    m[i][3] = -restraint * curve[i];
  }
  for (const Seen& one : seen) {
    const Curve x = {1, one.at, one.at * one.at};
    const double expected = probability(odds_at(curve, one.at));
    const double slope = one.counts * ((one.wanted ? 1 : 0) - expected);
    const double bend = one.counts * expected * (1 - expected);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) m[i][j] += bend * x[i] * x[j];
      m[i][3] += slope * x[i];
    }
  }
  return solved(m);
}

Curve fitted(const std::vector<Seen>& seen) {
  Curve curve = {-2, 1, 0};
  for (int step = 0; step < steps; ++step) {
    const Curve change = newton_step(curve, seen);
    for (std::size_t i = 0; i < 3; ++i) curve[i] += std::clamp(change[i], -longest_step, longest_step);
  }
  return curve;
}

}  // namespace

double threshold_for(std::span<const LabelDay> days, double target_recall) {
  std::vector<Seen> judged;
  std::vector<std::pair<double, double>> all;  // score, and how much its day counts
  for (std::size_t d = 0; d < days.size(); ++d) {
    const double counts = recency(d, days.size());
    for (const JudgedPaper& paper : days[d].papers) {
      if (!paper.local_score) continue;
      judged.push_back(
          {log_odds(*paper.local_score), paper.wanted, counts * std::min(paper.sample_weight, sample_weight_max)});
      all.emplace_back(*paper.local_score, counts);
    }
    for (const double score : days[d].discarded) all.emplace_back(score, counts);
  }
  const Curve curve = fitted(judged);
  std::sort(all.begin(), all.end());
  double wanted = 0;
  for (auto& [score, counts] : all) {
    counts *= likely(curve, log_odds(score));
    wanted += counts;
  }
  double missed = 0;
  for (const auto& [score, expected] : all) {
    missed += expected;
    if (missed > (1 - target_recall) * wanted) return score;
  }
  return 0;
}

CascadePolicy cascade_policy(Date date, Date since, std::span<const LabelDay> days, double target_recall) {
  std::size_t wanted = 0;
  for (const LabelDay& day : days)
    wanted += static_cast<std::size_t>(
        std::count_if(day.papers.begin(), day.papers.end(), [](const JudgedPaper& paper) { return paper.wanted; }));
  if (days.size() < label_days_needed)
    return {std::nullopt, "the cascade starts after " + std::to_string(label_days_needed) + " labelled days (" +
                              std::to_string(days.size()) + " so far)"};
  if (wanted < wanted_needed)
    return {std::nullopt, "the cascade starts after " + std::to_string(wanted_needed) + " selected papers (" +
                              std::to_string(wanted) + " so far)"};
  if (date < since + days_sent_in_full)
    return {std::nullopt, "the interests, the prompt, the cut-offs or the model changed on " + since.iso()};
  return {std::round(threshold_for(scored_alike(days, since), target_recall) * 1e4) / 1e4, {}};
}

CascadePolicy where_it_pays(CascadePolicy policy, const std::vector<double>& local_scores) {
  if (!policy.threshold) return policy;
  const auto below =
      std::count_if(local_scores.begin(), local_scores.end(), [&](double score) { return score < *policy.threshold; });
  if (static_cast<double>(below) >= least_kept * static_cast<double>(local_scores.size())) return policy;
  return {std::nullopt, "only " + std::to_string(below) + " of " + std::to_string(local_scores.size()) +
                            " papers are clearly irrelevant"};
}

Routing route(const CascadePolicy& policy, const Exploration& exploration, const Paper& paper, double local_score) {
  if (!policy.threshold || local_score >= *policy.threshold) return Routing::sent;
  if (exploration.always_sent) return Routing::sent;
  return is_drawn(exploration, paper.id) ? Routing::explored : Routing::discarded;
}

}  // namespace daybook
