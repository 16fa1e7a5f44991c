#include "rank/features.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/text.h"

namespace daybook {

namespace {

// The same word in the title and in the whole text is two features.
enum class Part : std::uint64_t { word = 1, pair, title_word, title_pair, category, primary };

constexpr float title_worth = 1.5F;

constexpr std::uint64_t prime = 0x100000001B3U;
constexpr std::uint64_t offset = 0xCBF29CE484222325U;

// FNV-1a leaves its low bits poorly mixed.
constexpr std::uint64_t mixed(std::uint64_t hash) {
  hash ^= hash >> 32U;
  hash *= 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29U);
}

// FNV-1a takes a word's last letter in with one multiplication: a small factor would bring pairs of words that differ
// there alone together.
constexpr std::uint64_t of_pair(std::uint64_t before, std::uint64_t word) {
  return before * 0xC2B2AE3D27D4EB4FU + word;
}

constexpr std::uint64_t of_part(std::uint64_t hash, Part part) {
  return mixed(hash ^ (static_cast<std::uint64_t>(part) * 0xD6E8FEB86659FD93U));
}

constexpr std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = offset;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  return hash;
}

// Bytes of words, in lower case; 0: they divide words. UTF-8's are all of words: an accent changes nothing else.
constexpr std::array<unsigned char, 256> letters() {
  std::array<unsigned char, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool other = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 128;
    table.at(c) = static_cast<unsigned char>(upper ? c + ('a' - 'A') : other ? c : 0);
  }
  return table;
}

// Words that say nothing of any paper, and stand between those that make a pair.
constexpr std::string_view silent =
    "a an and are as at be by for from has have in is it its of on or our that the their these this to we which with "
    "can also not such both while into than more most using use via each other over between";
constexpr std::size_t longest_silent = 7;

// A set of hashes without collisions among what it holds; a word outside it is hardly ever taken for one.
class SilentWords {
 public:
  SilentWords() {
    for (const std::string_view each : split(silent, ' '))
      slots_.at(hash_of(each) % slots_.size()).push_back(hash_of(each));
  }
  bool has(std::uint64_t hash) const {
    const auto& slot = slots_[hash % slots_.size()];
    return std::find(slot.begin(), slot.end(), hash) != slot.end();
  }

 private:
  std::array<std::vector<std::uint64_t>, 256> slots_;
};

const SilentWords& silent_words() {
  static const SilentWords words;
  return words;
}

bool ends_sentence(unsigned char c) { return c == '.' || c == '?' || c == '!' || c == ';'; }

constexpr std::size_t cells = 4096;      // at first: a power of two; more where a text needs them
constexpr std::size_t longest = 200000;  // bytes of a text that are read; an abstract has 2000

// 1 + log of how often; most words stand there once or twice.
float damped(float times) {
  static const std::array<float, 16> known = [] {
    std::array<float, 16> logs{};
    for (std::size_t n = 1; n < logs.size(); ++n) logs.at(n) = 1 + std::log(static_cast<float>(n));
    return logs;
  }();
  const auto n = static_cast<std::size_t>(times);
  return n < known.size() ? known[n] : 1 + std::log(times);
}

}  // namespace

Featurizer::Featurizer() : cells_(cells) {}

void Featurizer::count(std::uint64_t hash, float times) {
  const auto bucket = static_cast<std::uint32_t>(hash % buckets);
  for (std::size_t at = bucket;; ++at) {
    Cell& cell = cells_[at & (cells_.size() - 1)];
    if (cell.reading != reading_) {
      cell = {bucket, reading_, static_cast<std::uint32_t>(features_->size())};
      features_->push_back({bucket, times});
      return;
    }
    if (cell.bucket == bucket) {
      (*features_)[cell.at].value += times;
      return;
    }
  }
}

void Featurizer::words(std::string_view text, bool title) {
  static constexpr auto letter = letters();
  const SilentWords& stop = silent_words();
  std::uint64_t before = 0;  // the word that makes a pair with the next; 0: none
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t hash = offset;
    std::uint64_t shorter = offset;  // the hash without the last letter
    const std::size_t begin = at;
    unsigned char last = 0, last_but_one = 0;
    while (at < text.size()) {
      const unsigned char c = letter[static_cast<unsigned char>(text[at])];
      if (c == 0) break;
      shorter = hash;
      hash = (hash ^ c) * prime;
      last_but_one = last;
      last = c;
      ++at;
    }
    const std::size_t length = at - begin;
    if (length == 0) {
      if (ends_sentence(static_cast<unsigned char>(text[at]))) before = 0;
      ++at;
      continue;
    }
    if (length <= longest_silent && stop.has(hash)) continue;
    if (length > 4 && last == 's' && last_but_one != 's') hash = shorter;  // plurals
    count(of_part(hash, title ? Part::title_word : Part::word), 1);
    if (before != 0) count(of_part(of_pair(before, hash), title ? Part::title_pair : Part::pair), 1);
    before = hash;
  }
}

void Featurizer::read(const Paper& paper, std::string_view abstract, Features& features) {
  const std::string_view title = std::string_view(paper.title).substr(0, longest);
  abstract = abstract.substr(0, longest);
  // A word of one letter and its blank make two features, in the title four.
  const std::size_t most = 2 * (title.size() + 1) + abstract.size() + 1 + 2 * paper.categories.size();
  if (cells_.size() < 2 * most) cells_.assign(std::bit_ceil(2 * most), {});
  features.clear();
  features_ = &features;
  if (++reading_ == 0) {
    std::fill(cells_.begin(), cells_.end(), Cell{});
    reading_ = 1;
  }
  words(title, false);
  words(abstract, false);
  for (Feature& feature : features) feature.value = damped(feature.value);
  const std::size_t own = features.size();
  words(title, true);
  for (std::size_t i = own; i < features.size(); ++i) features[i].value *= title_worth;
  for (std::size_t i = 0; i < paper.categories.size(); ++i) {
    count(of_part(hash_of(paper.categories[i]), Part::category), 1);
    if (i == 0) count(of_part(hash_of(paper.categories[i]), Part::primary), 1);
  }
}

void Featurizer::read(const Paper& paper, Features& features) { read(paper, paper.abstract, features); }

Features Featurizer::read(const Paper& paper) {
  Features features;
  read(paper, features);
  return features;
}

Features Featurizer::read_title(const Paper& paper) {
  Features features;
  read(paper, {}, features);
  return features;
}

}  // namespace daybook
