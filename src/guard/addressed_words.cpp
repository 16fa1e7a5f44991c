#include "guard/addressed_words.h"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "guard/addressed_vocabulary.h"

namespace daybook {

namespace {

using namespace sense;

// Words that no honest text spells backwards or in rot13.
constexpr Sense telling = disregard | previous | instruction | criterion | score | paper | id_field;
constexpr std::size_t told_apart = 5;  // letters from which on a disguised word is no chance

constexpr std::size_t misspelt_least = 6;
constexpr std::size_t misspelt_most = 14;

std::string rot13(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + 13) % 26);
  return out;
}

bool is_latin(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_unspaced(std::string_view word) { return static_cast<unsigned char>(word[0]) >= 0xD6; }  // Hebrew and beyond

class Vocabulary {
 public:
  Vocabulary() {
    for (const auto& [words, senses] : addressed_vocabulary()) {
      for (std::size_t at = 0; at < words.size();) {
        const std::size_t stop = std::min(words.find(' ', at), words.size());
        add(words.substr(at, stop - at), senses);
        at = stop + 1;
      }
    }
    std::sort(stems_.begin(), stems_.end());
  }

  Sense of(std::string_view word) const {
    if (may_be_[gist_of(word)]) {
      if (const auto found = whole_.find(word); found != whole_.end()) return found->second;
    }
    if (const Sense senses = of_misspelt(word); senses != 0) return senses;
    if (!may_start_[start_of(word)]) return 0;
    // Where stems start alike the longest that fits is the last.
    auto stem = std::upper_bound(stems_.begin(), stems_.end(), word,
                                 [](std::string_view wanted, const auto& each) { return wanted < each.first; });
    while (stem != stems_.begin()) {
      --stem;
      if (word.substr(0, stem->first.size()) == stem->first) return stem->second;
      if (stem->first.substr(0, 2) != word.substr(0, 2)) return 0;
    }
    return 0;
  }

  // The longest word at the start of a text.
  std::pair<std::size_t, Sense> at_start_of(std::string_view text) const {
    const std::size_t least = is_unspaced(text) ? 3 : told_apart - 1;
    for (std::size_t length = std::min(text.size(), longest_); length >= least; --length) {
      if (const auto found = whole_.find(text.substr(0, length)); found != whole_.end()) return {length, found->second};
    }
    return {0, 0};
  }

 private:
  static std::size_t byte_of(std::string_view word, std::size_t i) {
    return i < word.size() ? static_cast<unsigned char>(word[i]) : 0U;
  }

  // Most words of a text are told apart from all of ours by these two numbers below 2^16.
  static std::size_t gist_of(std::string_view word) {
    return (byte_of(word, 0) * 2003 + byte_of(word, 1) * 509 + byte_of(word, word.size() - 1) * 31 + word.size()) &
           0xFFFFU;
  }
  static std::size_t start_of(std::string_view word) { return byte_of(word, 0) << 8U | byte_of(word, 1); }

  // A telling word with its inner letters in another order, which everybody reads all the same.
  Sense of_misspelt(std::string_view word) const {
    if (word.size() < misspelt_least || word.size() > misspelt_most || !may_be_misspelt_[ends_of(word)]) return 0;
    const auto found = misspelt_.find(shuffled(word));
    return found == misspelt_.end() ? 0 : found->second;
  }

  static std::size_t ends_of(std::string_view word) {
    return (byte_of(word, 0) * 2003 + byte_of(word, word.size() - 1) * 31 + word.size()) & 0xFFFFU;
  }

  static std::string shuffled(std::string_view word) {
    std::string letters(word);
    std::sort(letters.begin() + 1, letters.end() - 1);
    return letters;
  }

  void add(std::string_view word, Sense senses) {
    if (word.back() == '*') {
      word.remove_suffix(1);
      may_start_[start_of(word)] = true;
      stems_.emplace_back(word, senses);
      return;
    }
    whole_[word] |= senses;
    may_be_[gist_of(word)] = true;
    longest_ = std::max(longest_, word.size());
    if ((senses & telling) == 0 || (senses & foreign) != 0 || word.size() < told_apart || !is_latin(word)) return;
    if (word.size() >= misspelt_least) {
      may_be_misspelt_[ends_of(word)] = true;
      misspelt_.emplace(shuffled(word), senses | disguised);
    }
    for (std::string other : {rot13(word), std::string(word.rbegin(), word.rend())}) {
      made_.push_back(std::make_unique<std::string>(std::move(other)));
      may_be_[gist_of(*made_.back())] = true;
      whole_.emplace(*made_.back(), senses | disguised);
    }
  }

  std::unordered_map<std::string_view, Sense> whole_;
  std::vector<std::pair<std::string_view, Sense>> stems_;
  std::vector<std::unique_ptr<std::string>> made_;  // what keys of whole_ point into
  std::size_t longest_ = 0;
  std::vector<bool> may_be_ = std::vector<bool>(1U << 16U);
  std::vector<bool> may_start_ = std::vector<bool>(1U << 16U);
  std::vector<bool> may_be_misspelt_ = std::vector<bool>(1U << 16U);
  std::unordered_map<std::string, Sense> misspelt_;  // by shuffled()
};

const Vocabulary& vocabulary() {
  static const Vocabulary words;
  return words;
}

}  // namespace

Sense sense_of(std::string_view word) { return vocabulary().of(word); }

std::vector<Sense> senses_within(std::string_view text) {
  std::vector<Sense> found;
  const auto& words = vocabulary();
  while (!text.empty()) {
    const auto [length, senses] = words.at_start_of(text);
    if (senses != 0) found.push_back(senses);
    std::size_t step = std::max<std::size_t>(1, length);
    while (step < text.size() && (static_cast<unsigned char>(text[step]) & 0xC0U) == 0x80) ++step;
    text.remove_prefix(step);
  }
  return found;
}

}  // namespace daybook
