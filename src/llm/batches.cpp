#include "llm/batches.h"

#include <algorithm>
#include <utility>

namespace daybook {

namespace {

std::size_t rounded_up(std::size_t number, std::size_t by) { return (number + by - 1) / by; }

std::size_t count_of_batches(std::size_t papers, std::size_t size, std::size_t side_by_side) {
  const std::size_t count = rounded_up(papers, size);
  const std::size_t full_rounds = count - count % side_by_side;
  if (full_rounds == 0 || full_rounds == count) return count;
  return rounded_up(papers, full_rounds) <= size + size / 8 ? full_rounds : count;
}

}  // namespace

std::vector<Batch> even_batches(const std::vector<std::size_t>& papers, std::size_t size, std::size_t side_by_side) {
  std::vector<Batch> batches;
  if (papers.empty()) return batches;
  const std::size_t count =
      count_of_batches(papers.size(), std::max<std::size_t>(size, 1), std::max<std::size_t>(side_by_side, 1));
  std::size_t from = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t to = papers.size() * (i + 1) / count;
    Batch batch;
    for (; from < to; ++from) batch.papers.push_back(papers[from]);
    batches.push_back(std::move(batch));
  }
  return batches;
}

std::vector<Batch> split_batch(const std::vector<std::size_t>& papers, std::size_t size) {
  std::vector<Batch> batches;
  for (const std::size_t paper : papers) {
    if (batches.empty() || batches.back().papers.size() >= size) batches.emplace_back();
    batches.back().papers.push_back(paper);
  }
  return batches;
}

}  // namespace daybook
