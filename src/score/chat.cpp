#include "score/chat.h"

#include <algorithm>
#include <array>

#include "core/json.h"
#include "core/text.h"
#include "score/token_counts.h"

namespace daybook {

namespace {

constexpr std::size_t reply_bytes_max = 2U << 20U;  // of many requests side by side
constexpr std::size_t quoted_bytes_max = 200;       // of an endpoint's own message
constexpr std::size_t key_piece = 8;                // bytes of a key that are not to be shown

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void put(JsonWriter& json, const char* name, std::string_view text) {
  const std::string whole = is_utf8(text) ? std::string(text) : repaired_utf8(text);
  json.Key(name);
  json.String(whole.data(), static_cast<rapidjson::SizeType>(whole.size()));
}

void put_message(JsonWriter& json, std::string_view role, std::string_view content) {
  json.StartObject();
  put(json, "role", role);
  put(json, "content", content);
  json.EndObject();
}

void put_schema(JsonWriter& json, const std::string& schema) {
  json.Key("response_format");
  json.StartObject();
  put(json, "type", "json_schema");
  json.Key("json_schema");
  json.StartObject();
  put(json, "name", "verdicts");
  json.Key("strict");
  json.Bool(true);
  json.Key("schema");
  json.RawValue(schema.data(), schema.size(), rapidjson::kObjectType);
  json.EndObject();
  json.EndObject();
}

// What is in an endpoint's error: {"error": {"message", "code", "type"}}, or a part of that.
struct Complaint {
  std::string message;
  std::string code;  // with the type behind it, in lower case
};

std::string text_of(const Json* value) {
  if (const auto number = integer_of(value)) return std::to_string(*number);
  return std::string(string_of(value));
}

Complaint complaint_in(const Json& root) {
  const Json* error = member(root, "error");
  if (error != nullptr && error->IsString()) return {std::string(string_of(error)), ""};
  const Json& from = error != nullptr ? *error : root;
  std::string message(string_of(member(from, "message")));
  if (message.empty()) message = string_of(member(from, "detail"));
  return {std::move(message), ascii_lower(text_of(member(from, "code")) + ' ' + text_of(member(from, "type")))};
}

Complaint complaint_of(const std::string& body) {
  JsonDocument document;
  document.text = body;
  return parse_json(document, "") ? Complaint{} : complaint_in(document.root);
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// An account without money: no waiting helps. Some say "quota" of a limit a minute too, but then how long to wait.
bool is_out_of_quota(const Complaint& complaint, double asked_to_wait) {
  if (has_any(complaint.code, {"insufficient_quota", "billing", "insufficient_balance"})) return true;
  const std::string message = ascii_lower(complaint.message);
  return asked_to_wait == 0 && has_any(message, {"quota", "billing", "insufficient balance", "credit balance",
                                                 "out of credits", "payment required"});
}

Remedy remedy_for(int status, const Complaint& complaint, double asked_to_wait, bool with_schema) {
  if (status == 429) return is_out_of_quota(complaint, asked_to_wait) ? Remedy::give_up : Remedy::retry;
  if (status == 408 || status == 409 || status == 425) return Remedy::retry;
  if (status == 413 || status == 414) return Remedy::smaller;
  if (status == 400 || status == 422 || status == 501) {
    const bool too_long = has_any(ascii_lower(complaint.message), {"context length", "maximum context", "too long"}) ||
                          has_any(complaint.code, {"context_length"});
    if (with_schema && !too_long) return Remedy::without_schema;
    return status == 501 ? Remedy::give_up : Remedy::smaller;
  }
  return status >= 500 ? Remedy::retry : Remedy::give_up;
}

// On one line, cut to what a message bears, without the key.
std::string quoted(std::string_view words, std::string_view key) {
  std::string line;
  for (const char c : trim(words)) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!blank) line += c == '"' ? '\'' : c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  line = without_key(std::move(line), key);
  std::size_t end = std::min(line.size(), quoted_bytes_max);
  while (end < line.size() && end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80) --end;
  const bool whole = end == line.size();
  return ": \"" + repaired_utf8(line.substr(0, end)) + (whole ? "\"" : "…\"");
}

// "retry-after-ms" goes before the standard's header: it is the finer one.
double asked_to_wait(const Headers& headers, Instant now) {
  const std::string_view milliseconds = trim(header(headers, "retry-after-ms"));
  if (!milliseconds.empty() && milliseconds.size() < 10 &&
      std::all_of(milliseconds.begin(), milliseconds.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return static_cast<double>(std::stol(std::string(milliseconds))) / 1000;
  return retry_after_seconds(headers, now);
}

std::string mend_for(int status, Remedy remedy) {
  if (status == 401 || status == 403)
    return "check OPENAI_API_KEY: it may be mistyped, expired, or of another endpoint";
  if (status == 402 || (status == 429 && remedy == Remedy::give_up))
    return "look at the account's balance and limits at the endpoint; the papers wait for a later run";
  if (status == 404 || status == 405) return "check model and base_url in [llm], and OPENAI_BASE_URL";
  if (status >= 300 && status < 400) return "set base_url in [llm] or OPENAI_BASE_URL to where it leads";
  if (status == 429) return "set requests_per_minute and tokens_per_minute in [llm] to the account's limits";
  if (status >= 500 && status != 501) return "nothing: the endpoint is down, and later runs try again";
  return "check the settings in [llm]; the endpoint does not take the request";
}

ChatFault refusal(const Response& response, const Endpoint& endpoint, const Question& question, Instant now) {
  const Complaint complaint = complaint_of(response.body);
  const double wait = asked_to_wait(response.headers, now);
  std::string what = std::string(host_of(endpoint.base_url)) + " answered " + status_text(response.status);
  if (!complaint.message.empty()) what += quoted(complaint.message, endpoint.key);
  const Remedy remedy = remedy_for(response.status, complaint, wait, !question.schema.empty());
  return {remedy, std::move(what), wait, mend_for(response.status, remedy), response.status == 429, response.status};
}

// A text, or a list of parts with texts.
std::string content_of(const Json& message) {
  const Json* content = member(message, "content");
  if (content == nullptr || !content->IsArray()) return std::string(string_of(content));
  std::string text;
  for (const Json& part : content->GetArray()) text += string_of(member(part, "text"));
  return text;
}

// Models that think aloud draft scores there. Some endpoints leave the opening tag out; a comment may speak of such
// tags.
std::string without_thoughts(const std::string& content) {
  constexpr std::string_view end = "</think>";
  const auto at = content.find(end);
  if (at == std::string::npos) return content;
  const bool opened = trim(content).substr(0, 7) == "<think>";
  const bool in_an_answer = content.substr(0, at).find("\"ARXIVID\"") != std::string::npos;
  return opened || !in_an_answer ? content.substr(at + end.size()) : content;
}

ChatOutcome read_body(const Response& response, const Endpoint& endpoint, const Question& question, Instant now) {
  const std::string host(host_of(endpoint.base_url));
  JsonDocument document;
  document.text = response.body;
  if (parse_json(document, "")) {
    const bool is_page = trim(response.body).substr(0, 1) == "<";
    return ChatFault{Remedy::retry, host + " answered with " + (is_page ? "a web page" : "what is no whole JSON"), 0,
                     "check base_url in [llm] and OPENAI_BASE_URL: it may be no endpoint of this kind"};
  }
  if (const Json* error = member(document.root, "error"); error != nullptr && !error->IsNull()) {
    const Complaint complaint = complaint_in(document.root);
    Response as_said = response;
    as_said.status = std::atoi(complaint.code.c_str());
    if (as_said.status >= 400 && as_said.status < 600) return refusal(as_said, endpoint, question, now);
    const bool over = is_out_of_quota(complaint, 0);
    return ChatFault{over ? Remedy::give_up : Remedy::retry,
                     host + " answered with an error" + quoted(complaint.message, endpoint.key), 0,
                     mend_for(over ? 402 : 500, Remedy::retry)};
  }
  const Json* choices = member(document.root, "choices");
  if (choices == nullptr || !choices->IsArray() || choices->Empty() || member((*choices)[0], "message") == nullptr)
    return ChatFault{Remedy::retry, host + " answered with JSON that is no chat completion", 0,
                     "check base_url in [llm] and OPENAI_BASE_URL: it may be no endpoint of this kind"};
  const Json& choice = (*choices)[0];
  std::string content = content_of(*member(choice, "message"));
  const Tokens tokens = tokens_in(document.root, content);
  return ChatReply{without_key(without_thoughts(content), endpoint.key),
                   string_of(member(choice, "finish_reason")) == "length", tokens};
}

}  // namespace

Request chat_request(const Endpoint& endpoint, const LlmSettings& llm, const Question& question) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  put(json, "model", llm.model);
  json.Key("messages");
  json.StartArray();
  put_message(json, "system", question.system);
  put_message(json, "user", question.user);
  json.EndArray();
  if (llm.temperature) {
    json.Key("temperature");
    json.Double(*llm.temperature);
  }
  if (!llm.reasoning_effort.empty()) put(json, "reasoning_effort", llm.reasoning_effort);
  if (!question.schema.empty()) put_schema(json, question.schema);
  json.EndObject();

  Request request;
  request.method = "POST";
  std::string base = endpoint.base_url;
  while (!base.empty() && base.back() == '/') base.pop_back();
  request.url = base + "/chat/completions";
  request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
  if (!endpoint.key.empty()) request.headers.emplace_back("Authorization", "Bearer " + endpoint.key);
  request.body.assign(buffer.GetString(), buffer.GetSize());
  request.timeout_seconds = llm.timeout;
  request.max_bytes = reply_bytes_max;
  request.redirects = 0;  // a question that is sent on as another one gets no answer
  return request;
}

ChatOutcome read_chat(const Result<Response>& response, const Endpoint& endpoint, const Question& question,
                      Instant now) {
  if (!response) {
    const Error& error = response.error();
    const Remedy remedy = error.kind == Kind::misuse   ? Remedy::give_up
                          : error.kind == Kind::failed ? Remedy::smaller
                                                       : Remedy::retry;
    return ChatFault{remedy, without_key(error.what, endpoint.key), 0, error.mend};
  }
  if (response->status < 200 || response->status >= 300) return refusal(*response, endpoint, question, now);
  return read_body(*response, endpoint, question, now);
}

std::string without_key(std::string text, std::string_view key) {
  if (key.size() < key_piece) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;  // of the longest piece of the key that stands here
    for (std::size_t k = 0; k + key_piece <= key.size(); ++k) {
      std::size_t same = 0;
      while (k + same < key.size() && i + same < text.size() && key[k + same] == text[i + same]) ++same;
      length = std::max(length, same);
    }
    const bool hide = length >= key_piece;
    if (hide) out += "***";
    if (!hide) out += text[i];
    i += hide ? length : 1;
  }
  return out;
}

}  // namespace daybook
