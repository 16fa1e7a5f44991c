#include "rank/recall.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "rank/odds.h"

namespace daybook {

namespace {

constexpr double confidence = 0.95;
constexpr double quantile = 1.6449;    // of the normal distribution, at that confidence on one side
constexpr double restraint = 1e-3;     // keeps the curve finite where scores tell wanted from unwanted without fault
constexpr int steps = 30;              // of Newton's method, which needs about ten
constexpr int halvings = 20;           // of a step that overshoots, and of a search
constexpr double least_score = 1e-4;   // scores have four decimals
constexpr double least_spread = 1e-6;  // of their logarithms
constexpr double most_log_odds = 30;

constexpr std::size_t terms_count = 4;  // of a cubic
using Vector = std::array<double, terms_count>;
using Matrix = std::array<Vector, terms_count>;

double product(const Vector& a, const Vector& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

Vector product(const Matrix& m, const Vector& v) {
  Vector result = {};
  for (std::size_t i = 0; i < terms_count; ++i) result[i] = product(m[i], v);
  return result;
}

Matrix diagonal(double value) {
  Matrix m = {};
  for (std::size_t i = 0; i < terms_count; ++i) m[i][i] = value;
  return m;
}

double variance(const Vector& slope, const Matrix& covariance) {
  return std::max(0.0, product(slope, product(covariance, slope)));
}

void add_square(Matrix& to, const Vector& v, double times) {
  for (std::size_t i = 0; i < terms_count; ++i)
    for (std::size_t j = 0; j < terms_count; ++j) to[i][j] += times * v[i] * v[j];
}

// Gauss and Jordan. The matrix is positive definite: no pivot is 0.
Matrix inverse(Matrix m) {
  Matrix inverted = diagonal(1);
  for (std::size_t i = 0; i < terms_count; ++i) {
    const double pivot = m[i][i];
    for (std::size_t j = 0; j < terms_count; ++j) {
      m[i][j] /= pivot;
      inverted[i][j] /= pivot;
    }
    for (std::size_t k = 0; k < terms_count; ++k) {
      if (k == i) continue;
      const double factor = m[k][i];
      for (std::size_t j = 0; j < terms_count; ++j) {
        m[k][j] -= factor * m[i][j];
        inverted[k][j] -= factor * inverted[i][j];
      }
    }
  }
  return inverted;
}

double log_of(double score) { return std::log(score > least_score ? std::min(score, 1.0) : least_score); }

struct Seen {
  double at = 0;  // logarithm of the local score
  bool wanted = false;
  double counts = 0;
};

std::vector<Seen> judged_in(std::span<const LabelDay> days) {
  std::vector<Seen> seen;
  for (std::size_t d = 0; d < days.size(); ++d)
    for (const JudgedPaper& paper : days[d].papers)
      if (paper.local_score) seen.push_back({log_of(*paper.local_score), paper.wanted, recency(d, days.size())});
  return seen;
}

// How likely a paper of each score is wanted, and how sure that is.
class Curve {
 public:
  explicit Curve(const std::vector<Seen>& seen) {
    standardize(seen);
    Vector gradient = {};
    Matrix bend = {};
    double fit = log_likelihood(seen, beta_);
    for (int step = 0; step < steps; ++step) {
      differentiate(seen, gradient, bend);
      const Vector change = product(inverse(bend), gradient);
      const double before = fit;
      double part = 1;
      for (int i = 0; i < halvings; ++i, part /= 2) {
        fit = log_likelihood(seen, moved(change, part));
        if (fit >= before) break;
      }
      if (!(fit > before)) break;
      beta_ = moved(change, part);
    }
    differentiate(seen, gradient, bend);
    set_covariance(seen, inverse(bend));
  }

  // Beyond the scores of judged papers the curve says nothing: there a paper is as likely wanted as at the last one.
  Vector terms(double at) const {
    const double z = (std::clamp(at, lowest_, highest_) - mean_) / spread_;
    return {1, z, z * z, z * z * z};
  }
  double likely(const Vector& terms) const { return probability(log_odds_of(beta_, terms)); }
  const Matrix& covariance() const { return covariance_; }

 private:
  static double log_odds_of(const Vector& beta, const Vector& terms) {
    return std::clamp(product(beta, terms), -most_log_odds, most_log_odds);
  }

  void standardize(const std::vector<Seen>& seen) {
    double count = 0, sum = 0, squares = 0;
    for (const Seen& one : seen) {
      count += one.counts;
      sum += one.counts * one.at;
    }
    if (count == 0) return;
    mean_ = sum / count;
    const auto [low, high] =
        std::minmax_element(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.at < b.at; });
    lowest_ = low->at;
    highest_ = high->at;
    for (const Seen& one : seen) squares += one.counts * (one.at - mean_) * (one.at - mean_);
    if (squares > count * least_spread * least_spread) spread_ = std::sqrt(squares / count);
  }

  Vector moved(const Vector& change, double part) const {
    Vector result = beta_;
    for (std::size_t i = 0; i < terms_count; ++i) result[i] += part * change[i];
    return result;
  }

  double log_likelihood(const std::vector<Seen>& seen, const Vector& beta) const {
    double sum = -restraint / 2 * product(beta, beta);
    for (const Seen& one : seen) {
      const double odds = log_odds_of(beta, terms(one.at));
      sum -= one.counts * std::log1p(std::exp(one.wanted ? -odds : odds));
    }
    return sum;
  }

  // Of the log likelihood: the gradient, and the second derivatives with the sign changed.
  void differentiate(const std::vector<Seen>& seen, Vector& gradient, Matrix& bend) const {
    bend = diagonal(restraint);
    for (std::size_t i = 0; i < terms_count; ++i) gradient[i] = -restraint * beta_[i];
    for (const Seen& one : seen) {
      const Vector x = terms(one.at);
      const double expected = likely(x);
      for (std::size_t i = 0; i < terms_count; ++i)
        gradient[i] += one.counts * ((one.wanted ? 1 : 0) - expected) * x[i];
      add_square(bend, x, one.counts * expected * (1 - expected));
    }
  }

  void set_covariance(const std::vector<Seen>& seen, const Matrix& bread) {
    Matrix filling = {};
    for (const Seen& one : seen) {
      const Vector x = terms(one.at);
      const double off = one.counts * ((one.wanted ? 1 : 0) - likely(x));
      add_square(filling, x, off * off);
    }
    for (std::size_t i = 0; i < terms_count; ++i)
      for (std::size_t j = 0; j < terms_count; ++j) covariance_[i][j] = product(bread[i], product(filling, bread[j]));
  }

  double mean_ = 0, spread_ = 1;  // of the logarithms
  double lowest_ = 0, highest_ = 0;
  Vector beta_ = {-2, 1, 0, 0};
  Matrix covariance_ = {};
};

// How many of some papers are wanted.
struct Sum {
  double expected = 0;
  double chance = 0;  // variance, if the curve were known
  Vector slope = {};  // by the curve's parameters

  void add(const Curve& curve, double score) {
    const Vector terms = curve.terms(log_of(score));
    const double likely = curve.likely(terms);
    const double bend = likely * (1 - likely);
    expected += likely;
    chance += bend;
    for (std::size_t i = 0; i < terms_count; ++i) slope[i] += bend * terms[i];
  }
};

// On a logarithmic scale: what is few errs further upwards than downwards.
double most_likely(double expected, double variance) {
  return expected > 0 ? expected * std::exp(quantile * std::sqrt(variance) / expected) : 0;
}

// The share of which at most so few would be wanted among those drawn, with 1 - confidence (Clopper and Pearson, 1934).
double most_wanted(int wanted, int drawn) {
  double low = 0, high = 1;
  for (int i = 0; i < 2 * halvings; ++i) {
    const double share = (low + high) / 2;
    double term = std::pow(1 - share, drawn);
    double at_most = 0;
    for (int k = 0; k <= wanted; ++k) {
      at_most += term;
      term *= share / (1 - share) * (drawn - k) / (k + 1);
    }
    (at_most > 1 - confidence ? low : high) = share;
  }
  return high;
}

double four_decimals(double share) { return std::floor(share * 1e4) / 1e4; }

}  // namespace

std::optional<Certificate> certificate_of(std::span<const LabelDay> days, Date date) {
  const Curve curve(judged_in(days));
  int sent = 0, explored = 0, explored_wanted = 0;
  double discarded = 0;
  Sum missed;
  for (const LabelDay& day : days) {
    if (day.date < date - days_certified || day.date >= date) continue;
    for (const JudgedPaper& paper : day.papers) {
      sent += paper.wanted ? 1 : 0;
      explored += is_explored(paper) ? 1 : 0;
      explored_wanted += is_explored(paper) && paper.wanted ? 1 : 0;
    }
    for (const double score : day.discarded) missed.add(curve, score);
    discarded += static_cast<double>(day.discarded.size());
  }
  if (explored < explored_needed || discarded == 0) return std::nullopt;
  const double most = most_likely(missed.expected, variance(missed.slope, curve.covariance()) + missed.chance);
  const auto recall = [&](double unseen) { return four_decimals(sent / (sent + unseen)); };
  return Certificate{recall(missed.expected), recall(std::min(discarded, most)),
                     recall(discarded * most_wanted(explored_wanted, explored)), explored};
}

double threshold_for(std::span<const LabelDay> days, const RecallGoal& goal) {
  std::vector<double> scores;  // of all papers, judged or not
  for (const LabelDay& day : days) {
    if (day.date <= days.back().date - days_certified) continue;
    for (const JudgedPaper& paper : day.papers)
      if (paper.local_score) scores.push_back(*paper.local_score);
    scores.insert(scores.end(), day.discarded.begin(), day.discarded.end());
  }
  std::sort(scores.begin(), scores.end());
  const Curve curve(judged_in(days));
  Sum all;
  for (const double score : scores) all.add(curve, score);
  // Not the first that breaks the bound: of the lowest scores little is known, and little depends on them.
  Sum below;
  double threshold = scores.empty() ? 0 : scores.front();
  for (const double score : scores) {
    const double share = below.expected / all.expected;
    Vector slope = {};  // of the share
    for (std::size_t i = 0; i < terms_count; ++i) slope[i] = (below.slope[i] - share * all.slope[i]) / all.expected;
    const double most = most_likely(share, variance(slope, curve.covariance()));
    if ((1 - goal.explore) * most <= 1 - goal.recall) threshold = score;
    below.add(curve, score);
  }
  return threshold;
}

}  // namespace daybook
