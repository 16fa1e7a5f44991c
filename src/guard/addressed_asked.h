// A sentence as the rules ask about it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "guard/addressed_tokens.h"

namespace daybook {

// Positions are of words; those beyond the end have no sense.
class AskedSentence {
 public:
  explicit AskedSentence(const AddressedSentence& sentence) : words_(sentence.words), all_(sentence.senses) {}

  std::size_t size() const { return words_.size(); }
  // Whether the sentence has words of each sense.
  template <typename... Senses>
  bool has(Senses... senses) const {
    return (((all_ & senses) != 0) && ...);
  }
  bool is(std::size_t at, Sense senses) const { return at < size() && (words_[at].senses & senses) != 0; }
  const AddressedWord& word(std::size_t at) const { return words_[at]; }
  std::size_t length(std::size_t at) const { return words_[at].end - words_[at].start; }  // bytes
  bool starts_clause(std::size_t at) const { return at >= size() || words_[at].fresh; }

  // The next word of a sense within `reach` words behind `at`; size() where there is none.
  std::size_t next(std::size_t at, Sense senses, std::size_t reach) const {
    const std::size_t stop = std::min(size(), at + 1 + reach);
    for (std::size_t i = at + 1; i < stop; ++i)
      if (is(i, senses)) return i;
    return size();
  }
  bool follows(std::size_t at, Sense senses, std::size_t reach) const { return next(at, senses, reach) < size(); }
  bool precedes(std::size_t at, Sense senses, std::size_t reach) const {
    for (std::size_t i = at; i > 0 && at - i < reach; --i)
      if (is(i - 1, senses)) return true;
    return false;
  }
  bool is_near(std::size_t at, Sense senses, std::size_t reach) const {
    return follows(at, senses, reach) || precedes(at, senses, reach);
  }

  // "Ignore ...", "please ignore ...", "you must ignore ...", and not "we ignore ...".
  bool commands(std::size_t at) const { return words_[at].fresh || is(at - 1, sense::lead); }

  // A score, and not how many there are of something.
  bool is_score(std::size_t at) const {
    return is(at, sense::number) && (starts_clause(at + 1) || is(at + 1, sense::link | sense::criterion | sense::rate));
  }
  std::size_t next_score(std::size_t at, std::size_t reach) const {
    for (std::size_t i = at + 1; i < std::min(size(), at + 1 + reach); ++i)
      if (is_score(i)) return i;
    return size();
  }

  template <typename Test>
  bool any(Sense senses, Test test) const {
    if (!has(senses)) return false;
    for (std::size_t i = 0; i < size(); ++i)
      if (is(i, senses) && test(i)) return true;
    return false;
  }

 private:
  const std::vector<AddressedWord>& words_;
  Sense all_;
};

// What a sentence that speaks to the scorer does, and whether a sentence does it.
struct AddressedRule {
  bool (*breaks)(const AskedSentence&);
  std::string_view name;
};

}  // namespace daybook
