// A budget that does not cover a single request: no later day would bring one either, so it is a fault to be mended
// and no wait.
#pragma once

#include <optional>

#include "llm/prices.h"
#include "llm/prompt.h"

namespace daybook {

// `dollars`: what one request costs, by estimate.
Error budget_too_small(const LlmSettings& llm, double dollars);

// What the settings alone tell, for a request of so many papers as go into one.
std::optional<Error> budget_below_a_request(const LlmSettings& llm, const Prompt& prompt, const Prices& prices);

}  // namespace daybook
