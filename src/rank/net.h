// A small neural network that tells wanted papers from others by where they are: one hidden layer of rectified units,
// and a direct way past it; logistic loss; learned by Adam (Kingma and Ba, 2015) with dropout of the inputs (Srivastava
// et al., 2014). Same lessons in the same order: same bits.
#pragma once

#include <array>
#include <vector>

#include "rank/latent.h"

namespace daybook {

struct Net {
  static constexpr std::size_t inputs = latent_dimensions;
  static constexpr std::size_t hidden = 32;

  std::array<std::array<float, hidden>, inputs> to_hidden = {};
  std::array<float, hidden> hidden_bias = {};
  std::array<float, hidden> to_output = {};
  std::array<float, inputs> direct = {};
  float bias = 0;

  // The logarithm of the odds.
  double value(const Point& point) const;
  bool operator==(const Net&) const = default;
};

// The net's numbers, always in the same order.
template <typename AnyNet, typename Visit>
void each_number(AnyNet& net, Visit visit) {
  for (auto& row : net.to_hidden)
    for (auto& number : row) visit(number);
  for (auto* numbers : {&net.hidden_bias, &net.to_output})
    for (auto& number : *numbers) visit(number);
  for (auto& number : net.direct) visit(number);
  visit(net.bias);
}

struct PointLesson {
  Point point;
  bool wanted = false;
  float weight = 1;  // above 0
};

// Another seed: another net, as good. Their mean is better than each.
Net learn_net(const std::vector<PointLesson>& lessons, std::uint64_t seed);

}  // namespace daybook
