// The sentence of an abstract that says what its paper does: "In this paper, we propose ..".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace daybook {

constexpr std::size_t claim_bytes_max = 450;  // a longer sentence is cut at a clause

struct Claim {
  std::size_t begin = 0, end = 0;  // bytes of the abstract as arXiv wrote it
  bool operator==(const Claim&) const = default;
};

// The first sentence in which the authors ("we", "this paper", "our method") claim something ("propose", "show"); where
// none does, the first in which something "is proposed". It begins and ends in running text, never in a formula or in
// braces: html_paragraph() of what is before, of the claim and of what is behind it are together the abstract's.
std::optional<Claim> find_claim(std::string_view abstract);

}  // namespace daybook
