#include "llm/token_counts.h"

namespace daybook {

namespace {

using Count = std::optional<long long>;

constexpr long long prompt_max = 10'000'000;     // the longest context that is offered
constexpr long long completion_max = 1'000'000;  // several times what any model writes at once
constexpr long long own_words_max = 10'000;      // tokens of an endpoint's own: its template, the schema
constexpr std::size_t bytes_per_token = 12;      // more no text has on an average; English has four

// As it is told: what is among what is to be found out.
struct Told {
  Count prompt;
  Count beside_prompt;  // cached ones that Anthropic's input_tokens are without
  Count cached;
  Count completion;
  Count reasoning;
  Count total;
};

const Json* usage_in(const Json& root) {
  const Json* choices = member(root, "choices");
  const Json* groq = member(root, "x_groq");
  const Json* usage = member(root, "usage");
  const bool is_first = usage != nullptr && usage->IsObject();
  if (!is_first && choices != nullptr && choices->IsArray() && !choices->Empty())
    usage = member((*choices)[0], "usage");
  return usage == nullptr && groq != nullptr ? member(*groq, "usage") : usage;
}

Count count_of(const Json* value) {
  const Count number = integer_of(value);
  return number && *number >= 0 && *number <= prompt_max ? number : std::nullopt;
}

Count first_of(const Json& object, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const Count number = count_of(member(object, name))) return number;
  return std::nullopt;
}

Count detail_of(const Json& usage, std::initializer_list<const char*> groups, const char* name) {
  for (const char* group : groups)
    if (const Json* details = member(usage, group))
      if (const Count number = count_of(member(*details, name))) return number;
  return std::nullopt;
}

Told told_in(const Json& usage) {
  Told told;
  told.prompt = first_of(usage, {"prompt_tokens", "input_tokens"});
  told.cached = detail_of(usage, {"prompt_tokens_details", "input_tokens_details"}, "cached_tokens");
  if (!told.cached)
    told.cached = first_of(usage, {"prompt_cache_hit_tokens", "cache_read_input_tokens"});  // DeepSeek's, Anthropic's
  if (!first_of(usage, {"prompt_tokens"})) {
    const Count read = first_of(usage, {"cache_read_input_tokens"});
    const Count written = first_of(usage, {"cache_creation_input_tokens"});
    if (read || written) told.beside_prompt = read.value_or(0) + written.value_or(0);
  }
  told.completion = first_of(usage, {"completion_tokens", "output_tokens"});
  told.reasoning = detail_of(usage, {"completion_tokens_details", "output_tokens_details"}, "reasoning_tokens");
  if (!told.reasoning) told.reasoning = first_of(usage, {"reasoning_tokens"});
  told.total = first_of(usage, {"total_tokens"});
  if (told.prompt == 0) told.prompt.reset();  // a question has some
  return told;
}

// What is greater than that which it is said to be part of stands beside it, unless the total has no room for it.
void place_cached(Told& told) {
  if (told.prompt) *told.prompt += told.beside_prompt.value_or(0);
  if (!told.prompt || told.cached.value_or(0) <= *told.prompt) return;
  const long long sum = *told.prompt + *told.cached + told.completion.value_or(0);
  if (told.total && *told.total < sum) return told.cached.reset();
  *told.prompt += *told.cached;
}

void place_reasoning(Told& told) {
  if (told.completion && told.reasoning.value_or(0) > *told.completion) *told.completion += *told.reasoning;
  if (!told.total) return;
  if (!told.prompt && told.completion && *told.total > *told.completion) told.prompt = *told.total - *told.completion;
  const long long rest = *told.total - told.prompt.value_or(*told.total);
  if (rest > told.completion.value_or(0) && rest <= completion_max) told.completion = rest;
}

}  // namespace

Tokens tokens_in(const Json& root, std::string_view content) {
  const Json* usage = usage_in(root);
  if (usage == nullptr) return {};
  Told told = told_in(*usage);
  place_cached(told);
  place_reasoning(told);
  const bool too_few = told.completion && static_cast<std::size_t>(*told.completion) * bytes_per_token < content.size();
  if (too_few || told.completion.value_or(0) > completion_max) told.completion.reset();
  Tokens tokens;
  tokens.prompt = told.prompt;
  tokens.completion = told.completion;
  if (tokens.prompt) tokens.cached = told.cached;
  if (tokens.completion) tokens.reasoning = told.reasoning;
  return tokens;
}

bool can_be_so_long(long long counted, long long estimated) { return counted <= 4 * estimated + own_words_max; }

}  // namespace daybook
