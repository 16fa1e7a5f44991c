#include "rank/lexicon.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/text.h"
#include "paper/white_space.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr double whole_phrase = 1;
constexpr double pair_of_phrase = 0.5;
constexpr double word_of_skipped = 0.5;  // what is not wanted is told by less
constexpr double word_of_phrase = 0.25;  // "velocity" says little of "radial velocity"
constexpr double prose = 0.5;
constexpr double skipped_prose = 0.25;

// For each phrase what it counts for each topic. A map, so that terms have one order.
using Weights = std::map<Phrase, std::map<int, double>>;

// "Mixture of Experts (MoE)" are two ways to say it, and so is "sparse, sparsity".
std::vector<Phrase> alternatives(std::string_view text) {
  std::string keyword = plain_text(text);
  for (char& c : keyword)
    if (std::string_view("()/,").find(c) != std::string_view::npos) c = ';';
  std::vector<Phrase> phrases;
  for (const std::string_view part : split(keyword, ';')) phrases.push_back(phrase_of(part));
  return phrases;
}

// The words of a sequence and its pairs of words, which no end of a sentence divides.
std::vector<Phrase> words_and_pairs(const std::vector<Stem>& stems) {
  std::vector<Phrase> phrases;
  for (std::size_t i = 0; i < stems.size(); ++i) {
    if (stems[i] == sentence_end) continue;
    phrases.push_back({stems[i]});
    if (i + 1 < stems.size() && stems[i + 1] != sentence_end) phrases.push_back({stems[i], stems[i + 1]});
  }
  return phrases;
}

void put(Weights& weights, const Phrase& phrase, int topic, double weight) {
  if (phrase.empty() || phrase.size() > longest_phrase) return;
  double& held = weights[phrase][topic];
  held = std::max(held, weight);
}

// A phrase, its pairs of words and its words.
void put_phrase(Weights& weights, const Phrase& phrase, int topic) {
  put(weights, phrase, topic, whole_phrase);
  const double word = topic == Use::every ? word_of_skipped : word_of_phrase;
  for (const Phrase& part : words_and_pairs(phrase))
    put(weights, part, topic, part.size() == 1 ? word : pair_of_phrase);
}

void add_wanted(Weights& weights, const Topic& topic, int index) {
  std::vector<std::string> keywords = topic.keywords;
  keywords.push_back(topic.name);
  for (const std::string& keyword : keywords)
    for (const Phrase& phrase : alternatives(keyword)) put_phrase(weights, phrase, index);
  for (const Phrase& phrase : words_and_pairs(words(plain_text(topic.keep)).stems)) put(weights, phrase, index, prose);
}

// What the owner does not want, but for what a topic wants.
void add_unwanted(Weights& weights, const Interests& interests) {
  Weights unwanted;
  for (const std::string& keyword : interests.skip_keywords)
    for (const Phrase& phrase : alternatives(keyword)) put_phrase(unwanted, phrase, Use::every);
  for (const Topic& topic : interests.topics)
    for (const Phrase& phrase : words_and_pairs(words(plain_text(topic.skip)).stems))
      put(unwanted, phrase, Use::every, skipped_prose);
  for (const auto& [phrase, by_topic] : unwanted) {
    const double against = by_topic.begin()->second;
    const auto wanted = weights.find(phrase);
    const bool only_implied =
        wanted == weights.end() || std::all_of(wanted->second.begin(), wanted->second.end(),
                                               [&](const auto& use) { return use.second < against; });
    // A whole phrase that is skipped is not in a topic's favour, whatever its prose says.
    if (wanted == weights.end() || (against == whole_phrase && only_implied)) weights[phrase] = by_topic;
  }
}

}  // namespace

Lexicon::Lexicon(const Interests& interests) {
  Weights weights;
  for (std::size_t t = 0; t < interests.topics.size(); ++t)
    add_wanted(weights, interests.topics[t], static_cast<int>(t));
  add_unwanted(weights, interests);
  for (const auto& [phrase, by_topic] : weights) {
    if (!phrases_.add(phrase, static_cast<std::uint32_t>(terms_.size()))) continue;
    std::vector<Use> uses;
    for (const auto& [topic, weight] : by_topic) uses.push_back({topic, weight});
    terms_.push_back(std::move(uses));
  }
}

Text read_text(std::string_view tex) {
  std::string plain = plain_text(tex);
  Words found = words(plain);
  return {std::move(plain), std::move(found)};
}

std::vector<Hit> Lexicon::find(const Text& title, const Text& abstract) const {
  std::vector<Hit> hits;
  std::vector<std::uint32_t> places(terms_.size());  // 1 + that of each term's hit
  for (const Text* text : {&title, &abstract}) {
    const bool in_title = text == &title;
    phrases_.find(text->words.stems, [&](std::uint32_t term, std::size_t at, std::size_t length) {
      if (places[term] == 0) {
        const std::size_t begin = text->words.spans[at].begin;
        const std::size_t end = text->words.spans[at + length - 1].end;
        hits.push_back({term, 0, in_title, single_spaced(std::string_view(text->plain).substr(begin, end - begin))});
        places[term] = static_cast<std::uint32_t>(hits.size());
      }
      hits[places[term] - 1].times += in_title ? 2 : 1;
    });
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.term < b.term; });
  return hits;
}

}  // namespace daybook
