#include "rank/latent.h"

#include <algorithm>
#include <cmath>

#include "rank/rounded.h"
#include "rank/xorshift.h"

namespace daybook {

namespace {

constexpr std::uint32_t least_papers = 5;  // that have a feature, for it to have a row
constexpr float rarity_power = 1.2F;       // of inverse document frequency
constexpr std::size_t papers_read = 6000;  // at most, spread evenly: with more, what is learned from it gets no better
constexpr int iterations = 3;

// A few directions more than are kept, for these to come out well.
constexpr std::size_t width = latent_dimensions + 4;
using Wide = std::array<float, width>;

struct Entry {
  std::uint32_t row;
  float value;
};

// The papers as rows of a sparse matrix.
struct Matrix {
  std::vector<Entry> entries;
  std::vector<std::size_t> ends;  // of each paper's entries
};

// The features' buckets, ascending.
std::vector<std::uint32_t> most_frequent(const std::vector<std::uint32_t>& having) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t bucket = 0; bucket < buckets; ++bucket)
    if (having[bucket] >= least_papers) found.push_back(bucket);
  if (found.size() > LatentSpace::most_rows) {
    std::nth_element(
        found.begin(), found.begin() + LatentSpace::most_rows, found.end(),
        [&](std::uint32_t a, std::uint32_t b) { return having[a] != having[b] ? having[a] > having[b] : a < b; });
    found.resize(LatentSpace::most_rows);
    std::sort(found.begin(), found.end());
  }
  return found;
}

// Each paper of unit length.
Matrix matrix_of(std::span<const Features* const> papers, const std::vector<std::uint16_t>& row_of,
                 const std::vector<float>& rarity) {
  Matrix matrix;
  const std::size_t every = (papers.size() + papers_read - 1) / papers_read;
  for (std::size_t i = 0; i < papers.size(); i += every) {
    const std::size_t begin = matrix.entries.size();
    float squares = 1e-9F;
    for (const Feature& feature : *papers[i]) {
      const std::uint16_t row = row_of[feature.bucket];
      if (row == LatentSpace::no_row) continue;
      const float value = feature.value * rarity[row];
      matrix.entries.push_back({row, value});
      squares += value * value;
    }
    const float factor = 1 / std::sqrt(squares);
    for (std::size_t e = begin; e < matrix.entries.size(); ++e) matrix.entries[e].value *= factor;
    matrix.ends.push_back(matrix.entries.size());
  }
  return matrix;
}

// The matrix, transposed, times the matrix, times the directions.
void multiply(const Matrix& matrix, const std::vector<Wide>& directions, std::vector<Wide>& product) {
  std::fill(product.begin(), product.end(), Wide{});
  std::size_t begin = 0;
  for (const std::size_t end : matrix.ends) {
    Wide sum{};
    for (std::size_t e = begin; e < end; ++e) {
      const Wide& direction = directions[matrix.entries[e].row];
      const float value = matrix.entries[e].value;
      for (std::size_t x = 0; x < width; ++x) sum[x] += value * direction[x];
    }
    for (std::size_t e = begin; e < end; ++e) {
      Wide& out = product[matrix.entries[e].row];
      const float value = matrix.entries[e].value;
      for (std::size_t x = 0; x < width; ++x) out[x] += value * sum[x];
    }
    begin = end;
  }
}

// A direction of which less than this part is not in those before it has only errors of rounding left.
constexpr double least_own = 1e-5;

// Cholesky's factor of the directions' products with each other; its diagonal inverted, with 0 for a direction that has
// nothing of its own.
std::vector<Wide> factor_of(const std::vector<Wide>& directions) {
  std::vector<Wide> products(width);
  for (const Wide& row : directions)
    for (std::size_t x = 0; x < width; ++x)
      for (std::size_t y = 0; y < width; ++y) products[x][y] += row[x] * row[y];
  std::array<std::array<double, width>, width> factor{};
  for (std::size_t x = 0; x < width; ++x) {
    for (std::size_t y = 0; y <= x; ++y) {
      const auto product = static_cast<double>(products[x][y]);
      double left = product;
      for (std::size_t z = 0; z < y; ++z) left -= factor[x][z] * factor[y][z];
      factor[x][y] = x != y ? left * factor[y][y] : left > least_own * product ? 1 / std::sqrt(left) : 0;
    }
  }
  for (std::size_t x = 0; x < width; ++x)
    for (std::size_t y = 0; y < width; ++y) products[x][y] = static_cast<float>(factor[x][y]);
  return products;
}

// Makes the directions orthogonal to each other, and of unit length.
void straighten(std::vector<Wide>& directions) {
  const std::vector<Wide> factor = factor_of(directions);
  for (Wide& row : directions) {
    for (std::size_t x = 0; x < width; ++x) {
      float left = row[x];
      for (std::size_t y = 0; y < x; ++y) left -= factor[x][y] * row[y];
      row[x] = left * factor[x][x];
    }
  }
}

// In numbers of eight bits.
void put_row(LatentSpace& space, const Wide& direction, float rarity) {
  float largest = 0;
  for (std::size_t x = 0; x < latent_dimensions; ++x) largest = std::max(largest, std::abs(direction[x]));
  const float step = rounded(std::max(largest * rarity, 1e-20F) / 127);
  LatentSpace::Row row;
  for (std::size_t x = 0; x < latent_dimensions; ++x)
    row[x] = static_cast<std::int8_t>(std::clamp(std::round(direction[x] * rarity / step), -127.0F, 127.0F));
  space.rows.push_back(row);
  space.steps.push_back(step);
}

}  // namespace

std::optional<Point> LatentSpace::point(const Features& features) const {
  if (rows.empty()) return std::nullopt;
  Point point{};
  for (const Feature& feature : features) {
    const std::uint16_t at = row_of[feature.bucket];
    if (at == no_row) continue;
    const float times = feature.value * steps[at];
    const Row& row = rows[at];
    for (std::size_t x = 0; x < latent_dimensions; ++x) point[x] += times * static_cast<float>(row[x]);
  }
  float squares = 0;
  for (const float each : point) squares += each * each;
  if (squares == 0) return std::nullopt;
  const float factor = 1 / std::sqrt(squares);
  for (float& each : point) each *= factor;
  return point;
}

LatentSpace learn_space(std::span<const Features* const> papers) {
  std::vector<std::uint32_t> having(buckets);
  for (const Features* paper : papers)
    for (const Feature& feature : *paper) ++having[feature.bucket];
  const std::vector<std::uint32_t> found = most_frequent(having);
  LatentSpace space;
  if (found.size() < width) return space;
  space.row_of.assign(buckets, LatentSpace::no_row);
  std::vector<float> rarity;
  for (const std::uint32_t bucket : found) {
    space.row_of[bucket] = static_cast<std::uint16_t>(rarity.size());
    const float ratio = (static_cast<float>(papers.size()) + 1) / (static_cast<float>(having[bucket]) + 0.5F);
    rarity.push_back(std::pow(std::max(0.01F, std::log(ratio)), rarity_power));
  }
  const Matrix matrix = matrix_of(papers, space.row_of, rarity);
  Xorshift random(12345);
  std::vector<Wide> directions(found.size());
  for (Wide& row : directions)
    for (float& each : row) each = random.normal();
  std::vector<Wide> product(found.size());
  for (int i = 0; i < iterations; ++i) {
    multiply(matrix, directions, product);
    directions.swap(product);
    straighten(directions);
  }
  for (std::size_t i = 0; i < found.size(); ++i) put_row(space, directions[i], rarity[i]);
  return space;
}

}  // namespace daybook
