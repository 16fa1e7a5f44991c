// A paper as a linear model sees it: hashed words and pairs of words, the title's apart, and its categories.
// Hashing: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "paper/paper.h"

namespace daybook {

inline constexpr std::size_t buckets = std::size_t{1} << 18U;

struct Feature {
  std::uint32_t bucket = 0;  // below `buckets`
  float value = 0;           // above 0: 1 + log(times) in title and abstract, more where it is the title's own
  bool operator==(const Feature&) const = default;
};

// Each bucket once, in order of first appearance; not normalized.
using Features = std::vector<Feature>;

// Reads papers one after the other; holds the table that counts. Not to be shared by threads.
class Featurizer {
 public:
  Featurizer();
  // The text is read as arXiv wrote it: TeX's marks divide words, its commands are words.
  void read(const Paper& paper, Features& features);
  Features read(const Paper& paper);
  // What is known of a paper whose abstract is lost.
  Features read_title(const Paper& paper);

 private:
  void read(const Paper& paper, std::string_view abstract, Features& features);
  void words(std::string_view text, bool title);
  void count(std::uint64_t hash, float times);

  struct Cell {
    std::uint32_t bucket = 0;
    std::uint32_t reading = 0;  // the paper that filled it, counted
    std::uint32_t at = 0;       // in the features
  };
  std::vector<Cell> cells_;
  std::uint32_t reading_ = 0;
  Features* features_ = nullptr;
};

}  // namespace daybook
