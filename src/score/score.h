// What a scorer says of a paper.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook {

enum class Scorer { llm, local, author };
std::string_view scorer_name(Scorer scorer);  // "llm"
std::optional<Scorer> scorer_of(std::string_view name);

// Unknown values are absent, never 0.
struct Score {
  std::optional<int> relevance;  // 1-10
  std::optional<int> novelty;    // 1-10
  std::string comment;           // why; text as the scorer wrote it
  std::string topic;             // a topic's slug; empty: none
  Scorer scorer = Scorer::local;
  std::optional<double> local_score;  // 0-1, the local scorer's own
  bool operator==(const Score&) const = default;
};

// Whether its numbers are the local scorer's: an author match has them too where no LLM has read the paper.
bool scored_locally(const Score& score);

}  // namespace daybook
