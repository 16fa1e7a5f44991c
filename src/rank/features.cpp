#include "rank/features.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "rank/words.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// The same word in the title and in the whole text is two features.
enum class Part : std::uint64_t { word = 1, pair, title_word, title_pair, category, primary };

constexpr double least_rare = 0.01;  // of what stands in every paper

std::uint32_t bucket_of(std::uint64_t hash, Part part) {
  hash ^= static_cast<std::uint64_t>(part) * 0xD6E8FEB86659FD93U;
  // FNV-1a leaves its low bits poorly mixed.
  hash ^= hash >> 32U;
  hash *= 0x9E3779B97F4A7C15U;
  return static_cast<std::uint32_t>((hash ^ (hash >> 29U)) % buckets);
}

std::vector<Stem> stems_of(std::string_view tex) { return words(plain_text(tex)).stems; }

using Buckets = std::vector<std::uint32_t>;

// Words, and pairs of them that no end of a sentence divides.
void add_words(Buckets& found, const std::vector<Stem>& stems, Part word, Part pair) {
  Stem before = sentence_end;
  for (const Stem stem : stems) {
    if (stem != sentence_end) found.push_back(bucket_of(stem, word));
    // FNV-1a takes a word's last letter in with one multiplication: a small factor would bring pairs of words that
    // differ there alone together.
    if (stem != sentence_end && before != sentence_end)
      found.push_back(bucket_of(before * 0xC2B2AE3D27D4EB4FU + stem, pair));
    before = stem;
  }
}

// Each bucket once. The oftener it was found the more it counts, but less and less.
void append_counted(Features& features, Buckets found) {
  std::sort(found.begin(), found.end());
  for (auto at = found.begin(); at != found.end();) {
    const auto next = std::upper_bound(at, found.end(), *at);
    features.push_back({*at, 1 + std::log(static_cast<float>(next - at))});
    at = next;
  }
}

}  // namespace

Features features_of(const std::vector<Stem>& title, const std::vector<Stem>& abstract,
                     const std::vector<std::string>& categories) {
  Buckets text, own, of_categories;
  add_words(text, title, Part::word, Part::pair);
  add_words(text, abstract, Part::word, Part::pair);
  add_words(own, title, Part::title_word, Part::title_pair);
  for (const std::string& category : categories) of_categories.push_back(bucket_of(hashed(category), Part::category));
  if (!categories.empty()) of_categories.push_back(bucket_of(hashed(categories[0]), Part::primary));
  Features features;
  append_counted(features, std::move(text));
  append_counted(features, std::move(own));
  append_counted(features, std::move(of_categories));
  return features;
}

Features features_of(const Paper& paper) {
  return features_of(stems_of(paper.title), stems_of(paper.abstract), paper.categories);
}

void Rarity::weigh(Features& features) const {
  float squares = 0;
  for (Feature& feature : features) {
    feature.value *= of[feature.bucket];
    squares += feature.value * feature.value;
  }
  if (squares == 0) return;
  const float factor = 1 / std::sqrt(squares);
  for (Feature& feature : features) feature.value *= factor;
}

void Frequencies::count(const Features& features) {
  ++papers_;
  for (const Feature& feature : features) ++having_[feature.bucket];
}

Rarity Frequencies::rarity() const {
  // Most buckets share a few counts: a logarithm each would cost more than the day's papers.
  std::vector<float> of_count(papers_ + 1);
  for (std::size_t count = 0; count <= papers_; ++count) {
    const double ratio = (static_cast<double>(papers_) + 1) / (static_cast<double>(count) + 0.5);
    of_count[count] = count == 1 ? 0 : static_cast<float>(std::max(least_rare, std::log(ratio)));
  }
  // Features that share a bucket count more than once a paper.
  const auto rarity_of = [&](std::uint32_t count) { return of_count[std::min<std::size_t>(count, papers_)]; };
  Rarity rarity;
  std::transform(having_.begin(), having_.end(), rarity.of.begin(), rarity_of);
  return rarity;
}

}  // namespace daybook
