// Singles rounded to their upper half ("bfloat16": 8 bits of fraction), which is enough for what is learned.
#pragma once

#include <bit>
#include <cstdint>

namespace daybook {

constexpr float from_upper_half(std::uint16_t half) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(half) << 16U);
}

// To the nearest.
constexpr std::uint16_t upper_half(float number) {
  return static_cast<std::uint16_t>((std::bit_cast<std::uint32_t>(number) + 0x8000U) >> 16U);
}

constexpr float rounded(float number) { return from_upper_half(upper_half(number)); }

}  // namespace daybook
