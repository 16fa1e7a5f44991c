#include "day/usage.h"

#include <cmath>

#include "llm/cost.h"

namespace daybook {

namespace {

void add(std::optional<long long>& sum, const std::optional<long long>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

// Of what every call takes: a sum with a gap is no sum.
void add_or_lose(std::optional<long long>& sum, const std::optional<long long>& more) {
  sum = sum && more ? std::optional(*sum + *more) : std::nullopt;
}

void drop_parts_of_unknown(Usage& usage) {
  if (!usage.prompt_tokens) usage.cached_tokens.reset();
  if (!usage.completion_tokens) usage.reasoning_tokens.reset();
}

// A record keeps a millionth of a dollar, and no more digits than that.
double rounded(double dollars) { return std::round(dollars * 1e6) / 1e6; }

// Unknown and known make unknown.
std::optional<double> known_sum(const std::optional<double>& a, const std::optional<double>& b) {
  if (!a || !b) return std::nullopt;
  return rounded(*a + *b);
}

}  // namespace

std::optional<Usage> usage_of(const std::vector<LlmCall>& calls, const Prices& prices) {
  if (calls.empty()) return std::nullopt;
  Usage usage;
  usage.prompt_tokens = usage.completion_tokens = 0;
  Cost sum;
  bool known = true;
  for (const LlmCall& call : calls) {
    add_or_lose(usage.prompt_tokens, call.tokens.prompt);
    add(usage.cached_tokens, call.tokens.cached);
    add_or_lose(usage.completion_tokens, call.tokens.completion);
    add(usage.reasoning_tokens, call.tokens.reasoning);
    const Price* price = price_of(prices, call.model);
    const auto cost = price == nullptr ? std::nullopt : cost_of(call, *price);
    known = known && cost.has_value();
    sum.prompt += cost ? cost->prompt : 0;
    sum.completion += cost ? cost->completion : 0;
  }
  drop_parts_of_unknown(usage);
  usage.model = calls.back().model;
  usage.requests = static_cast<long long>(calls.size());
  if (known) {
    usage.prompt_cost = rounded(sum.prompt);
    usage.completion_cost = rounded(sum.completion);
    usage.cost = rounded(*usage.prompt_cost + *usage.completion_cost);  // so that what is shown adds up
  }
  return usage;
}

std::optional<Usage> sum_of(const std::optional<Usage>& a, const std::optional<Usage>& b) {
  if (!a || !b) return a ? a : b;
  Usage sum = *a;
  if (!b->model.empty()) sum.model = b->model;
  add(sum.requests, b->requests);
  add_or_lose(sum.prompt_tokens, b->prompt_tokens);
  add(sum.cached_tokens, b->cached_tokens);
  add_or_lose(sum.completion_tokens, b->completion_tokens);
  add(sum.reasoning_tokens, b->reasoning_tokens);
  drop_parts_of_unknown(sum);
  sum.prompt_cost = known_sum(a->prompt_cost, b->prompt_cost);
  sum.completion_cost = known_sum(a->completion_cost, b->completion_cost);
  sum.cost = known_sum(a->cost, b->cost);
  return sum;
}

}  // namespace daybook
