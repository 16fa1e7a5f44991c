#include "score/phrases.h"

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

}  // namespace daybook
