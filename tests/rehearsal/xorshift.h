// Numbers that look drawn at random, the same in each run and on each machine: Marsaglia's xorshift64*.
#pragma once

#include <cstdint>

namespace daybook {

class Xorshift {
 public:
  explicit Xorshift(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}

  std::uint64_t next_64() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return state_ * 0x2545F4914F6CDD1DU;
  }
  std::uint32_t next() { return static_cast<std::uint32_t>(next_64() >> 32U); }

  // 0-1
  float uniform() { return static_cast<float>(next() >> 8U) * 0x1p-24F; }

 private:
  std::uint64_t state_;
};

}  // namespace daybook
