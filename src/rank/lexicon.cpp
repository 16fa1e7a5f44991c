#include "rank/lexicon.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "core/text.h"
#include "rank/vocabulary.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// What things are worth beside a keyword, whose worth is 1. Near these the order of papers hardly changes; they were
// settled on days that an LLM had judged.
constexpr double keyword_least = 0.3;   // a keyword of common words is still the owner's
constexpr double longer_phrase = 0.25;  // for each word more: "language model" says more than "model"
constexpr double related_to_keyword = 0.5;
constexpr double related_to_prose = 0.4;
constexpr double word_of_prose = 0.3;
constexpr double pair_of_prose = 0.5;
constexpr double skip_prose = 0.5;  // of all the above, in what a topic skips

constexpr double title_worth = 3;    // times in the abstract
constexpr double half_strength = 4;  // of the whole worth at so many times

// Where a term comes from, the weakest first: of two for one phrase the stronger decides.
enum class Origin { prose, related, keyword };

struct Draft {
  Origin origin = Origin::prose;
  double weight = 0;
};

// For each phrase a draft for each topic. A map, so that sums have one order.
using Drafts = std::map<Phrase, std::map<int, Draft>>;

double worth(const Phrase& phrase) {
  double most = 0;
  for (const Stem stem : phrase) most = std::max(most, rarity(stem));
  return std::min(1.0, most + longer_phrase * static_cast<double>(phrase.size() - 1));
}

// "Mixture of Experts (MoE)" are two ways to say it, and so is "sparse/sparsity".
std::vector<Phrase> alternatives(std::string keyword) {
  for (char& c : keyword)
    if (std::string_view("()/,").find(c) != std::string_view::npos) c = ';';
  std::vector<Phrase> phrases;
  for (const std::string_view part : split(keyword, ';')) phrases.push_back(phrase_of(part));
  return phrases;
}

bool contains(const Phrase& text, const Phrase& part) {
  return !part.empty() && std::search(text.begin(), text.end(), part.begin(), part.end()) != text.end();
}

class Drafting {
 public:
  // A keyword and what it brings with it. `sign`: 1 for the topic, -1 against it.
  void keyword(std::string_view text, int topic, double sign) {
    for (const Phrase& phrase : alternatives(plain_text(text))) {
      put(phrase, topic, {Origin::keyword, sign * std::max(keyword_least, worth(phrase))});
      related(phrase, topic, sign * related_to_keyword);
    }
  }

  // Sentences on what to keep or skip: their words and pairs of words, and what they bring with them.
  void prose(std::string_view text, int topic, double sign) {
    const std::vector<Stem> stems = words(plain_text(text)).stems;
    for (std::size_t i = 0; i < stems.size(); ++i) {
      if (stems[i] == sentence_end) continue;
      put({stems[i]}, topic, {Origin::prose, sign * word_of_prose * rarity(stems[i])});
      if (i + 1 == stems.size() || stems[i + 1] == sentence_end) continue;
      const Phrase pair = {stems[i], stems[i + 1]};
      put(pair, topic, {Origin::prose, sign * pair_of_prose * worth(pair)});
    }
    related(stems, topic, sign * related_to_prose);
  }

  // What speaks for a topic does not speak against papers, unless the owner says so by a keyword; then it no longer
  // speaks for the topic.
  Drafts settled() {
    for (auto& [phrase, by_topic] : drafts_) {
      const auto against = by_topic.find(Use::every);
      if (against == by_topic.end() || by_topic.size() == 1) continue;
      const Draft verdict = against->second;
      const bool outweighs = std::all_of(by_topic.begin(), by_topic.end(), [&](const auto& entry) {
        return entry.first == Use::every || entry.second.origin < verdict.origin;
      });
      if (outweighs) {
        by_topic = {{Use::every, verdict}};
      } else {
        by_topic.erase(against);
      }
    }
    return std::move(drafts_);
  }

 private:
  void put(const Phrase& phrase, int topic, Draft draft) {
    if (phrase.empty() || phrase.size() > longest_phrase) return;
    const auto [at, is_new] = drafts_[phrase].try_emplace(topic, draft);
    Draft& held = at->second;
    const auto strength = [](const Draft& d) { return std::tuple(d.origin, d.weight > 0, std::abs(d.weight)); };
    if (!is_new && strength(draft) > strength(held)) held = draft;
  }

  void related(const Phrase& text, int topic, double weight) {
    for (const Relation& relation : relations()) {
      const auto names_it = [&](const Phrase& head) { return contains(text, head); };
      if (std::none_of(relation.heads.begin(), relation.heads.end(), names_it)) continue;
      for (const Phrase& phrase : relation.related) put(phrase, topic, {Origin::related, weight * worth(phrase)});
    }
  }

  Drafts drafts_;
};

Drafts drafted(const Interests& interests) {
  Drafting drafting;
  for (std::size_t t = 0; t < interests.topics.size(); ++t) {
    const Topic& topic = interests.topics[t];
    const int index = static_cast<int>(t);
    drafting.keyword(topic.name, index, 1);
    for (const auto& keyword : topic.keywords) drafting.keyword(keyword, index, 1);
    drafting.prose(topic.keep, index, 1);
    // What one topic skips is hardly wanted by another, where that does not ask for it itself.
    drafting.prose(topic.skip, Use::every, -skip_prose);
  }
  for (const auto& keyword : interests.skip_keywords) drafting.keyword(keyword, Use::every, -1);
  return drafting.settled();
}

}  // namespace

Lexicon::Lexicon(const Interests& interests) : topic_breadth_(interests.topics.size()) {
  for (const auto& [phrase, by_topic] : drafted(interests)) {
    if (!phrases_.add(phrase, static_cast<std::uint32_t>(terms_.size()))) continue;
    std::vector<Use> uses;
    double most = 0;
    for (const auto& [topic, draft] : by_topic) {
      uses.push_back({topic, draft.weight});
      if (topic == Use::every || draft.weight <= 0) continue;
      most = std::max(most, draft.weight);
      topic_breadth_[static_cast<std::size_t>(topic)] += draft.weight * draft.weight;
    }
    breadth_ += most * most;
    terms_.push_back(std::move(uses));
  }
  breadth_ = std::sqrt(breadth_);
  for (double& breadth : topic_breadth_) breadth = std::sqrt(breadth);
}

Text read_text(std::string_view tex) {
  std::string plain = plain_text(tex);
  Words found = words(plain);
  return {std::move(plain), std::move(found)};
}

double Hit::strength() const {
  const double times = (in_title ? title_worth : 0) + in_abstract;
  return times / (times + half_strength);
}

Match Lexicon::match(const Text& title, const Text& abstract) const {
  std::map<std::uint32_t, Hit> by_term;
  phrases_.find(title.words.stems, [&](std::uint32_t term, std::size_t at, std::size_t length) {
    by_term.try_emplace(term, Hit{term, true, at, length});
  });
  phrases_.find(abstract.words.stems, [&](std::uint32_t term, std::size_t at, std::size_t length) {
    ++by_term.try_emplace(term, Hit{term, false, at, length}).first->second.in_abstract;
  });
  Match match;
  match.for_topic.resize(topic_breadth_.size());
  for (const auto& [term, hit] : by_term) {
    match.hits.push_back(hit);
    for (const Use& use : uses(term)) {
      if (use.topic == Use::every) {
        match.against -= use.weight * hit.strength();
      } else {
        match.for_topic[static_cast<std::size_t>(use.topic)] += use.weight * hit.strength();
      }
    }
  }
  // Between the best topic alone and their sum: two topics half met are less than one met, and more than one half met.
  double squares = 0;
  for (const double value : match.for_topic) squares += value * value;
  match.in_favour = std::sqrt(squares);
  return match;
}

}  // namespace daybook
