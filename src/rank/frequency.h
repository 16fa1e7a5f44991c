// How rare features are: inverse document frequency (Spärck Jones, 1972), by its root.
#pragma once

#include <vector>

#include "rank/features.h"

namespace daybook {

// A factor for each bucket, above 0.
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
