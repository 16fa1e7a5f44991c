#include "pipeline/estimate.h"

#include "llm/cost.h"
#include "site/links.h"
#include "site/summary.h"

namespace daybook {

void Estimate::add(const Asking::Estimate& estimate) {
  sum_.papers += estimate.papers;
  sum_.requests += estimate.requests;
  sum_.prompt_tokens += estimate.prompt_tokens;
  sum_.completion_tokens += estimate.completion_tokens;
}

double Estimate::dollars(const Price& price) const {
  return cost_of({sum_.prompt_tokens, 0, sum_.completion_tokens, {}}, price)->sum();
}

std::string Estimate::words(const LlmSettings& llm, const Prices& prices) const {
  std::string text = counted(sum_.requests, "request", "requests") + ", about " + std::to_string(sum_.prompt_tokens) +
                     " tokens to send and " + std::to_string(sum_.completion_tokens) + " to get; ";
  const Price* price = price_of(prices, llm.model);
  if (price == nullptr) return text + "cost unknown: config/prices.toml has no " + llm.model;
  return text + "about " + money(dollars(*price)) + " with " + llm.model;
}

}  // namespace daybook
