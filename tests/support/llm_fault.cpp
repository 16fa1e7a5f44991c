#include "support/llm_fault.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/json.h"

namespace daybook {

namespace {

constexpr std::array<std::pair<LlmFault, std::string_view>, 26> names = {{
    {LlmFault::too_many_requests, "too_many_requests"},
    {LlmFault::retry_after, "retry_after"},
    {LlmFault::server_error, "server_error"},
    {LlmFault::bad_gateway, "bad_gateway"},
    {LlmFault::unavailable, "unavailable"},
    {LlmFault::stalled, "stalled"},
    {LlmFault::closed, "closed"},
    {LlmFault::half_body, "half_body"},
    {LlmFault::html, "html"},
    {LlmFault::empty, "empty"},
    {LlmFault::json_error, "json_error"},
    {LlmFault::broken_json, "broken_json"},
    {LlmFault::cut_off, "cut_off"},
    {LlmFault::fenced, "fenced"},
    {LlmFault::array, "array"},
    {LlmFault::text_scores, "text_scores"},
    {LlmFault::out_of_range, "out_of_range"},
    {LlmFault::unknown_id, "unknown_id"},
    {LlmFault::others_id, "others_id"},
    {LlmFault::repeated_id, "repeated_id"},
    {LlmFault::left_out_id, "left_out_id"},
    {LlmFault::unauthorized, "unauthorized"},
    {LlmFault::forbidden, "forbidden"},
    {LlmFault::no_model, "no_model"},
    {LlmFault::no_money, "no_money"},
    {LlmFault::no_quota, "no_quota"},
}};

std::vector<LlmFault> between(LlmFault first, LlmFault last) {
  std::vector<LlmFault> faults;
  for (const auto& [fault, name] : names)
    if (first <= fault && fault <= last) faults.push_back(fault);
  return faults;
}

Answer page(int status, const std::string& title) {
  return {.status = status,
          .headers = {{"Content-Type", "text/html"}},
          .body = "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" + title +
                  "</h1></body></html>\n"};
}

Answer json(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

}  // namespace

std::string_view llm_fault_name(LlmFault fault) {
  return std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == fault; })->second;
}

std::optional<LlmFault> llm_fault_named(std::string_view name) {
  for (const auto& [fault, its_name] : names)
    if (its_name == name) return fault;
  return std::nullopt;
}

const std::vector<LlmFault>& passing_llm_faults() {
  static const std::vector<LlmFault> faults = between(LlmFault::too_many_requests, LlmFault::left_out_id);
  return faults;
}

const std::vector<LlmFault>& permanent_llm_faults() {
  static const std::vector<LlmFault> faults = between(LlmFault::unauthorized, LlmFault::no_quota);
  return faults;
}

bool is_content_fault(LlmFault fault) { return LlmFault::broken_json <= fault && fault <= LlmFault::left_out_id; }

std::string llm_error(std::string_view message, std::string_view type, std::string_view code) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> out(buffer);
  const auto put = [&](const char* name, std::string_view text) {
    out.Key(name);
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  };
  out.StartObject();
  out.Key("error");
  out.StartObject();
  put("message", message);
  put("type", type);
  out.Key("param");
  out.Null();
  put("code", code);
  out.EndObject();
  out.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

Answer llm_fault_answer(LlmFault fault, const std::string& key, const std::string& retry_after,
                        const std::string& whole) {
  const std::string busy = llm_error("Too many requests a minute for this model.", "requests", "rate_limit_exceeded");
  Answer answer;
  switch (fault) {
    case LlmFault::too_many_requests:
      return json(429, busy);
    case LlmFault::retry_after:
      answer = json(429, busy);
      answer.headers.emplace_back("Retry-After", retry_after);
      return answer;
    case LlmFault::server_error:
      return json(500, llm_error("The server had an error.", "server_error", ""));
    case LlmFault::bad_gateway:
      return page(502, "502 Bad Gateway");
    case LlmFault::unavailable:
      return json(503, llm_error("The engine is overloaded.", "server_error", "overloaded"));
    case LlmFault::html:
      return page(200, "Please sign in to the network");
    case LlmFault::json_error:
      return json(200, llm_error("The upstream had an error.", "server_error", ""));
    case LlmFault::half_body:
      answer = json(200, whole);
      answer.cut_after = whole.size() / 2;
      return answer;
    case LlmFault::stalled:
    case LlmFault::closed:
      answer.close_at_once = true;
      return answer;
    case LlmFault::unauthorized:
      return json(401,
                  llm_error("Incorrect API key provided: " + key + '.', "invalid_request_error", "invalid_api_key"));
    case LlmFault::forbidden:
      return json(403, llm_error("This country is not supported.", "request_forbidden", "unsupported_country"));
    case LlmFault::no_model:
      return json(404, llm_error("The model does not exist.", "invalid_request_error", "model_not_found"));
    case LlmFault::no_money:
      return json(402, llm_error("Insufficient Balance", "unknown_error", "invalid_request_error"));
    case LlmFault::no_quota:
      return json(429, llm_error("You exceeded your current quota.", "insufficient_quota", "insufficient_quota"));
    default:
      return json(200, "");  // empty; those of the content have another way
  }
}

}  // namespace daybook
