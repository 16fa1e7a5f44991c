#include "score/score.h"

#include <array>
#include <utility>

namespace daybook {

namespace {

constexpr std::array<std::pair<Scorer, std::string_view>, 3> names = {{
    {Scorer::llm, "llm"},
    {Scorer::local, "local"},
    {Scorer::author, "author"},
}};

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

}  // namespace daybook
