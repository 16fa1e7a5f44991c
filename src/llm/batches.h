// Which papers are asked about together.
#pragma once

#include <cstddef>
#include <vector>

namespace daybook {

// Papers are indices of the caller's list.
struct Batch {
  std::vector<std::size_t> papers;
  int tries = 0;          // requests that came to nothing: no reply, or none that can be read
  int rounds = 0;         // replies without a verdict on any of them
  bool plain = false;     // without a schema for the reply, which failed with one
  bool in_doubt = false;  // whether that was the schema's fault is to be seen
  double not_before = 0;  // seconds of the caller's clock
};

// Batches of `size` papers, evened out. Where the last round of requests that run side by side would not be full, they
// are up to an eighth larger instead: 650 papers by 16 are 41 requests, which take six rounds of eight, and five as 40.
std::vector<Batch> even_batches(const std::vector<std::size_t>& papers, std::size_t size, std::size_t side_by_side);

// The same papers in batches of `size` at most, in their order.
std::vector<Batch> split_batch(const std::vector<std::size_t>& papers, std::size_t size);

}  // namespace daybook
