#include "rank/threshold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace daybook {

namespace {

constexpr double half_life = 30;  // label days
// A single wanted paper from below the threshold must not open the gate for weeks.
constexpr double stands_for_at_most = 8;
constexpr int steps = 25;  // of Newton's method, which needs about ten
constexpr double longest_step = 1;
constexpr double restraint = 1e-3;  // keeps the curve finite where scores tell wanted from unwanted without fault

double log_odds(double score) {
  const double inside = std::clamp(score, 1e-4, 1 - 1e-4);
  return std::log(inside / (1 - inside));
}

struct Seen {
  double at = 0;  // log odds of the local score
  bool wanted = false;
  double counts = 0;
};

// log odds of being wanted = a + b x + c x^2
using Curve = std::array<double, 3>;

double likely(const Curve& curve, double at) {
  // Beyond its turning point a parabola says nothing: more score is never less likely.
  if (curve[2] != 0) {
    const double turn = -curve[1] / (2 * curve[2]);
    at = curve[2] > 0 ? std::max(at, turn) : std::min(at, turn);
  }
  const double odds = std::clamp(curve[0] + curve[1] * at + curve[2] * at * at, -30.0, 30.0);
  return 1 / (1 + std::exp(-odds));
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
    const double odds = std::clamp(curve[0] * x[0] + curve[1] * x[1] + curve[2] * x[2], -30.0, 30.0);
    const double probability = 1 / (1 + std::exp(-odds));
    const double slope = one.counts * ((one.wanted ? 1 : 0) - probability);
    const double bend = one.counts * probability * (1 - probability);
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
    const double counts = std::exp2(-static_cast<double>(days.size() - 1 - d) / half_life);
    for (const Precedent& paper : days[d].papers) {
      if (!paper.local_score) continue;
      judged.push_back(
          {log_odds(*paper.local_score), paper.wanted, counts * std::min(paper.stands_for, stands_for_at_most)});
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

}  // namespace daybook
