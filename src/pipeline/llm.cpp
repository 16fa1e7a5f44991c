#include "pipeline/llm.h"

#include <algorithm>

#include "core/text.h"
#include "llm/prompt_hash.h"
#include "platform/disk.h"
#include "platform/environment.h"
#include "platform/url.h"
#include "rank/phrases.h"
#include "site/builtin.h"

namespace daybook {

namespace {

constexpr const char* openai = "https://api.openai.com/v1";

std::optional<Endpoint> endpoint_of(const LlmSettings& llm) {
  const auto key = secret("OPENAI_API_KEY");
  const std::string base = variable("OPENAI_BASE_URL").value_or(llm.base_url);
  if (!key && base.empty()) return std::nullopt;
  return Endpoint{std::string(trim(base.empty() ? openai : base)), key.value_or("")};
}

bool is_base_url(std::string_view url) {
  const bool web = url.substr(0, 8) == "https://" || url.substr(0, 7) == "http://";
  return web && !host_of(url).empty() && url.find_first_of("?#@ \t") == std::string_view::npos;
}

Asked asked_by(const Interests& interests, FirstPass first_pass, const Templates& templates) {
  Asked asked;
  asked.prompts = scoring_prompts(interests, words_against(interests), templates);
  asked.prompt = prompt_text(asked.prompts, first_pass);
  asked.prompt_hash = prompt_hash(asked.prompt);
  asked.scores_hash = prompt_hash(prompt_text(asked.prompts, FirstPass::none));
  return asked;
}

void check_llm(const CommandContext& context, const Settings& settings, const Llm& llm, Errors& errors) {
  if (context.options.scorer == ScorerChoice::llm && !llm.endpoint)
    errors.push_back({Kind::misuse,
                      {},
                      "--scorer llm, but no LLM is configured",
                      "set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint without a key; or leave out --scorer"});
  if (llm.endpoint && !is_base_url(llm.endpoint->base_url))
    errors.push_back({Kind::misuse,
                      {"OPENAI_BASE_URL", 0, 0},
                      "/chat/completions cannot be appended to this address",
                      "write it like https://api.openai.com/v1, without a query; the key goes into OPENAI_API_KEY"});
  if (llm.endpoint && settings.llm.model.empty())
    errors.push_back({Kind::misuse,
                      {context.options.config, 0, 0},
                      "[llm] has an empty model",
                      "name the endpoint's model, or remove the line"});
}

}  // namespace

const Asked& Llm::asked_on(Date day) const {
  const auto found = until.lower_bound(day);
  return found == until.end() ? asked : found->second;
}

void warn_of_llm(const CommandContext& context, const Settings& settings, const Llm& llm) {
  const auto warn = [&](const std::string& what, const std::string& hint) {
    context.console.warning({Kind::misuse, {context.options.config, 0, 0}, what, hint});
  };
  if (settings.llm.required && !llm.endpoint && context.options.scorer != ScorerChoice::local)
    warn("[llm] is required, but none is configured: OPENAI_API_KEY is not set, or empty",
         "set it (in a workflow, check that the secret exists under that name), or remove \"required\"");
  if (llm.endpoint && llm.endpoint->key.empty() && llm.endpoint->base_url.substr(0, 8) == "https://")
    warn(std::string(host_of(llm.endpoint->base_url)) + " is asked without a key",
         "set OPENAI_API_KEY if it needs one");
  if (llm.endpoint && !llm.endpoint->key.empty() && is_open_to_others(llm.endpoint->base_url))
    warn("OPENAI_API_KEY is sent unencrypted to " + std::string(host_of(llm.endpoint->base_url)) +
             ": its address begins with http://",
         "write https:// in OPENAI_BASE_URL or base_url in [llm]; http:// is safe only on this machine, not across a "
         "private network");
  if (llm.endpoint && settings.llm.budget > 0 && price_of(llm.prices, settings.llm.model) == nullptr)
    warn("[llm] has a budget, but no price is known for " + settings.llm.model + ", so it can't be enforced",
         "add the model to config/prices.toml, a local one at 0; or set budget = 0");
}

void warn_of_answer(const CommandContext& context, const Llm& llm, const LlmCall& answered) {
  const std::string host(host_of(llm.endpoint->base_url));
  const auto told = answered.tokens.prompt;
  if (answered.question_cut)
    context.console.warning_once({Kind::failed,
                                  {},
                                  host + " read " + std::to_string(told.value_or(0)) + " tokens of a prompt of about " +
                                      std::to_string(answered.estimate.prompt.value_or(0)) +
                                      ": its context is too short, and the criteria at the start were cut off",
                                  longer_context},
                                 "context");
  if (!told || !answered.tokens.completion)
    context.console.warning_once(
        {Kind::failed,
         {},
         host + " reports no credible token counts: the cost is unknown, and the budget is enforced by estimate",
         "check the usage that the endpoint shows"},
        "usage");
}

Prices read_all_prices(const CommandContext& context, Errors& errors) {
  const std::string& config = context.options.config;
  const std::string path = config.substr(0, config.rfind('/') + 1) + "prices.toml";
  if (!exists(path)) {
    const std::string* ours = find_bytes(builtin_config(), "prices.toml");
    return ours == nullptr ? Prices{} : read_prices(*ours, "config/prices.toml", errors);
  }
  const auto text = read_file(path);
  if (!text) errors.push_back(text.error());
  return text ? read_prices(*text, path, errors) : Prices{};
}

Llm read_llm(const CommandContext& context, const Settings& settings, const Templates& templates, Errors& errors) {
  Llm llm;
  if (context.options.scorer != ScorerChoice::local) llm.endpoint = endpoint_of(settings.llm);
  llm.prices = read_all_prices(context, errors);
  const auto asked_on = [&](Date day) {
    return asked_by(interests_on(settings.interests, day),
                    settings.llm.title_filter ? FirstPass::titles : FirstPass::none, templates);
  };
  Date last;
  for (const Topic& topic : settings.interests.topics) {
    if (!topic.until || topic.paused) continue;
    last = std::max(last, *topic.until);
    if (llm.until.count(*topic.until) == 0) llm.until.emplace(*topic.until, asked_on(*topic.until));
  }
  llm.asked = asked_on(last + 1);
  check_llm(context, settings, llm, errors);
  return llm;
}

std::optional<Llm> load_llm(const CommandContext& context, const Settings& settings, const Templates& templates) {
  Errors errors;
  Llm llm = read_llm(context, settings, templates, errors);
  context.console.errors(errors);
  if (!errors.empty()) return std::nullopt;
  return llm;
}

}  // namespace daybook
