// The owner's interests as terms to look for: each a phrase with what it counts for.
#pragma once

#include <vector>

#include "rank/phrases.h"
#include "settings/settings.h"

namespace daybook {

// What a term does where it is met.
struct Use {
  int topic = 0;      // index of Interests::topics, or `every`: it speaks against all of them
  double weight = 0;  // at most 1; below 0 it speaks against
  static constexpr int every = -1;
};

class Lexicon {
 public:
  explicit Lexicon(const Interests& interests);

  const Phrases& phrases() const { return phrases_; }
  // The uses of the term that phrases() reports by this index; one for each topic at most.
  const std::vector<Use>& uses(std::uint32_t term) const { return terms_[term]; }
  std::size_t size() const { return terms_.size(); }

  // How much there is to match in all, and in one topic: the root of the sum of the squares of the weights for it.
  double breadth() const { return breadth_; }
  double breadth(std::size_t topic) const { return topic_breadth_[topic]; }

 private:
  Phrases phrases_;
  std::vector<std::vector<Use>> terms_;
  double breadth_ = 0;
  std::vector<double> topic_breadth_;
};

}  // namespace daybook
