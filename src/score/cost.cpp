#include "score/cost.h"

#include <algorithm>

namespace daybook {

std::optional<Cost> cost_of(const Tokens& tokens, const Price& price) {
  if (!tokens.prompt || !tokens.completion) return std::nullopt;
  constexpr double million = 1e6;
  const auto cached = static_cast<double>(std::min(tokens.cached.value_or(0), *tokens.prompt));
  const double fresh = static_cast<double>(*tokens.prompt) - cached;
  return Cost{(fresh * price.prompt + cached * price.cached) / million,
              static_cast<double>(*tokens.completion) * price.completion / million};
}

long long estimated_tokens(std::size_t bytes) { return static_cast<long long>((bytes + 3) / 4); }

}  // namespace daybook
