#include "rank/local_day.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "rank/local.h"
#include "rank/odds.h"

namespace daybook {

namespace {

// Fewer papers show nothing.
constexpr std::size_t papers_to_show_much = 100;
// What one of them counts beside the price of large weights: little, for its label is a guess.
constexpr double unlabelled_price = 0.1;
// How many are taken for wanted, and for unwanted. Half or twice as many wanted make little difference.
constexpr double wanted = 0.08;
constexpr double unwanted = 0.85;
// Of a paper at the edge of those: words cannot draw so fine a line.
constexpr double least_sure = 0.3;
// What is learned finds what the owner's words miss, and does not know which of the words were theirs: its part of a
// score, the rest is topic text's.
constexpr double learned_part = 0.8;

constexpr double opinions_to_trust = 10;
constexpr double shift_at_most = 1.5;  // of a decision value, whose "yes" and "no" are 2 apart
constexpr double opinion_price = 1;    // of missing one
// All papers that are held against the opinions count as much as this part of them.
constexpr double background_part = 0.5;

// What papers without labels show.
struct Unlabelled {
  std::vector<Features> papers;  // weighed
  std::vector<double> lexical;
  Rarity rarity;

  Unlabelled(const UnlabelledDay& today, std::span<const UnlabelledDay> recent) {
    for (const UnlabelledDay& day : recent) add(day);
    add(today);
    Frequencies frequencies;
    for (const Features& paper : papers) frequencies.count(paper);
    rarity = frequencies.rarity();
    for (Features& paper : papers) rarity.weigh(paper);
  }

 private:
  void add(const UnlabelledDay& day) {
    papers.insert(papers.end(), day.features.begin(), day.features.end());
    lexical.insert(lexical.end(), day.lexical.begin(), day.lexical.end());
  }
};

struct Scale {
  double mean = 0;
  double spread = 0;  // standard deviation

  explicit Scale(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    spread = std::sqrt(squares / count);
  }
};

// The best and the worst as papers to learn from: those at the ends are the surest. Equal scores are told apart by
// their order.
std::vector<TrainingExample> surest(const std::vector<Features>& papers, const std::vector<double>& odds) {
  std::vector<std::size_t> order(papers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return odds[a] > odds[b]; });
  std::vector<double> labels(papers.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double above = (static_cast<double>(rank) + 0.5) / static_cast<double>(order.size());  // part of the papers
    if (above < wanted) {
      labels[order[rank]] = 1 - (1 - least_sure) * above / wanted;
    } else if (1 - above < unwanted) {
      labels[order[rank]] = (1 - least_sure) * (1 - above) / unwanted - 1;
    }
  }
  std::vector<TrainingExample> examples;
  for (std::size_t i = 0; i < papers.size(); ++i)
    if (labels[i] != 0) examples.push_back({&papers[i], labels[i], unlabelled_price * std::abs(labels[i])});
  return examples;
}

// All papers, each with how far its topic text's score stands above the mean.
std::vector<TrainingExample> all_of(const std::vector<Features>& papers, const std::vector<double>& odds,
                                    const Scale& scale) {
  std::vector<TrainingExample> examples;
  for (std::size_t i = 0; i < papers.size(); ++i)
    examples.push_back({&papers[i], (odds[i] - scale.mean) / scale.spread, unlabelled_price});
  return examples;
}

// Learning without any label, for as long as nobody has said which papers were wanted: what topic text finds at the top
// and at the bottom of many papers shows which other words go with it. Each paper's score, of topic text and the
// learned. Two models, since each errs in its own way: one looks at the ends only, the other at all, the middle too.
// Self-training: Yarowsky, "Unsupervised Word Sense Disambiguation Rivaling Supervised Methods", 1995.
std::vector<double> self_trained(const std::vector<Features>& papers, const std::vector<double>& lexical) {
  std::vector<double> odds;
  for (const double score : lexical) odds.push_back(log_odds(score));
  const Scale scale(odds);
  if (!(scale.spread > 0)) return lexical;
  std::vector<double> learned(papers.size());  // standard deviations above the mean
  for (const Linear& model : {fit_classifier(surest(papers, odds)), fit_regression(all_of(papers, odds, scale))}) {
    std::vector<double> values;
    for (const Features& paper : papers) values.push_back(model.value(paper));
    const Scale own(values);
    for (std::size_t i = 0; i < papers.size() && own.spread > 0; ++i)
      learned[i] += (values[i] - own.mean) / own.spread / 2;
  }
  std::vector<double> scores;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    const double value = scale.mean + scale.spread * learned[i];
    scores.push_back(score_of_odds(learned_part * value + (1 - learned_part) * odds[i]));
  }
  return scores;
}

// What resembles the liked papers, against the other papers as they come: most of these the owner would pass over.
Linear learn_taste(const std::vector<Tasted>& tasted, const Unlabelled& unlabelled) {
  std::vector<Features> weighed;
  for (const Tasted& paper : tasted) {
    weighed.push_back(paper.features);
    unlabelled.rarity.weigh(weighed.back());
  }
  std::vector<TrainingExample> examples;
  bool any_liked = false;
  for (std::size_t i = 0; i < tasted.size(); ++i) {
    examples.push_back({&weighed[i], tasted[i].liked ? 1.0 : -1.0, opinion_price});
    any_liked = any_liked || tasted[i].liked;
  }
  const double each = opinion_price * background_part * static_cast<double>(tasted.size()) /
                      static_cast<double>(unlabelled.papers.size());
  for (const Features& paper : unlabelled.papers) examples.push_back({&paper, any_liked ? -1.0 : 1.0, each});
  return fit_classifier(examples);
}

// The same scores, given to the papers in another order: by `shifted`. So as many are shown, and sent to the LLM, as
// without a taste.
void reorder(std::vector<Score>& scores, const std::vector<double>& shifted) {
  std::vector<std::pair<std::optional<double>, std::optional<int>>> given;
  for (const Score& score : scores) given.emplace_back(score.local_score, score.relevance);
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(shifted[a], given[a].first) > std::pair(shifted[b], given[b].first);
  });
  std::sort(given.begin(), given.end(), std::greater<>());
  for (std::size_t rank = 0; rank < order.size(); ++rank)
    std::tie(scores[order[rank]].local_score, scores[order[rank]].relevance) = given[rank];
}

}  // namespace

void score_day_locally(std::vector<Score>& scores, const UnlabelledDay& today, std::span<const UnlabelledDay> recent,
                       const std::vector<Tasted>& tasted, const LocalModel& model) {
  if (scores.empty()) return;
  const Unlabelled unlabelled(today, recent);
  const std::size_t before = unlabelled.papers.size() - scores.size();
  if (unlabelled.papers.size() >= papers_to_show_much) {
    const std::vector<double> topical = self_trained(unlabelled.papers, unlabelled.lexical);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      scores[i].local_score = topical[before + i];
      scores[i].relevance = relevance_by_topics(topical[before + i]);
    }
  }
  const std::vector<Score> by_topics = scores;
  for (std::size_t i = 0; i < scores.size(); ++i) apply(model, today.features[i], 0, scores[i]);
  if (tasted.empty()) return;
  const Linear taste = learn_taste(tasted, unlabelled);
  const auto count = static_cast<double>(tasted.size());
  const double strength = shift_at_most * count / (count + opinions_to_trust);
  std::vector<double> shifted;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    Score to_taste = by_topics[i];
    const double shift = strength * std::clamp(taste.value(unlabelled.papers[before + i]), -1.0, 1.0);
    apply(model, today.features[i], shift, to_taste);
    shifted.push_back(to_taste.local_score.value_or(0));
  }
  reorder(scores, shifted);
}

}  // namespace daybook
