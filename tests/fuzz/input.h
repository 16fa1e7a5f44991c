// What every fuzz target starts with: libFuzzer's bytes as text, and a way to say that a promise was broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace daybook::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Stops where libFuzzer sees it, with the input that did it.
inline void promise(bool kept) {
  if (!kept) std::abort();
}

}  // namespace daybook::fuzz
