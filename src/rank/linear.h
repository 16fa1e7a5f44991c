// A linear model over hashed features, learned by dual coordinate descent: Hsieh et al., "A Dual Coordinate Descent
// Method for Large-scale Linear SVM", 2008. Same lessons in the same order: same bits.
#pragma once

#include <vector>

#include "rank/features.h"

namespace daybook {

struct Linear {
  std::vector<float> weights = std::vector<float>(buckets);
  float bias = 0;
  double value(const Features& features) const;
  void add(const Features& features, double times);  // to the weights, and `times` to the bias
  bool operator==(const Linear&) const = default;
};

struct Lesson {
  const Features* features = nullptr;  // of about unit length
  bool wanted = false;
  double weight = 1;  // above 0: how much it costs to miss it, beside the price of large weights
};

// Wanted papers are to be told from others by a value above 1 or below -1: squared hinge loss, with the length of the
// weights as regularisation.
Linear learn_to_tell(const std::vector<Lesson>& lessons);

}  // namespace daybook
