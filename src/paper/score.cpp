#include "paper/score.h"

#include <array>
#include <charconv>
#include <utility>

namespace daybook {

namespace {

constexpr std::array<std::pair<Scorer, std::string_view>, 3> names = {{
    {Scorer::llm, "llm"},
    {Scorer::local, "local"},
    {Scorer::author, "author"},
}};

bool is_below_threshold(const Score& score) {
  return score.threshold && score.local_score && *score.local_score < *score.threshold;
}

std::string fixed(double number, int decimals) {
  std::array<char, 400> digits{};  // the largest double has 309 before the point
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, decimals).ptr;
  return {digits.data(), end};
}

// Two decimals, or as many as tell them apart: "0.31 < 0.31" would be no reason.
std::string joined_by(const Score& score, std::string_view between) {
  constexpr int enough = 9;
  int decimals = 2;
  while (decimals < enough && fixed(*score.local_score, decimals) == fixed(*score.threshold, decimals)) ++decimals;
  return fixed(*score.local_score, decimals).append(between) + fixed(*score.threshold, decimals);
}

}  // namespace

std::string_view scorer_name(Scorer scorer) { return names.at(static_cast<std::size_t>(scorer)).second; }

std::optional<Scorer> scorer_of(std::string_view name) {
  for (const auto& [scorer, known] : names) {
    if (known == name) return scorer;
  }
  return std::nullopt;
}

bool scored_locally(const Score& score) {
  if (score.scorer != Scorer::author) return score.scorer == Scorer::local;
  return score.scored_by ? *score.scored_by == Scorer::local : score.local_score.has_value();
}

bool is_discarded(const Score& score) { return score.scorer == Scorer::local && is_below_threshold(score); }

bool is_explored(const Score& score) { return score.scorer == Scorer::llm && is_below_threshold(score); }

std::string cascade_words(const Score& score) {
  const std::string_view what = is_discarded(score) ? "discarded at " : is_explored(score) ? "explored at " : "";
  return what.empty() ? std::string() : std::string(what) + joined_by(score, ", threshold ");
}

std::string below_threshold(const Score& score) {
  return is_below_threshold(score) ? joined_by(score, " < ") : std::string();
}

}  // namespace daybook
