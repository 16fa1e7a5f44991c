#include "llm/cost.h"

#include <algorithm>

namespace daybook {

namespace {

constexpr double price_of_batches = 0.5;  // of the price of requests that are answered at once

double share_of_price(const Exchange& exchange) { return exchange.batch.empty() ? 1 : price_of_batches; }

}  // namespace

std::optional<Cost> cost_of(const Tokens& tokens, const Price& price) {
  if (!tokens.prompt || !tokens.completion) return std::nullopt;
  constexpr double million = 1e6;
  const auto cached = static_cast<double>(std::min(tokens.cached.value_or(0), *tokens.prompt));
  const double fresh = static_cast<double>(*tokens.prompt) - cached;
  return Cost{(fresh * price.prompt + cached * price.cached) / million,
              static_cast<double>(*tokens.completion) * price.completion / million};
}

std::optional<Cost> cost_of(const Exchange& exchange, const Price& price) {
  const auto cost = cost_of(exchange.tokens, price);
  if (!cost) return cost;
  const double share = share_of_price(exchange);
  return Cost{cost->prompt * share, cost->completion * share};
}

double dollars_of(const Exchange& exchange, const Price& price) {
  Tokens tokens = exchange.tokens;
  if (!tokens.prompt) tokens.prompt = exchange.estimate.prompt;
  if (!tokens.completion) tokens.completion = exchange.estimate.completion;
  const auto cost = cost_of(tokens, price);
  return cost ? cost->sum() * share_of_price(exchange) : 0;
}

double dollars_of(const std::vector<Exchange>& exchanges, const Prices& prices) {
  double sum = 0;
  for (const Exchange& exchange : exchanges)
    if (const Price* price = price_of(prices, exchange.model)) sum += dollars_of(exchange, *price);
  return sum;
}

long long estimated_tokens(std::size_t bytes) { return static_cast<long long>((bytes + 3) / 4); }

}  // namespace daybook
