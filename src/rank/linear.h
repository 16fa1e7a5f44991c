// Linear models over hashed features, learned by dual coordinate descent: Hsieh et al., "A Dual Coordinate Descent
// Method for Large-scale Linear SVM", 2008. Same examples in the same order: same bits.
#pragma once

#include <vector>

#include "rank/features.h"

namespace daybook {

struct Linear {
  std::vector<float> weights = std::vector<float>(buckets);
  float bias = 0;
  double value(const Features& features) const;
  bool operator==(const Linear&) const = default;
};

struct TrainingExample {
  const Features* features = nullptr;  // of about unit length
  double target = 0;
  double weight = 1;  // above 0: how much it costs to miss the target, beside the price of large weights
};

// Targets above 0 are to be told from those below by a value above 1 or below -1: squared hinge loss, with the length
// of the weights as regularisation.
Linear fit_classifier(const std::vector<TrainingExample>& examples);

}  // namespace daybook
