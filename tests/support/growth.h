// How a function's time grows with its input, told by factors: no test knows how fast the machine is.
#pragma once

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>

// True where four times as much of `piece` takes eight times as long or more: linear functions take about four times as
// long, quadratic ones sixteen times. The processor's time is measured, and only a growth that shows in the best of
// several runs counts.
inline bool grows_faster_than_its_input(const std::function<void(std::string_view)>& function,
                                        const std::string& piece) {
  constexpr std::size_t bytes = 8000;
  constexpr double factor_max = 8;
  constexpr double noise = 0.004;  // in seconds
  std::string text;
  while (text.size() < 4 * bytes) text += piece;
  const auto seconds = [&](std::size_t size) {
    const std::clock_t start = std::clock();
    function(std::string_view(text).substr(0, size));
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  double small = 1e9;
  double large = 1e9;
  for (int run = 0; run < 4; ++run) {
    small = std::min(small, seconds(bytes));
    large = std::min(large, seconds(4 * bytes));
    if (large < noise + factor_max * small) return false;
  }
  return true;
}
