// A paper as a linear model sees it: hashed words and pairs of words, the title's apart, and its categories.
// Hashing: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009. Weights: inverse document
// frequency (Spärck Jones, 1972).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "paper/paper.h"
#include "rank/words.h"

namespace daybook {

inline constexpr std::size_t buckets = std::size_t{1} << 18U;

struct Feature {
  std::uint32_t bucket = 0;  // below `buckets`
  float value = 0;           // above 0: 1 + log(times), in title and abstract or in the title alone
  bool operator==(const Feature&) const = default;
};

// The text's, then the title's own, then the categories'; within each by bucket. Not normalized.
using Features = std::vector<Feature>;

// The stems are those of words(). Of a paper whose abstract is lost, title and categories are read.
Features features_of(const Paper& paper);
// The same, where words() has read title and abstract already.
Features features_of(const std::vector<Stem>& title, const std::vector<Stem>& abstract,
                     const std::vector<std::string>& categories);

// A factor for each bucket: how rare it is. What only one paper has tells it from all others, and so tells nothing: 0.
struct Rarity {
  std::vector<float> of = std::vector<float>(buckets, 1);

  // Rarer features count more; then the whole has unit length.
  void weigh(Features& features) const;
  bool operator==(const Rarity&) const = default;
};

// In how many papers each feature stands.
class Frequencies {
 public:
  void count(const Features& features);  // of a paper
  Rarity rarity() const;

 private:
  std::size_t papers_ = 0;
  std::vector<std::uint32_t> having_ = std::vector<std::uint32_t>(buckets);
};

}  // namespace daybook
