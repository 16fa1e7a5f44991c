#include "llm/fault.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "core/text.h"
#include "llm/token_counts.h"

namespace daybook {

namespace {

struct Traits {
  std::string_view words;
  Remedy remedy;
  const char* hint;
};

constexpr const char* check_key = "check OPENAI_API_KEY: it may be mistyped, expired, or for another endpoint";
constexpr const char* it_is_down = "no action needed: the endpoint is down, and later runs try again";

// In the order of FaultKind.
constexpr std::array<Traits, 12> traits = {{
    {"the endpoint did not answer", Remedy::retry, it_is_down},
    {"the endpoint reported an internal error", Remedy::retry, it_is_down},
    {"the endpoint accepted no more requests", Remedy::retry,
     "set requests_per_minute and tokens_per_minute in [llm] to the account's limits"},
    {"the endpoint refused the key", Remedy::give_up, check_key},
    {"the endpoint refused access", Remedy::give_up, check_key},
    {"the quota has run out", Remedy::give_up, "check the account's balance and limits; a later run scores the papers"},
    {"the endpoint does not know the model or the address", Remedy::give_up,
     "check model and base_url in [llm], and OPENAI_BASE_URL"},
    {"refused by the endpoint's moderation", Remedy::smaller,
     "set another model or base_url in [llm]: this endpoint's moderation refuses the papers"},
    {"the endpoint read only part of the prompt", Remedy::smaller, longer_context},
    {"too long for the endpoint", Remedy::smaller, "set another model in [llm], one that accepts longer texts"},
    {"the endpoint refused the request", Remedy::give_up,
     "check the settings in [llm]; the endpoint rejects the request"},
    {"the endpoint's reply could not be read", Remedy::retry,
     "check base_url in [llm] and OPENAI_BASE_URL: it may not be an OpenAI-compatible endpoint"},
}};

const Traits& traits_of(FaultKind kind) { return traits.at(static_cast<std::size_t>(kind)); }

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// A complaint in lower case.
struct Said {
  std::string message;
  std::string_view code;
};

// Gemini and others answer 400 to a wrong key.
bool is_of_key(const Complaint& complaint, const Said& said) {
  return complaint.status == 401 ||
         has_any(said.code, {"invalid_api_key", "api_key_invalid", "invalidapikey", "invalid_authentication",
                             "authentication_error", "unauthorized"}) ||
         has_any(said.message,
                 {"api key not valid", "invalid api key", "incorrect api key", "api key is invalid", "api key expired",
                  "invalid api-key", "invalid apikey", "api_key is invalid", "api key provided", "invalid x-api-key",
                  "authentication fail", "invalid token", "missing authentication", "unauthorized"});
}

// What an account, a place or a firewall is refused for, whatever it asks.
bool is_of_account(const Said& said) {
  return has_any(said.message,
                 {"your account", "your project", "your access", "suspended", "terminated", "by waf", "firewall",
                  "ip address", "ip flagged", "not available in your", "not supported", "unsupported country"});
}

// A code says so, and not only words.
bool is_moderation_by_code(int status, const Complaint& complaint, const Said& said) {
  return complaint.flags_content || (status == 451 && !is_of_account(said)) ||
         has_any(said.code, {"content_filter", "contentfilter", "content_policy", "responsibleaipolicy",
                             "data_inspection", "datainspection", "moderation", "prohibited_content", "guardrail",
                             "invalid_prompt", "safety", "sensitive"});
}

// Azure: https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter. DashScope:
// data_inspection_failed. OpenRouter: https://openrouter.ai/docs/api-reference/errors. A page is a firewall's, which
// knows no papers.
bool is_moderation(int status, const Complaint& complaint, const Said& said) {
  if (complaint.is_page || status == 401 || status == 402 || status == 404 || status == 429) return false;
  if (is_moderation_by_code(status, complaint, said)) return true;
  return !is_of_account(said) &&
         has_any(said.message,
                 {"moderation", "moderated", "content exists risk", "considered high risk", "inappropriate content",
                  "unsafe content", "content management policy", "usage guidelines", "usage policies", "usage policy",
                  "content policy", "content violates", "content filter", "content blocked", "prohibited_content",
                  "safety system", "guardrail", "flagged"});
}

// A setting may be too large, too: the papers are meant where a word for them is there. With 429 a limit by the minute
// is said to be passed, by one request alone or by all.
bool is_too_long(int status, const Said& said) {
  const bool of_text = has_any(said.message, {"prompt", "input", "message", "request", "text", "content", "body"});
  const bool too_long = has_any(said.message, {"too long", "too large"});
  if (status == 429) return has_any(said.message, {"request too large"});
  return has_any(said.code, {"context_length", "string_above_max_length", "request_too_large"}) ||
         has_any(said.message, {"context length", "maximum context", "context window", "too many tokens",
                                "maximum number of tokens", "reduce the length"}) ||
         (of_text && too_long);
}

constexpr double longest_rate_limit = 3600;  // seconds: a limit by the minute or the hour, and no quota

// An account without money: no waiting helps.
bool is_out_of_money(int status, const Said& said, double asked_to_wait) {
  const bool passes = asked_to_wait > 0 && asked_to_wait <= longest_rate_limit;
  if (has_any(said.code, {"insufficient_quota", "billing", "insufficient_balance", "arrearage"})) return true;
  if (has_any(said.message, {"insufficient balance", "credit balance", "out of credits", "payment required"}))
    return !passes;
  const bool may_be = status == 429 || status == 403 || status == 0;
  return may_be && !passes && has_any(said.message, {"quota", "billing"});
}

bool is_unknown_model(const Said& said) {
  return has_any(said.code, {"model_not_found", "invalid_model", "unknown_model"}) ||
         has_any(said.message,
                 {"model not exist", "not a valid model", "unknown model", "model not found", "invalid model"});
}

FaultKind kind_of_status(int status) {
  if (status == 0 || status >= 500) return status == 501 ? FaultKind::request : FaultKind::down;
  if (status == 401) return FaultKind::key;
  if (status == 402) return FaultKind::money;
  if (status == 403) return FaultKind::access;
  if (status == 404 || status == 405 || status == 410 || status < 400) return FaultKind::not_found;
  if (status == 408 || status == 409 || status == 425) return FaultKind::down;
  if (status == 413 || status == 414) return FaultKind::too_long;
  return status == 429 ? FaultKind::busy : FaultKind::request;
}

}  // namespace

std::string_view fault_words(FaultKind kind) { return traits_of(kind).words; }

bool is_of_papers(FaultKind kind) { return kind == FaultKind::moderation || kind == FaultKind::too_long; }

FaultKind kind_of(int status, const Complaint& complaint, double asked_to_wait) {
  const Said said{ascii_lower(complaint.message), complaint.code};
  const bool of_request = status == 0 || status == 400 || status == 403 || status == 422;
  if (!complaint.is_page && of_request && is_of_key(complaint, said)) return FaultKind::key;
  const bool may_have_read_it = of_request || status == 413 || status == 429;
  if (is_moderation(status, complaint, said)) return FaultKind::moderation;
  if ((of_request || status == 429) && is_out_of_money(status, said, asked_to_wait)) return FaultKind::money;
  // "Request too large ... on tokens per min" comes as 429, and no waiting makes it smaller.
  if (may_have_read_it && status != 403 && !complaint.is_page && is_too_long(status, said)) return FaultKind::too_long;
  if (of_request && is_unknown_model(said)) return FaultKind::not_found;
  return kind_of_status(status);
}

bool is_sure(FaultKind kind, int status, const Complaint& complaint) {
  const Said said{ascii_lower(complaint.message), complaint.code};
  if (kind == FaultKind::too_long)
    return status == 413 || has_any(said.code, {"context_length", "string_above_max_length", "request_too_large"});
  return kind == FaultKind::moderation && is_moderation_by_code(status, complaint, said);
}

ChatFault fault_of(FaultKind kind, std::string what, int status) {
  ChatFault fault{traits_of(kind).remedy, std::move(what), 0, traits_of(kind).hint, false, status, kind};
  fault.busy = kind == FaultKind::busy;
  if (kind == FaultKind::request && (status == 400 || status == 422)) fault.remedy = Remedy::smaller;
  if (kind == FaultKind::not_found && status >= 300 && status < 400)
    fault.hint = "set base_url in [llm] or OPENAI_BASE_URL to the address it redirects to";
  return fault;
}

}  // namespace daybook
