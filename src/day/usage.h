// What a day's calls of an LLM took.
#pragma once

#include <vector>

#include "day/day.h"
#include "llm/llm_call.h"
#include "llm/prices.h"

namespace daybook {

// Nothing where there was none. Tokens are absent where a call doesn't tell them, and so is money, or where a
// model's price is unknown: a sum with a gap is no sum. The model is that of the last call.
std::optional<Usage> usage_of(const std::vector<LlmCall>& calls, const Prices& prices);

// Both together, as where the state of the first was lost; tokens or money unknown in one are unknown.
std::optional<Usage> sum_of(const std::optional<Usage>& a, const std::optional<Usage>& b);

}  // namespace daybook
