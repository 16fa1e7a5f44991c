// How the time of a pass over text grows with its length.
#pragma once

#include <time.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace daybook {

// `token` again and again, up to about so many bytes.
inline std::string repeated(std::string_view token, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + token.size());
  while (text.size() < bytes) text += token;
  return text;
}

inline constexpr std::size_t growth_bytes = std::size_t{16} << 10U;

// Whether `pass(bytes)` takes much more than eight times as long for eight times the bytes: a linear pass takes 8
// times, a quadratic one 64. It is the thread's own time, since others use the machine too, and the best of three tries
// counts; what takes next to no time for the longer text is not compared.
template <typename Pass>
bool grows_too_fast(Pass pass, std::size_t bytes = growth_bytes) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const auto seconds = [&](std::size_t size) {
    const double start = now();
    pass(size);
    return now() - start;
  };
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    const double large = seconds(8 * bytes);
    if (large < 0.01) return false;
    best = std::min(best, large / std::max(seconds(bytes), 1e-6));
    if (best < 24) return false;
  }
  return true;
}

// The same for a function of texts, given `piece` again and again.
template <typename Function>
bool grows_faster_than_its_input(Function function, const std::string& piece) {
  return grows_too_fast([&](std::size_t bytes) { function(repeated(piece, bytes)); }, std::size_t{8} << 10U);
}

}  // namespace daybook
