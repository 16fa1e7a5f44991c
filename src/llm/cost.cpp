#include "llm/cost.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace daybook {

namespace {

constexpr double price_of_batches = 0.5;        // of the price of requests that are answered at once
constexpr std::size_t bytes_of_a_paper = 1400;  // its title and abstract, in the ordinary

double share_of_price(const LlmCall& call) { return call.batch.empty() ? 1 : price_of_batches; }

// Up to a whole ten-thousandth, so that a budget of so much covers it.
std::string rounded_up(double dollars) {
  const auto units = static_cast<long long>(std::ceil(dollars * 10'000));
  const std::string rest = std::to_string(units % 10'000);
  return std::to_string(units / 10'000) + '.' + std::string(4 - rest.size(), '0') + rest;
}

}  // namespace

std::optional<Cost> cost_of(const Tokens& tokens, const Price& price) {
  if (!tokens.prompt || !tokens.completion) return std::nullopt;
  constexpr double million = 1e6;
  const auto cached = static_cast<double>(std::min(tokens.cached.value_or(0), *tokens.prompt));
  const double fresh = static_cast<double>(*tokens.prompt) - cached;
  return Cost{(fresh * price.prompt + cached * price.cached) / million,
              static_cast<double>(*tokens.completion) * price.completion / million};
}

std::optional<Cost> cost_of(const LlmCall& call, const Price& price) {
  const auto cost = cost_of(call.tokens, price);
  if (!cost) return cost;
  const double share = share_of_price(call);
  return Cost{cost->prompt * share, cost->completion * share};
}

double dollars_of(const LlmCall& call, const Price& price) {
  Tokens tokens = call.tokens;
  if (!tokens.prompt) tokens.prompt = call.estimate.prompt;
  if (!tokens.completion) tokens.completion = call.estimate.completion;
  const auto cost = cost_of(tokens, price);
  return cost ? cost->sum() * share_of_price(call) : 0;
}

double dollars_of(const std::vector<LlmCall>& calls, const Prices& prices) {
  double sum = 0;
  for (const LlmCall& call : calls)
    if (const Price* price = price_of(prices, call.model)) sum += dollars_of(call, *price);
  return sum;
}

long long estimated_tokens(std::size_t bytes) { return static_cast<long long>((bytes + 3) / 4); }

Error budget_too_small(const LlmSettings& llm, double dollars) {
  const std::string least = rounded_up(dollars);
  return {Kind::failed,
          {},
          "the budget of $" + rounded_up(llm.budget) + " a day is less than one request costs, about $" + least,
          "set budget in [llm] to " + least + " or more, or to 0 for no limit; a smaller batch costs less"};
}

std::optional<Error> budget_below_a_request(const LlmSettings& llm, const Prompt& prompt, const Prices& prices) {
  const Price* price = price_of(prices, llm.model);
  if (llm.budget <= 0 || price == nullptr) return std::nullopt;
  const auto papers = static_cast<std::size_t>(llm.batch);
  const std::size_t bytes = prompt.system.size() + prompt.instructions.size() + papers * bytes_of_a_paper;
  const Tokens tokens{estimated_tokens(bytes), 0, tokens_per_verdict * static_cast<long long>(papers), {}};
  const double dollars = cost_of(tokens, *price)->sum();
  if (dollars <= llm.budget) return std::nullopt;
  return budget_too_small(llm, dollars);
}

}  // namespace daybook
