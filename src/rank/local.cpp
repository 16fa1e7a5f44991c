#include "rank/local.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "rank/comment.h"
#include "rank/lexicon.h"
#include "rank/match.h"
#include "rank/novelty.h"

namespace daybook {

namespace {

constexpr double against_worth = 0.6;  // of a word against, beside one for

// The value of a paper that should just be shown depends on how many words there are to meet: an owner with six topics
// of a dozen keywords has more met by chance than one with a single topic.
double passing(double breadth) { return 0.28 + 0.079 * breadth; }

// Of the passing value, what a topic must reach to be named.
constexpr double fits = 0.3;

// The score at the passing value is 0.5. The steps were set so that on days of machine learning papers, with the
// settings we ship, 7 and more are 6 or 7 papers in 100, 8 and more 2 or 3, 9 and more 1, 10 one in 500.
constexpr double steepness = 1.5;
constexpr std::array<double, 9> least_score = {0.12, 0.19, 0.25, 0.31, 0.39, 0.5, 0.65, 0.76, 0.88};  // of 2, 3 .. 10

double score_of(double value, double breadth) {
  const double relative = value / passing(breadth);
  const double score = 1 / (1 + std::exp(-steepness * (relative - 1)));
  return std::round(score * 1e4) / 1e4;  // a record shows it, and mathematical libraries differ in the last bits
}

}  // namespace

int relevance_by_topics(double score) {
  const auto above = std::upper_bound(least_score.begin(), least_score.end(), score);
  return 1 + static_cast<int>(above - least_score.begin());
}

struct LocalScorer::Model {
  Interests interests;
  Lexicon lexicon;

  explicit Model(const Interests& wanted) : interests(wanted), lexicon(wanted) {}

  // The topic that fits best: its value beside what it takes to meet it. Of equals the first.
  int best_topic(const Match& match) const {
    int best = Use::every;
    double most = fits;
    for (std::size_t t = 0; t < match.for_topic.size(); ++t) {
      const double relative = match.for_topic[t] / passing(lexicon.breadth(t));
      if (relative > most) {
        most = relative;
        best = static_cast<int>(t);
      }
    }
    return best;
  }
};

LocalScorer::LocalScorer(const Interests& interests) : model_(std::make_unique<const Model>(interests)) {}
LocalScorer::~LocalScorer() = default;
LocalScorer::LocalScorer(LocalScorer&&) noexcept = default;

Score LocalScorer::score(const Paper& paper) const {
  const Text title = read_text(paper.title);
  const Text abstract = read_text(paper.abstract);
  const Match met = match(model_->lexicon, model_->interests.topics.size(), title, abstract);
  const int topic = model_->best_topic(met);
  Score score;
  score.scorer = Scorer::local;
  score.local_score = score_of(met.in_favour - against_worth * met.against, model_->lexicon.breadth());
  score.relevance = relevance_by_topics(*score.local_score);
  score.novelty = guessed_novelty(title.words, abstract.words);
  if (topic != Use::every) score.topic = model_->interests.topics[static_cast<std::size_t>(topic)].slug;
  score.comment = local_comment(model_->lexicon, model_->interests, met, topic, title, abstract);
  return score;
}

std::string LocalScorer::topic(const Paper& paper, const std::string& more) const {
  // What was said of the paper names its topic more plainly than its title does.
  const Text title = read_text(paper.title + ". " + more);
  const Text abstract = read_text(paper.abstract);
  const int topic = model_->best_topic(match(model_->lexicon, model_->interests.topics.size(), title, abstract));
  return topic == Use::every ? "" : model_->interests.topics[static_cast<std::size_t>(topic)].slug;
}

}  // namespace daybook
