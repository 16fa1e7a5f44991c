#include "rank/frequency.h"

#include <algorithm>
#include <cmath>

namespace daybook {

namespace {

constexpr double least = 0.01;  // of what stands in every paper

}  // namespace

void Rarity::weigh(Features& features) const {
  float squares = 0;
  for (Feature& feature : features) {
    feature.value *= of[feature.bucket];
    squares += feature.value * feature.value;
  }
  if (squares == 0) return;
  const float factor = 1 / std::sqrt(squares);
  for (Feature& feature : features) feature.value *= factor;
}

void Frequencies::count(const Features& features) {
  ++papers_;
  for (const Feature& feature : features) ++having_[feature.bucket];
}

Rarity Frequencies::rarity() const {
  Rarity rarity;
  for (std::size_t i = 0; i < buckets; ++i) {
    const double ratio = (static_cast<double>(papers_) + 1) / (static_cast<double>(having_[i]) + 0.5);
    rarity.of[i] = static_cast<float>(std::sqrt(std::max(least, std::log(ratio))));
  }
  return rarity;
}

}  // namespace daybook
