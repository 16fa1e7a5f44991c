#include "llm/budget.h"

#include <cmath>

#include "llm/cost.h"

namespace daybook {

namespace {

constexpr std::size_t bytes_of_a_paper = 1400;  // its title and abstract, in the ordinary

// Up to a whole ten-thousandth, so that a budget of so much covers it.
std::string rounded_up(double dollars) {
  const auto units = static_cast<long long>(std::ceil(dollars * 10'000));
  const std::string rest = std::to_string(units % 10'000);
  return std::to_string(units / 10'000) + '.' + std::string(4 - rest.size(), '0') + rest;
}

}  // namespace

Error budget_too_small(const LlmSettings& llm, double dollars) {
  const std::string least = rounded_up(dollars);
  return {
      Kind::failed,
      {},
      "the budget of $" + rounded_up(llm.budget) + " a day is less than one request costs, about $" + least,
      "set budget in [llm] to " + least + " at least, or to 0 for no limit; fewer papers a request (batch) cost less"};
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
