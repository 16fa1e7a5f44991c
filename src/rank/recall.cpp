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
constexpr double least_place = 1e-3;   // from either end
constexpr double least_spread = 1e-6;  // of the places' log odds
constexpr std::size_t days_compared = 10;
constexpr double most_log_odds = 30;

constexpr std::size_t terms_count = 3;  // of a parabola
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

// The local scores among which a paper has its place.
class Places {
 public:
  // Of day `last` of the days and those before it, and of some more scores.
  Places(std::span<const LabelDay> days, std::size_t last, std::span<const double> more)
      : scores_(more.begin(), more.end()) {
    for (std::size_t d = last - std::min(last, days_compared - 1); d <= last && d < days.size(); ++d) {
      for (const JudgedPaper& paper : days[d].papers)
        if (paper.local_score) scores_.push_back(*paper.local_score);
      scores_.insert(scores_.end(), days[d].discarded.begin(), days[d].discarded.end());
    }
    std::sort(scores_.begin(), scores_.end());
  }

  // 0 to 1, the best last.
  double of(double score) const {
    const auto [low, high] = std::equal_range(scores_.begin(), scores_.end(), score);
    const auto twice = static_cast<double>((low - scores_.begin()) + (high - scores_.begin()));
    return twice / 2 / static_cast<double>(scores_.size());
  }

  double score_at(double place) const {
    if (scores_.empty()) return 0;
    const auto at = static_cast<std::size_t>(place * static_cast<double>(scores_.size()));
    return scores_[std::min(at, scores_.size() - 1)];
  }

 private:
  std::vector<double> scores_;
};

struct Judged {
  double place = 0;
  bool wanted = false;
  bool is_explored = false;
};

// A label day by places instead of scores. What has no score is left out.
struct PlacedDay {
  Date date;
  std::vector<Judged> judged;
  std::vector<double> discarded;
};

std::vector<PlacedDay> placed(std::span<const LabelDay> days) {
  std::vector<PlacedDay> all;
  for (std::size_t d = 0; d < days.size(); ++d) {
    const Places places(days, d, {});
    PlacedDay& day = all.emplace_back();
    day.date = days[d].date;
    for (const JudgedPaper& paper : days[d].papers)
      if (paper.local_score) day.judged.push_back({places.of(*paper.local_score), paper.wanted, is_explored(paper)});
    for (const double score : days[d].discarded) day.discarded.push_back(places.of(score));
  }
  return all;
}

struct Seen {
  double at = 0;  // log odds of the place
  bool wanted = false;
  double counts = 0;
};

double log_odds_at(double place) { return log_odds(std::clamp(place, least_place, 1 - least_place)); }

std::vector<Seen> judged_in(const std::vector<PlacedDay>& days) {
  std::vector<Seen> seen;
  for (std::size_t d = 0; d < days.size(); ++d)
    for (const Judged& paper : days[d].judged)
      seen.push_back({log_odds_at(paper.place), paper.wanted, recency(d, days.size())});
  return seen;
}

// How likely a paper at each place is wanted, and how sure that is.
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

  // Beyond the places of judged papers the curve says nothing: there a paper is as likely wanted as at the last one.
  Vector terms(double at) const {
    const double z = (std::clamp(at, lowest_, highest_) - mean_) / spread_;
    return {1, z, z * z};
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

  double mean_ = 0, spread_ = 1;  // of the log odds
  double lowest_ = 0, highest_ = 0;
  Vector beta_ = {-2, 1, 0};
  Matrix covariance_ = {};
};

// How many of some papers are wanted.
struct Sum {
  double expected = 0;
  double chance = 0;  // variance, if the curve were known
  Vector slope = {};  // by the curve's parameters

  void add(const Curve& curve, double place) {
    const Vector terms = curve.terms(log_odds_at(place));
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

std::optional<Certificate> certificate_of(std::span<const LabelDay> label_days, Date date) {
  const std::vector<PlacedDay> days = placed(label_days);
  const Curve curve(judged_in(days));
  int sent = 0, explored = 0, explored_wanted = 0;
  double discarded = 0;
  Sum missed;
  for (const PlacedDay& day : days) {
    if (day.date < date - days_certified || day.date >= date) continue;
    for (const Judged& paper : day.judged) {
      sent += paper.wanted ? 1 : 0;
      explored += paper.is_explored ? 1 : 0;
      explored_wanted += paper.is_explored && paper.wanted ? 1 : 0;
    }
    for (const double place : day.discarded) missed.add(curve, place);
    discarded += static_cast<double>(day.discarded.size());
  }
  if (explored < explored_needed || discarded == 0) return std::nullopt;
  const double most = most_likely(missed.expected, variance(missed.slope, curve.covariance()) + missed.chance);
  const auto recall = [&](double unseen) { return four_decimals(sent / (sent + unseen)); };
  return Certificate{recall(missed.expected), recall(std::min(discarded, most)),
                     recall(discarded * most_wanted(explored_wanted, explored)), explored};
}

double threshold_for(std::span<const LabelDay> label_days, const RecallGoal& goal, std::span<const double> today) {
  const std::vector<PlacedDay> days = placed(label_days);
  std::vector<double> places;  // of all papers, judged or not
  for (const PlacedDay& day : days) {
    if (day.date <= days.back().date - days_certified) continue;
    for (const Judged& paper : day.judged) places.push_back(paper.place);
    places.insert(places.end(), day.discarded.begin(), day.discarded.end());
  }
  if (places.empty()) return 0;
  std::sort(places.begin(), places.end());
  const Curve curve(judged_in(days));
  Sum all;
  for (const double place : places) all.add(curve, place);
  // Not the first that breaks the bound: of the lowest little is known, and little depends on them.
  Sum below;
  double threshold = 0;
  for (const double place : places) {
    const double share = below.expected / all.expected;
    Vector slope = {};  // of the share
    for (std::size_t i = 0; i < terms_count; ++i) slope[i] = (below.slope[i] - share * all.slope[i]) / all.expected;
    const double most = most_likely(share, variance(slope, curve.covariance()));
    if ((1 - goal.explore) * most <= 1 - goal.recall) threshold = place;
    below.add(curve, place);
  }
  // The day's own papers and those of the days before it.
  const std::size_t before = label_days.size() - std::min(label_days.size(), days_compared - 1);
  return Places(label_days.subspan(before), label_days.size() - before, today).score_at(threshold);
}

}  // namespace daybook
