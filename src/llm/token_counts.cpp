#include "llm/token_counts.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

namespace daybook {

namespace {

using Count = std::optional<long long>;

constexpr long long prompt_max = 10'000'000;     // the longest context that is offered
constexpr long long completion_max = 1'000'000;  // several times what any model writes at once
constexpr long long own_words_max = 10'000;      // tokens of an endpoint's own: its template, the schema
constexpr std::size_t bytes_per_token = 12;      // more no text has on an average; English has four

const Json* usage_in(const Json& root) {
  const auto choices = items_of(member(root, "choices"));
  for (const Json* home : {&root, choices.empty() ? nullptr : choices.data(), member(root, "x_groq")})
    if (const Json* usage = home == nullptr ? nullptr : member(*home, "usage"); usage != nullptr && usage->IsObject())
      return usage;
  return nullptr;
}

// The first count among "total_tokens", "prompt_tokens_details/cached_tokens" ...
Count told(const Json& usage, std::initializer_list<std::string_view> paths) {
  for (const std::string_view path : paths) {
    const auto slash = path.find('/');
    const Json* group = slash == path.npos ? &usage : member(usage, path.substr(0, slash));
    const Count number = group == nullptr
                             ? std::nullopt
                             : integer_of(member(*group, slash == path.npos ? path : path.substr(slash + 1)));
    if (number && *number >= 0 && *number <= prompt_max) return number;
  }
  return std::nullopt;
}

Tokens told_in(const Json& usage) {
  Tokens tokens;
  tokens.prompt = told(usage, {"prompt_tokens", "input_tokens"});
  if (tokens.prompt == 0) tokens.prompt.reset();  // a question has some
  // Anthropic's input_tokens are without those of its cache.
  if (tokens.prompt && !told(usage, {"prompt_tokens"}))
    *tokens.prompt +=
        told(usage, {"cache_read_input_tokens"}).value_or(0) + told(usage, {"cache_creation_input_tokens"}).value_or(0);
  // The last two are DeepSeek's and Anthropic's.
  tokens.cached = told(usage, {"prompt_tokens_details/cached_tokens", "input_tokens_details/cached_tokens",
                               "prompt_cache_hit_tokens", "cache_read_input_tokens"});
  tokens.completion = told(usage, {"completion_tokens", "output_tokens"});
  tokens.reasoning = told(usage, {"completion_tokens_details/reasoning_tokens",
                                  "output_tokens_details/reasoning_tokens", "reasoning_tokens"});
  return tokens;
}

// What is greater than that which it is said to be part of stands beside it, unless the total has no room for it.
void add_what_stands_beside(Tokens& tokens, Count total) {
  auto& [prompt, cached, completion, reasoning] = tokens;
  if (prompt && cached.value_or(0) > *prompt) {
    if (total && *total < *prompt + *cached + completion.value_or(0)) {
      cached.reset();
    } else {
      *prompt += *cached;
    }
  }
  if (completion && reasoning.value_or(0) > *completion) *completion += *reasoning;
  if (!total) return;
  if (!prompt && completion && *total > *completion) prompt = *total - *completion;
  const long long rest = *total - prompt.value_or(*total);
  if (rest > completion.value_or(0) && rest <= completion_max) completion = rest;
}

}  // namespace

Tokens tokens_in(const Json& root, std::string_view content) {
  const Json* usage = usage_in(root);
  if (usage == nullptr) return {};
  Tokens tokens = told_in(*usage);
  add_what_stands_beside(tokens, told(*usage, {"total_tokens"}));
  const long long completion = tokens.completion.value_or(0);
  const bool too_few = static_cast<std::size_t>(completion) * bytes_per_token < content.size();
  if (too_few || completion > completion_max) tokens.completion.reset();
  if (!tokens.prompt) tokens.cached.reset();
  if (!tokens.completion) tokens.reasoning.reset();
  return tokens;
}

bool can_be_so_long(long long counted, long long estimated) { return counted <= 4 * estimated + own_words_max; }

bool ContextLimit::is_cut(long long estimated, const Tokens& told) {
  if (!told.prompt) return false;
  const long long counted = *told.prompt;
  const long long before = std::exchange(greatest_, std::max(greatest_, counted));
  const bool far_below = 6 * (counted + told.cached.value_or(0)) < 4 * estimated && 2 * counted >= before;
  const bool at_the_edge = counted % 1024 == 0 && counted <= estimated && counted >= before;
  return far_below || at_the_edge;
}

}  // namespace daybook
