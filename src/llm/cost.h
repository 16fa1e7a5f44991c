// Money for tokens, and budgets of it.
#pragma once

#include <optional>

#include "llm/chat.h"
#include "llm/llm_call.h"
#include "llm/prices.h"
#include "llm/prompt.h"

namespace daybook {

struct Cost {
  double prompt = 0;  // US dollars
  double completion = 0;
  double sum() const { return prompt + completion; }
};

// Nothing where the tokens are not known. Cached tokens are part of the prompt's, reasoning ones of the completion's.
std::optional<Cost> cost_of(const Tokens& tokens, const Price& price);

// Requests in a batch cost half. https://platform.openai.com/docs/guides/batch
std::optional<Cost> cost_of(const LlmCall& call, const Price& price);

// What calls took, or will take, as budgets reckon: by estimate where the endpoint does not count, or has not
// answered yet; nothing where no price is known. US dollars.
double dollars_of(const LlmCall& call, const Price& price);
double dollars_of(const std::vector<LlmCall>& calls, const Prices& prices);

// How many tokens a text is, roughly, before anyone has counted: four bytes of English each.
long long estimated_tokens(std::size_t bytes);

// What a verdict takes: a comment of two sentences, and its numbers.
inline constexpr long long tokens_per_verdict = 70;
inline constexpr long long tokens_per_title_verdict = 20;

// Of a budget that does not cover a single request, which costs so many `dollars` by estimate: no later day would bring
// one either, so it is an error to fix, and waiting does not help.
Error budget_too_small(const LlmSettings& llm, double dollars);

// What the settings alone tell, for a request of so many papers as go into one.
std::optional<Error> budget_below_a_request(const LlmSettings& llm, const Prompt& prompt, const Prices& prices);

}  // namespace daybook
