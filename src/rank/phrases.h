// Phrases of one to four stems, found in a text in one pass.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "rank/words.h"
#include "settings/settings.h"

namespace daybook {

using Phrase = std::vector<Stem>;

inline constexpr std::size_t longest_phrase = 4;

// The stems of a keyword or an expression, sentences run together.
Phrase phrase_of(std::string_view text);

// The words that speak against a paper: [select] skip_keywords without those that are a topic's own keywords.
std::vector<std::string> words_against(const Interests& interests);

class Phrases {
 public:
  // `index` is what find() reports. A phrase that is empty, too long or there already is left out: false.
  bool add(const Phrase& phrase, std::uint32_t index);

  // Calls met(index, at, length) for each phrase at each place; `at` and `length` count words.
  template <typename Met>
  void find(const std::vector<Stem>& stems, Met met) const {
    for (std::size_t at = 0; at < stems.size(); ++at) {
      if (stems[at] == sentence_end || !starts_[stems[at] & start_mask]) continue;
      std::uint64_t key = 0;
      for (std::size_t n = 0; n < longest_phrase && at + n < stems.size() && stems[at + n] != sentence_end; ++n) {
        key = extended(key, stems[at + n]);
        if (const auto found = by_key_.find(key); found != by_key_.end()) met(found->second, at, n + 1);
      }
    }
  }

 private:
  static constexpr std::uint64_t start_mask = 0xFFFF;
  static std::uint64_t extended(std::uint64_t key, Stem stem) {
    return (key ^ stem) * 0x9E3779B97F4A7C15U + (key >> 29U);
  }

  std::unordered_map<std::uint64_t, std::uint32_t> by_key_;
  std::vector<bool> starts_ = std::vector<bool>(start_mask + 1);  // most words start no phrase: one look is enough
};

}  // namespace daybook
