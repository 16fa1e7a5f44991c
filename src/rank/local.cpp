#include "rank/local.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/text.h"
#include "paper/white_space.h"
#include "rank/lexicon.h"
#include "rank/odds.h"

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

// What makes a paper look new or not, in points: in an abstract; in a title it counts double.
constexpr std::array<std::pair<double, std::string_view>, 6> novelty_signs = {{
    {1.0,
     "new paradigm|novel paradigm|paradigm shift|novel theory|new theory|unified theory|for the first time|"
     "conventional wisdom|fundamentally new|long standing open problem|open question|new class of"},
    {0.5,
     "first theoretical|first principled|we prove|theorem|provably|rigorous|counterintuitive|surprising|surprisingly|"
     "rethinking|rethink|new perspective|fundamental limit|phase transition|scaling law|universality|new principle|"
     "theoretical framework|closed form|impossibility|unify|challenge the"},
    {0.25,
     "novel framework|novel architecture|new architecture|novel approach|we introduce|principled|from first "
     "principles"},
    {-0.5,
     "application of|case study|empirical study|comparative study|comparison of|we compare|real world application|"
     "existing methods|off the shelf|fine tune|fine tuned|ensemble|toolkit|open source library|software"},
    {-0.75,
     "benchmark|new dataset|dataset for|data collection|shared task|technical report|position paper|tutorial|"
     "reproducibility|replication"},
    {-1.5, "survey|systematic review|literature review|review of|overview of|taxonomy"},
}};

struct NoveltyTable {
  Phrases phrases;
  std::vector<double> points;

  NoveltyTable() {
    for (const auto& [worth, list] : novelty_signs)
      for (const auto phrase : split(list, '|'))
        if (phrases.add(phrase_of(phrase), static_cast<std::uint32_t>(points.size()))) points.push_back(worth);
  }
};

// A guess at how new a paper is, 2 to 9, from the words by which it presents itself. Weak, and meant to be: 5 or 6
// mostly. Of papers that an LLM selected it ranks the novelties alike (Spearman) by 0.27.
int guessed_novelty(const Text& title, const Text& abstract) {
  static const NoveltyTable table;
  // Each sign once, so that a paper which says "novel" in every sentence gains nothing by it.
  std::vector<double> met(table.points.size());
  for (const auto& [text, factor] : {std::pair(&abstract, 1.0), {&title, 2.0}})
    table.phrases.find(text->words.stems,
                       [&met, factor = factor](std::uint32_t sign, std::size_t, std::size_t) { met[sign] = factor; });
  double points = 5.5;
  for (std::size_t i = 0; i < met.size(); ++i) points += met[i] * table.points[i];
  return static_cast<int>(std::lround(std::clamp(points, 2.0, 9.0)));
}

constexpr std::size_t words_for = 5;
constexpr std::size_t words_against = 3;
constexpr double least_worth_naming = 0.02;  // below it a word decided nothing

// Why the local scorer judged as it did. Words stand as the paper has them, and nothing that is not there.
struct Comment {
  const Lexicon& lexicon;
  const Match& match;
  const Text& title;
  const Text& abstract;

  std::string words_as_written(const Hit& hit) const {
    const Text& text = hit.in_title ? title : abstract;
    const std::size_t begin = text.words.spans[hit.at].begin;
    const std::size_t end = text.words.spans[hit.at + hit.length - 1].end;
    return single_spaced(std::string_view(text.plain).substr(begin, end - begin));
  }

  // The words that counted most for the topic (or against all of them), the best first: "Quantization, Low-Rank in the
  // title; KV cache in the abstract". Empty where there is nothing to name.
  std::string named(int topic, std::size_t most) const {
    std::vector<std::pair<double, const Hit*>> reasons;
    for (const Hit& hit : match.hits)
      for (const Use& use : lexicon.uses(hit.term))
        if (const double worth = std::abs(use.weight) * hit.strength();
            use.topic == topic && worth >= least_worth_naming)
          reasons.emplace_back(worth, &hit);
    std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> in_title, in_abstract, seen;
    for (const auto& [worth, hit] : reasons) {
      if (seen.size() == most) break;
      std::string words = words_as_written(*hit);
      const std::string plain = folded(words);
      // "attention" says nothing beside "attention heads".
      const bool told = std::any_of(seen.begin(), seen.end(), [&](const std::string& other) {
        return other.find(plain) != other.npos || plain.find(other) != plain.npos;
      });
      if (told) continue;
      seen.push_back(plain);
      (hit->in_title ? in_title : in_abstract).push_back(std::move(words));
    }
    return (in_title.empty() ? "" : joined(in_title, ", ") + " in the title") +
           (in_title.empty() || in_abstract.empty() ? "" : "; ") +
           (in_abstract.empty() ? "" : joined(in_abstract, ", ") + " in the abstract");
  }

  // "Model Compression: Quantization, Low-Rank in the title; KV cache in the abstract. Against it: survey in the
  // title."
  std::string words(int topic, const Interests& interests) const {
    std::string out;
    if (topic == Use::every) {
      out = match.in_favour > 0 ? "No topic fits: too few of the topics' words are in the title and the abstract."
                                : "No topic fits: none of the topics' words is in the title or the abstract.";
    } else {
      out = interests.topics[static_cast<std::size_t>(topic)].name + ": " + named(topic, words_for) + ".";
    }
    const std::string against = named(Use::every, words_against);
    return against.empty() ? out : out + " Against it: " + against + ".";
  }
};

}  // namespace

int relevance_at(const std::array<double, 9>& least, double score) {
  return 1 + static_cast<int>(std::upper_bound(least.begin(), least.end(), score) - least.begin());
}

int relevance_by_topics(double score) { return relevance_at(least_score, score); }

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

  std::string slug(int topic) const {
    return topic == Use::every ? "" : interests.topics[static_cast<std::size_t>(topic)].slug;
  }
};

LocalScorer::LocalScorer(const Interests& interests) : model_(std::make_unique<const Model>(interests)) {}
LocalScorer::~LocalScorer() = default;
LocalScorer::LocalScorer(LocalScorer&&) noexcept = default;

Score LocalScorer::score(const Paper& paper) const {
  const Text title = read_text(paper.title);
  const Text abstract = read_text(paper.abstract);
  const Match match = model_->lexicon.match(title, abstract);
  const int topic = model_->best_topic(match);
  const double value = match.in_favour - against_worth * match.against;
  Score score;
  score.scorer = Scorer::local;
  score.local_score = score_of_odds(steepness * (value / passing(model_->lexicon.breadth()) - 1));
  score.relevance = relevance_by_topics(*score.local_score);
  score.novelty = guessed_novelty(title, abstract);
  score.topic = model_->slug(topic);
  score.comment = Comment{model_->lexicon, match, title, abstract}.words(topic, model_->interests);
  return score;
}

std::string LocalScorer::topic(const Paper& paper, const std::string& more) const {
  // What was said of the paper names its topic more plainly than its title does.
  const Text title = read_text(paper.title + ". " + more);
  return model_->slug(model_->best_topic(model_->lexicon.match(title, read_text(paper.abstract))));
}

}  // namespace daybook
