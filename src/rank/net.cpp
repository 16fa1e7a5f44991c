#include "rank/net.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "rank/xorshift.h"

namespace daybook {

namespace {

// Lessons are gone over so often; less where they are many, more where they are few.
constexpr std::size_t most_epochs = 12;
constexpr std::size_t least_epochs = 4;
constexpr std::size_t lessons_seen = 150000;

constexpr float first_rate = 0.002F;
constexpr float rate_decay = 0.8F;  // the part of the rate that is gone when the last epoch would be over
constexpr float weight_decay = 1e-3F;
constexpr unsigned dropped = 77;      // of 256 inputs: 30 %
constexpr float label_doubt = 0.02F;  // what the LLM says is not sure
constexpr std::size_t batch = 32;

// A point's coordinates, whose mean square is 1/64, to about unit variance.
constexpr float spread = 10;
constexpr float furthest = 4;

using Hidden = std::array<float, Net::hidden>;
using Inputs = std::array<float, Net::inputs>;

Inputs inputs_of(const Point& point) {
  Inputs inputs;
  for (std::size_t j = 0; j < Net::inputs; ++j) inputs[j] = std::clamp(point[j] * spread, -furthest, furthest);
  return inputs;
}

float forward(const Net& net, const Inputs& inputs, Hidden& units) {
  Hidden hidden = net.hidden_bias;  // a copy: for the compiler to keep it in registers
  for (std::size_t j = 0; j < Net::inputs; ++j)
    for (std::size_t i = 0; i < Net::hidden; ++i) hidden[i] += inputs[j] * net.to_hidden[j][i];
  for (float& unit : hidden) unit = unit > 0 ? unit : 0;
  units = hidden;
  float sum = net.bias;
  for (std::size_t j = 0; j < Net::inputs; ++j) sum += inputs[j] * net.direct[j];
  for (std::size_t i = 0; i < Net::hidden; ++i) sum += hidden[i] * net.to_output[i];
  return sum;
}

// Moments of the slopes, by which the steps are scaled.
class Adam {
 public:
  void begin_step(float rate) {
    ++steps_;
    rate_ = rate;
    mean_factor_ = 1 / (1 - std::pow(0.9F, static_cast<float>(steps_)));
    square_factor_ = 1 / (1 - std::pow(0.999F, static_cast<float>(steps_)));
  }

  void step(float* weights, const float* slopes, float* means, float* squares, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
      const float slope = slopes[i] * (1.0F / batch);
      means[i] = 0.9F * means[i] + 0.1F * slope;
      squares[i] = 0.999F * squares[i] + 0.001F * slope * slope;
      weights[i] -= rate_ * (means[i] * mean_factor_ / (std::sqrt(squares[i] * square_factor_) + 1e-6F) +
                             weight_decay * weights[i]);
    }
  }

 private:
  int steps_ = 0;
  float rate_ = 0;
  float mean_factor_ = 0;
  float square_factor_ = 0;
};

class Learner {
 public:
  explicit Learner(std::uint64_t seed) : random_(seed) {
    const float scale = 1 / std::sqrt(static_cast<float>(Net::inputs));
    for (auto& row : net_.to_hidden)
      for (float& weight : row) weight = scale * random_.normal();
    for (float& weight : net_.to_output) weight = 0.3F * random_.normal();
    net_.bias = -2;
  }

  void pass(const std::vector<PointLesson>& lessons, std::vector<std::uint32_t>& order, float rate) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.next() % i]);
    for (std::size_t begin = 0; begin + batch <= order.size(); begin += batch) {
      for (std::size_t b = 0; b < batch; ++b) look_at(lessons[order[begin + b]], b);
      turn(rate);
    }
  }

  const Net& net() const { return net_; }

 private:
  // One lesson of the batch: its inputs, some left out, and how much its value is wrong.
  void look_at(const PointLesson& lesson, std::size_t b) {
    Inputs& inputs = inputs_[b];
    inputs = inputs_of(lesson.point);
    leave_out_some(inputs);
    Hidden& hidden = hidden_[b];
    const float value = forward(net_, inputs, hidden);
    const float target = lesson.wanted ? 1 - label_doubt : label_doubt;
    wrong_[b] = (1 / (1 + std::exp(-value)) - target) * lesson.weight;
    for (std::size_t i = 0; i < Net::hidden; ++i) slope_[b][i] = hidden[i] > 0 ? wrong_[b] * net_.to_output[i] : 0;
  }

  // The others make up for them.
  void leave_out_some(Inputs& inputs) {
    constexpr float kept = 256.0F / (256 - dropped);
    for (std::size_t j = 0; j < Net::inputs; j += 8) {
      const std::uint64_t drawn = random_.next_64();
      for (std::size_t i = 0; i < 8; ++i) inputs[j + i] *= ((drawn >> (8 * i)) & 0xFFU) < dropped ? 0 : kept;
    }
  }

  void turn(float rate) {
    Net slopes;
    for (std::size_t j = 0; j < Net::inputs; ++j) {
      Hidden sum{};
      float direct = 0;
      for (std::size_t b = 0; b < batch; ++b) {
        const float input = inputs_[b][j];
        for (std::size_t i = 0; i < Net::hidden; ++i) sum[i] += input * slope_[b][i];
        direct += input * wrong_[b];
      }
      slopes.to_hidden[j] = sum;
      slopes.direct[j] = direct;
    }
    for (std::size_t b = 0; b < batch; ++b) {
      for (std::size_t i = 0; i < Net::hidden; ++i) slopes.hidden_bias[i] += slope_[b][i];
      for (std::size_t i = 0; i < Net::hidden; ++i) slopes.to_output[i] += wrong_[b] * hidden_[b][i];
      slopes.bias += wrong_[b];
    }
    adam_.begin_step(rate);
    adam_.step(net_.to_hidden[0].data(), slopes.to_hidden[0].data(), means_.to_hidden[0].data(),
               squares_.to_hidden[0].data(), Net::inputs * Net::hidden);
    adam_.step(net_.hidden_bias.data(), slopes.hidden_bias.data(), means_.hidden_bias.data(),
               squares_.hidden_bias.data(), Net::hidden);
    adam_.step(net_.to_output.data(), slopes.to_output.data(), means_.to_output.data(), squares_.to_output.data(),
               Net::hidden);
    adam_.step(net_.direct.data(), slopes.direct.data(), means_.direct.data(), squares_.direct.data(), Net::inputs);
    adam_.step(&net_.bias, &slopes.bias, &means_.bias, &squares_.bias, 1);
  }

  Xorshift random_;
  Net net_, means_, squares_;
  Adam adam_;
  std::array<Inputs, batch> inputs_{};
  std::array<Hidden, batch> hidden_{};
  std::array<Hidden, batch> slope_{};  // of the loss, by each hidden unit
  std::array<float, batch> wrong_{};
};

}  // namespace

double Net::value(const Point& point) const {
  Hidden units;
  return static_cast<double>(forward(*this, inputs_of(point), units));
}

Net learn_net(const std::vector<PointLesson>& lessons, std::uint64_t seed) {
  Learner learner(seed);
  std::vector<std::uint32_t> order(lessons.size());
  std::iota(order.begin(), order.end(), 0U);
  const std::size_t epochs =
      std::clamp(lessons_seen / std::max<std::size_t>(1, lessons.size()), least_epochs, most_epochs);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch)
    learner.pass(lessons, order,
                 first_rate * (1 - rate_decay * static_cast<float>(epoch) / static_cast<float>(epochs)));
  return learner.net();
}

}  // namespace daybook
