// Papers as points of a small space, in which those of the same matter are near each other whatever their words:
// latent semantic analysis (Deerwester et al., "Indexing by Latent Semantic Analysis", 1990), by subspace iteration
// from random directions (Halko et al., "Finding Structure with Randomness", 2011). Labels are not looked at.
// Same papers in the same order: same bits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rank/features.h"

namespace daybook {

inline constexpr std::size_t latent_dimensions = 64;

// Of unit length.
using Point = std::array<float, latent_dimensions>;

// Where each of the most frequent features pulls a paper to.
struct LatentSpace {
  static constexpr std::size_t most_rows = 13000;
  static constexpr std::uint16_t no_row = 0xFFFF;
  using Row = std::array<std::int8_t, latent_dimensions>;

  std::vector<std::uint16_t> row_of;  // by bucket; empty: a space that is not learned
  std::vector<Row> rows;              // rows ascend as their buckets do
  std::vector<float> steps;           // of each row: what its numbers are multiples of

  // Where a paper is, whose features are not weighed. Absent: none of them has a row.
  std::optional<Point> point(const Features& features) const;
  bool operator==(const LatentSpace&) const = default;
};

// Papers whose features are not weighed.
LatentSpace learn_space(std::span<const Features* const> papers);

}  // namespace daybook
