#include "rank/local.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "core/text.h"
#include "rank/odds.h"

namespace daybook {

namespace {

// Papers without any of the owner's words that are assumed beside those that are there.
constexpr int assumed = 30;

// BM25's k1 and b, the usual ones.
constexpr double saturation = 1.2;
constexpr double length_part = 0.75;

constexpr double best_part = 0.08;  // of the papers, from which company is learned, ...
constexpr double best_least = 4;    // ... and so many besides, ...
constexpr double best_most = 0.3;   // ... at most
constexpr double worst_part = 0.9;
constexpr double least_sure = 0.3;      // what the last of the best counts, beside the first
constexpr double company_worth = 2;     // beside the words'
constexpr double company_papers = 100;  // of so many papers it has half of this worth

// A local score's log odds for one standard deviation.
constexpr double steepness = 1;
constexpr double even = 1.5;  // standard deviations above the mean that have a score of 0.5: about one in fifteen

// The share of papers that reach a relevance of 2, 3 .. 10.
constexpr std::array<double, 9> share_reaching = {0.8, 0.6, 0.4, 0.25, 1 / 8.0, 1 / 15.0, 1 / 40.0, 0.01, 1 / 300.0};

// About one keyword that few papers have. Among few papers no word can be that rare.
constexpr double evidence_needed = 4.5;
constexpr double evidence_of_rarest = 0.8;
constexpr int most_without_evidence = 5;
constexpr double topic_named = 0.3;  // of the evidence needed

constexpr std::size_t words_named = 5;
constexpr std::size_t words_named_against = 3;
constexpr double least_worth_naming = 1;     // below it a word decided nothing
constexpr double least_weight_naming = 0.5;  // a word out of a keyword says little without the rest

constexpr double opinions_to_trust = 10;
constexpr double shift_at_most = 1.5;  // of a decision value, whose "yes" and "no" are 2 apart
constexpr double opinion_price = 1;    // of missing one
// All papers that are held against the opinions count as much as this part of them.
constexpr double background_part = 0.5;

// Values of papers, and that of one without any of the owner's words.
struct Values {
  std::vector<double> of;
  double empty = 0;

  explicit Values(std::size_t papers) : of(papers) {}

  // Over these papers and the assumed ones.
  double mean() const {
    return (std::accumulate(of.begin(), of.end(), 0.0) + assumed * empty) / (static_cast<double>(of.size()) + assumed);
  }
  double variance() const {
    const double middle = mean();
    double squares = assumed * (empty - middle) * (empty - middle);
    for (const double value : of) squares += (value - middle) * (value - middle);
    return squares / (static_cast<double>(of.size()) + assumed);
  }

  // As multiples of `spread` above the mean.
  void standardize(double spread) {
    const double middle = mean();
    for (double& value : of) value = (value - middle) / spread;
    empty = (empty - middle) / spread;
  }
  void standardize() {
    const double spread = std::sqrt(variance());
    standardize(spread > 0 ? spread : 1);
  }

  std::vector<double> descending() const {
    std::vector<double> all = of;
    all.insert(all.end(), assumed, empty);
    std::sort(all.begin(), all.end(), std::greater<>());
    return all;
  }
};

// The papers among which a day is scored: those of the days before it, then its own.
class Window {
 public:
  Window(const Lexicon& lexicon, std::span<const PaperText> today, std::span<const ReadDay> recent)
      : having_(lexicon.terms().size()) {
    for (const ReadDay& day : recent)
      for (const PaperText& paper : day.papers) add(paper, day.is_whole);
    for (const PaperText& paper : today) add(paper, true);
  }

  const std::vector<const PaperText*>& papers() const { return papers_; }

  // What a hit is worth to a topic, or against all of them, whose use of its term has this weight.
  double worth(const PaperText& paper, const Hit& hit, double weight) const {
    const double mean = words_ / static_cast<double>(papers_.size());
    const double length = mean > 0 ? static_cast<double>(paper.length) / mean : 1;
    const double room = saturation * (1 - length_part + length_part * length);
    return weight * rarity(having_[hit.term]) * hit.times * (saturation + 1) / (hit.times + room);
  }

  // What a paper must be worth to its best topic to be shown.
  double evidence() const { return std::min(evidence_needed, evidence_of_rarest * rarity(1)); }

 private:
  void add(const PaperText& paper, bool is_whole) {
    ++counted_;
    for (const Hit& hit : paper.hits) ++having_[hit.term];
    if (!is_whole) return;
    papers_.push_back(&paper);
    words_ += static_cast<double>(paper.length);
  }

  // Robertson and Spärck Jones, 1976. 0 for a term that half of the papers have.
  double rarity(double having) const {
    return std::max(0.0, std::log((counted_ + assumed - having + 0.5) / (having + 0.5)));
  }

  std::vector<const PaperText*> papers_;
  std::vector<double> having_;  // papers that have each term
  double counted_ = 0;
  double words_ = 0;
};

// What the owner's words say of each paper.
struct ByWords {
  std::vector<Values> topics;
  Values against;
  std::vector<double> evidence;  // of each paper for its best topic

  ByWords(const Lexicon& lexicon, const Window& window, std::size_t topic_count)
      : topics(topic_count, Values(window.papers().size())), against(window.papers().size()) {
    for (std::size_t i = 0; i < window.papers().size(); ++i) {
      const PaperText& paper = *window.papers()[i];
      for (const Hit& hit : paper.hits)
        for (const Use& use : lexicon.terms()[hit.term])
          (use.topic == Use::every ? against : topics[static_cast<std::size_t>(use.topic)]).of[i] +=
              window.worth(paper, hit, use.weight);
      double best = 0;
      for (const Values& topic : topics) best = std::max(best, topic.of[i]);
      evidence.push_back(best);
    }
  }
};

// All topics and what speaks against them, as one value a paper. The topics become standardized, by a spread that among
// few papers is the topics' common one: of one paper each would have the same value.
Values combined(ByWords& words) {
  const std::size_t papers = words.against.of.size();
  double common = 0;
  for (const Values& topic : words.topics) common += topic.variance() / static_cast<double>(words.topics.size());
  if (common == 0) common = std::max(1.0, words.against.variance());
  const double own_part = static_cast<double>(papers) / static_cast<double>(papers + assumed);
  for (Values& topic : words.topics)
    topic.standardize(std::sqrt(own_part * topic.variance() + (1 - own_part) * common));
  words.against.standardize(std::sqrt(common));
  Values all(papers);
  for (std::size_t i = 0; i < papers; ++i) {
    double squares = 0;
    for (const Values& topic : words.topics) squares += std::pow(std::max(0.0, topic.of[i]), 2);
    all.of[i] = std::sqrt(squares) - words.against.of[i];
  }
  all.empty = -words.against.empty;
  all.standardize();
  return all;
}

// What each paper counts in the direction: the best by the words for it, 1 in all, the worst against it, -1 in all. A
// paper without any of the words is none of the best; where there are hardly others, there is no direction.
std::vector<double> parts_of_direction(const Values& values) {
  const std::vector<double>& by_words = values.of;
  std::vector<double> parts(by_words.size());
  const auto count = static_cast<double>(by_words.size());
  const auto fitting = static_cast<double>(
      std::count_if(by_words.begin(), by_words.end(), [&](double value) { return value > values.empty; }));
  if (fitting < best_least) return parts;
  const auto best = static_cast<std::size_t>(std::min({best_part * count + best_least, best_most * count, fitting}));
  const std::size_t worst = std::min(by_words.size() - best, static_cast<std::size_t>(worst_part * count));
  std::vector<std::size_t> order(by_words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return by_words[a] > by_words[b]; });
  double sum = 0;
  for (std::size_t place = 0; place < best; ++place) {
    const double behind = best > 1 ? static_cast<double>(place) / static_cast<double>(best - 1) : 0;
    sum += parts[order[place]] = 1 - (1 - least_sure) * behind;
  }
  for (double& part : parts) part /= sum;
  for (std::size_t place = by_words.size() - worst; place < by_words.size(); ++place)
    parts[order[place]] = -1 / static_cast<double>(worst);
  return parts;
}

// How much each paper has in common with those that the words put first, beside those that they put last. Features are
// weighed where they are used: copies of a month's would cost more than all the rest.
Values company_of(const std::vector<const PaperText*>& papers, const Values& by_words) {
  const std::vector<double> parts = parts_of_direction(by_words);
  Frequencies frequencies;
  for (const PaperText* paper : papers) frequencies.count(paper->features);
  const Rarity rarity = frequencies.rarity();
  const auto weighed = [&](const Feature& feature) {
    return static_cast<double>(feature.value * rarity.of[feature.bucket]);
  };
  std::vector<double> direction(buckets), lengths;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    double squares = 0;
    for (const Feature& feature : papers[i]->features) squares += weighed(feature) * weighed(feature);
    lengths.push_back(squares > 0 ? std::sqrt(squares) : 1);
    if (parts[i] == 0) continue;
    for (const Feature& feature : papers[i]->features)
      direction[feature.bucket] += parts[i] / lengths[i] * weighed(feature);
  }
  Values company(papers.size());
  for (std::size_t i = 0; i < papers.size(); ++i) {
    for (const Feature& feature : papers[i]->features)
      company.of[i] += direction[feature.bucket] * weighed(feature) / lengths[i];
    // Without its own part, which is its length squared.
    if (const double own = std::max(0.0, parts[i]); own < 1 && !papers[i]->features.empty())
      company.of[i] = (company.of[i] - own) / (1 - own);
  }
  return company;
}

// Local scores by words and company.
Values scores_of(const std::vector<const PaperText*>& papers, const Values& by_words) {
  Values company = company_of(papers, by_words);
  company.standardize();
  const auto count = static_cast<double>(papers.size());
  const double worth = company_worth * count / (count + company_papers);
  Values scores(papers.size());
  for (std::size_t i = 0; i < papers.size(); ++i) scores.of[i] = by_words.of[i] + worth * company.of[i];
  scores.empty = by_words.empty + worth * company.empty;
  scores.standardize();
  const auto score = [](double value) { return score_of_odds(steepness * (value - even)); };
  for (double& value : scores.of) value = score(value);
  scores.empty = score(scores.empty);
  return scores;
}

Values with_model(const LocalModel& model, const std::vector<const PaperText*>& papers, Values scores) {
  for (std::size_t i = 0; i < papers.size(); ++i) scores.of[i] = mixed(model, papers[i]->features, 0, scores.of[i]);
  scores.empty = mixed(model, {}, 0, scores.empty);
  return scores;
}

// So that each relevance is a place among the scores. Above 1: too few papers for anybody to reach it.
std::array<double, 9> least_by_place(const Values& scores) {
  const std::vector<double> all = scores.descending();
  std::array<double, 9> least = {};
  for (std::size_t i = 0; i < least.size(); ++i) {
    const auto reaching = static_cast<std::size_t>(share_reaching[i] * static_cast<double>(all.size()));
    // Equals that are too many for a place don't have it.
    const double next = all[reaching];
    const auto above = std::partition_point(all.begin(), all.end(), [&](double score) { return score > next; });
    least[i] = above == all.begin() ? 2 : *std::prev(above);
  }
  return least;
}

int relevance_at(const std::array<double, 9>& least, double score) {
  return 1 + static_cast<int>(std::upper_bound(least.begin(), least.end(), score) - least.begin());
}

// What resembles the liked papers, against the other papers as they come: most of these the owner would pass over.
struct Taste {
  Rarity rarity;
  Linear wanted;

  Taste(std::span<const Tasted> tasted, const std::vector<const PaperText*>& papers) {
    std::vector<Features> weighed;
    for (const Tasted& paper : tasted) weighed.push_back(paper.features);
    for (const PaperText* paper : papers) weighed.push_back(paper->features);
    Frequencies frequencies;
    for (const PaperText* paper : papers) frequencies.count(paper->features);
    rarity = frequencies.rarity();
    for (Features& paper : weighed) rarity.weigh(paper);
    const bool any_liked = std::any_of(tasted.begin(), tasted.end(), [](const Tasted& paper) { return paper.liked; });
    const double each =
        opinion_price * background_part * static_cast<double>(tasted.size()) / static_cast<double>(papers.size());
    std::vector<TrainingExample> examples;
    for (std::size_t i = 0; i < weighed.size(); ++i) {
      if (i < tasted.size()) {
        examples.push_back({&weighed[i], tasted[i].liked ? 1.0 : -1.0, opinion_price});
      } else {
        examples.push_back({&weighed[i], any_liked ? -1.0 : 1.0, each});
      }
    }
    wanted = fit_classifier(examples);
  }

  double value(Features features) const {
    rarity.weigh(features);
    return std::clamp(wanted.value(features), -1.0, 1.0);
  }
};

// The scores of the day's papers, those from `first` on, as the owner's taste moves them.
std::vector<double> to_taste(const Background& background, const std::vector<const PaperText*>& papers,
                             const std::vector<double>& by_topics, std::size_t first) {
  static const LocalModel nothing_learned;
  const LocalModel& model = background.model != nullptr ? *background.model : nothing_learned;
  const Taste taste(background.tasted, papers);
  const auto opinions = static_cast<double>(background.tasted.size());
  const double strength = shift_at_most * opinions / (opinions + opinions_to_trust);
  std::vector<double> shifted;
  for (std::size_t i = first; i < papers.size(); ++i)
    shifted.push_back(mixed(model, papers[i]->features, strength * taste.value(papers[i]->features), by_topics[i]));
  return shifted;
}

// The same scores, given to the papers in another order: by `shifted`. So as many are shown, and sent to the LLM, as
// without a taste. A relevance above `most_without_evidence` stays with those that may have it.
void reorder(std::vector<Score>& scores, const std::vector<double>& shifted, const std::vector<bool>& has_evidence) {
  std::vector<double> given;
  std::vector<int> high, low;
  for (const Score& score : scores) {
    given.push_back(*score.local_score);
    (*score.relevance > most_without_evidence ? high : low).push_back(*score.relevance);
  }
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(shifted[a], given[a]) > std::pair(shifted[b], given[b]);
  });
  std::sort(given.begin(), given.end(), std::greater<>());
  std::sort(high.begin(), high.end(), std::greater<>());
  std::sort(low.begin(), low.end(), std::greater<>());
  std::size_t next_high = 0, next_low = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    Score& score = scores[order[rank]];
    score.local_score = given[rank];
    const bool is_high = has_evidence[order[rank]] && next_high < high.size();
    score.relevance = is_high ? high[next_high++] : low[next_low++];
  }
}

// Why the local scorer judged as it did, by words that are in the paper and in the interests.
struct Comment {
  const Lexicon& lexicon;
  const Window& window;
  const PaperText& paper;

  // The words that counted most for the topic (or against all of them), the best first: "Quantization, Low-Rank in the
  // title; KV cache in the abstract". Empty where there is nothing to name.
  std::string named(int topic, std::size_t most) const {
    std::vector<std::tuple<bool, double, const Hit*>> reasons;
    for (const Hit& hit : paper.hits)
      for (const Use& use : lexicon.terms()[hit.term])
        if (use.topic == topic)
          reasons.emplace_back(use.weight >= least_weight_naming && hit.words.size() > 2,
                               window.worth(paper, hit, use.weight), &hit);
    std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) {
      return std::tie(std::get<0>(a), std::get<1>(a)) > std::tie(std::get<0>(b), std::get<1>(b));
    });
    std::vector<std::string> in_title, in_abstract, seen;
    for (const auto& [is_telling, worth, hit] : reasons) {
      const bool needed = topic != Use::every && seen.empty();  // a topic without any word would be a riddle
      if (seen.size() == most || (!needed && (!is_telling || worth < least_worth_naming))) break;
      const std::string plain = folded(hit->words);
      // "attention" says nothing beside "attention heads".
      const bool told = std::any_of(seen.begin(), seen.end(), [&](const std::string& other) {
        return other.find(plain) != other.npos || plain.find(other) != plain.npos;
      });
      if (told) continue;
      seen.push_back(plain);
      (hit->in_title ? in_title : in_abstract).push_back(hit->words);
    }
    return (in_title.empty() ? "" : joined(in_title, ", ") + " in the title") +
           (in_title.empty() || in_abstract.empty() ? "" : "; ") +
           (in_abstract.empty() ? "" : joined(in_abstract, ", ") + " in the abstract");
  }

  // "Model Compression: Quantization, Low-Rank in the title; KV cache in the abstract. Against it: survey in the
  // title."
  std::string words(int topic, const Interests& interests) const {
    const auto is_for = [&](const Hit& hit) { return lexicon.terms()[hit.term].front().topic != Use::every; };
    std::string out;
    if (topic == Use::every) {
      out = std::any_of(paper.hits.begin(), paper.hits.end(), is_for)
                ? "No topic fits: too few of the topics' words are in the title and the abstract."
                : "No topic fits: none of the topics' words is in the title or the abstract.";
    } else {
      out = interests.topics[static_cast<std::size_t>(topic)].name + ": " + named(topic, words_named) + ".";
    }
    const std::string against = named(Use::every, words_named_against);
    return against.empty() ? out : out + " Against it: " + against + ".";
  }
};

// The topic that a paper fits best, if it has some of its words.
int best_topic(const ByWords& words, std::size_t paper, double evidence) {
  int topic = Use::every;
  double best = 0;
  if (words.evidence[paper] < topic_named * evidence) return topic;
  for (std::size_t t = 0; t < words.topics.size(); ++t) {
    if (words.topics[t].of[paper] <= best) continue;
    best = words.topics[t].of[paper];
    topic = static_cast<int>(t);
  }
  return topic;
}

}  // namespace

LocalScorer::LocalScorer(const Interests& interests) : interests_(interests), lexicon_(interests) {}

PaperText LocalScorer::read(const Paper& paper) const {
  const Text title = read_text(paper.title);
  const Text abstract = read_text(paper.abstract);
  return {lexicon_.find(title, abstract), title.words.stems.size() + abstract.words.stems.size(),
          features_of(title.words.stems, abstract.words.stems, paper.categories)};
}

std::string LocalScorer::topic(const PaperText& paper) const {
  const Window window(lexicon_, std::span(&paper, 1), {});
  ByWords words(lexicon_, window, interests_.topics.size());
  combined(words);
  return slug_of(best_topic(words, 0, window.evidence()));
}

std::string LocalScorer::slug_of(int topic) const {
  return topic == Use::every ? "" : interests_.topics[static_cast<std::size_t>(topic)].slug;
}

std::vector<Score> LocalScorer::score(std::span<const PaperText> papers, const Background& background) const {
  if (papers.empty()) return {};
  const Window window(lexicon_, papers, background.recent);
  ByWords words(lexicon_, window, interests_.topics.size());
  const Values by_topics = scores_of(window.papers(), combined(words));
  Values scores = by_topics;
  std::optional<std::array<double, 9>> least;
  if (background.model != nullptr) {
    scores = with_model(*background.model, window.papers(), std::move(scores));
    least = background.model->least_score;
  }
  const bool by_place = !least;
  if (by_place) least = least_by_place(scores);
  const std::size_t first = window.papers().size() - papers.size();
  std::vector<Score> result;
  std::vector<bool> has_evidence;
  for (std::size_t i = first; i < scores.of.size(); ++i) {
    Score& score = result.emplace_back();
    score.scorer = Scorer::local;
    score.local_score = scores.of[i];
    score.relevance = relevance_at(*least, scores.of[i]);
    has_evidence.push_back(!by_place || words.evidence[i] >= window.evidence());
    if (!has_evidence.back()) score.relevance = std::min(*score.relevance, most_without_evidence);
    const int topic = best_topic(words, i, window.evidence());
    score.topic = slug_of(topic);
    score.comment = Comment{lexicon_, window, papers[i - first]}.words(topic, interests_);
  }
  if (!background.tasted.empty())
    reorder(result, to_taste(background, window.papers(), by_topics.of, first), has_evidence);
  return result;
}

}  // namespace daybook
