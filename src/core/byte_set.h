// A set of bytes with a quick search: std::string_view::find_first_of searches the whole set anew for every byte.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace daybook {

class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

  // The first byte at `from` or behind it that is in the set; npos where there is none.
  constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const {
    for (std::size_t i = from; i < text.size(); ++i)
      if (has(text[i])) return i;
    return std::string_view::npos;
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace daybook
