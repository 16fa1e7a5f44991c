#include "rank/phrases.h"

#include <set>
#include <string>

#include <algorithm>

namespace daybook {

Phrase phrase_of(std::string_view text) {
  Phrase phrase = words(text).stems;
  phrase.erase(std::remove(phrase.begin(), phrase.end(), sentence_end), phrase.end());
  return phrase;
}

bool Phrases::add(const Phrase& phrase, std::uint32_t index) {
  if (phrase.empty() || phrase.size() > longest_phrase) return false;
  std::uint64_t key = 0;
  for (const Stem stem : phrase) key = extended(key, stem);
  if (!by_key_.emplace(key, index).second) return false;
  starts_[phrase[0] & start_mask] = true;
  return true;
}

std::vector<std::string> words_against(const Interests& interests) {
  std::set<Phrase> wanted;
  for (const Topic& topic : interests.topics)
    for (const std::string& keyword : topic.keywords) wanted.insert(phrase_of(keyword));
  std::vector<std::string> words = interests.skip_keywords;
  std::erase_if(words, [&](const std::string& word) { return wanted.count(phrase_of(word)) != 0; });
  return words;
}

}  // namespace daybook
