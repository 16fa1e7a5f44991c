#include "llm/chat.h"

#include "core/complaint.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "llm/reply_text.h"
#include "llm/token_counts.h"

namespace daybook {

namespace {

constexpr std::size_t reply_bytes_max = 2U << 20U;  // of many requests side by side

void put_message(JsonWriter& json, std::string_view role, std::string_view content) {
  json.object([&] {
    json.put("role", role);
    json.put("content", content);
  });
}

void put_schema(JsonWriter& json, const std::string& schema) {
  json.object("response_format", [&] {
    json.put("type", "json_schema");
    json.object("json_schema", [&] {
      json.put("name", "verdicts");
      json.put("strict", true);
      json.key("schema");
      json.raw(schema);
    });
  });
}

// "retry-after-ms" goes before the standard's header: it is the finer one.
double asked_to_wait(const Headers& headers, Instant now) {
  const std::string_view milliseconds = trim(header(headers, "retry-after-ms"));
  if (!milliseconds.empty() && milliseconds.size() < 10 && all(milliseconds, is_digit))
    return static_cast<double>(std::stol(std::string(milliseconds))) / 1000;
  return retry_after_seconds(headers, now);
}

// `status`: of HTTP, or what the body of a reply with 200 says in its place; 0: it says none.
ChatFault refusal(int status, const Headers& headers, const Complaint& complaint, const Endpoint& endpoint,
                  const Question& question, Instant now) {
  const double wait = asked_to_wait(headers, now);
  const FaultKind kind = kind_of(status, complaint, wait);
  ChatFault fault =
      fault_of(kind,
               std::string(host_of(endpoint.base_url)) + " answered " +
                   (status > 0 ? status_text(status) : "with an error") + quoted(complaint.message, endpoint.key),
               status);
  const bool may_be_schema = kind == FaultKind::request && (status == 400 || status == 422 || status == 501);
  if (may_be_schema && !question.schema.empty()) fault.remedy = Remedy::without_schema;
  fault.wait_seconds = wait;
  fault.sure = is_sure(kind, status, complaint);
  return fault;
}

bool is_thought(const Json& part) {
  const std::string type = ascii_lower(string_of(member(part, "type")));
  return type.find("think") != type.npos || type.find("reason") != type.npos || is_true(member(part, "thought"));
}

// A text, or a list of parts with texts, some of them thoughts (Mistral's, Anthropic's).
std::string content_of(const Json& message) {
  const Json* content = member(message, "content");
  if (content == nullptr || !content->IsArray()) return std::string(string_of(content));
  std::string text;
  for (const Json& part : items_of(content))
    if (!is_thought(part)) text += string_of(part.IsString() ? &part : member(part, "text"));
  return text;
}

// OpenAI's words, Gemini's, Mistral's and Zhipu's.
bool is_cut_off(std::string_view finish) {
  return finish == "length" || finish == "max_tokens" || finish == "model_length";
}

bool is_moderated(std::string_view finish) {
  for (const std::string_view word :
       {"content_filter", "safety", "prohibited_content", "blocklist", "spii", "recitation", "sensitive", "refusal"})
    if (finish == word) return true;
  return false;
}

// What is no chat completion, with what it says in place of one.
ChatFault no_completion(const Json& root, const Response& response, const Endpoint& endpoint, const Question& question,
                        Instant now) {
  const Complaint complaint = complaint_in(root);
  if (!complaint.message.empty() || kind_of(complaint.status, complaint, 0) == FaultKind::moderation)
    return refusal(complaint.status, response.headers, complaint, endpoint, question, now);
  return fault_of(FaultKind::no_completion,
                  std::string(host_of(endpoint.base_url)) + " answered with JSON that is not a chat completion");
}

bool is_error(const Json& root) {
  const Json* error = member(root, "error");
  const Json* base = member(root, "base_resp");
  const auto code = base == nullptr ? std::nullopt : integer_of(member(*base, "status_code"));
  return (error != nullptr && !error->IsNull()) || code.value_or(0) != 0;
}

ChatOutcome read_body(const Response& response, const Endpoint& endpoint, const Question& question, Instant now) {
  const std::string host(host_of(endpoint.base_url));
  JsonDocument document;
  document.text = response.body;
  if (parse_json(document, "")) {
    const Complaint page = trim(response.body).substr(0, 1) == "<" ? complaint_of(response.body) : Complaint();
    return fault_of(FaultKind::no_completion,
                    host + " answered with " + (page.is_page ? "a web page" : "something that is not complete JSON") +
                        quoted(page.message, endpoint.key));
  }
  const Json& root = document.root;
  const auto choices = items_of(member(root, "choices"));
  if (is_error(root) || choices.empty()) return no_completion(root, response, endpoint, question, now);
  const Json& choice = choices[0];
  const std::string finish = ascii_lower(string_of(member(choice, "finish_reason")));
  const Json* message = member(choice, "message");
  if (is_error(choice) || (message == nullptr && !is_moderated(finish)))
    return no_completion(choice, response, endpoint, question, now);
  ChatReply reply;
  const std::string content = message == nullptr ? std::string() : content_of(*message);
  reply.content = without_key(without_thoughts(content), endpoint.key);
  reply.key = endpoint.key;
  reply.cut_off = is_cut_off(finish);
  reply.tokens = tokens_in(root, content);
  reply.moderated = is_moderated(finish) || (message != nullptr && !string_of(member(*message, "refusal")).empty());
  return reply;
}

}  // namespace

Request get_request(const Endpoint& endpoint, const std::string& path) {
  Request request;
  std::string base = endpoint.base_url;
  while (base.ends_with('/')) base.pop_back();
  request.url = base + path;
  request.headers = {{"Accept", "application/json"}};
  if (!endpoint.key.empty()) request.headers.emplace_back("Authorization", "Bearer " + endpoint.key);
  return request;
}

Request post_request(const Endpoint& endpoint, const std::string& path, const std::string& type, std::string body) {
  Request request = get_request(endpoint, path);
  request.method = "POST";
  request.headers.emplace_back("Content-Type", type);
  request.body = std::move(body);
  request.redirects = 0;  // a question that is sent on as another one gets no answer
  return request;
}

Request chat_request(const Endpoint& endpoint, const LlmSettings& llm, const Question& question) {
  JsonWriter json;
  json.object([&] {
    json.put("model", llm.model);
    json.array("messages", [&] {
      put_message(json, "system", question.system);
      put_message(json, "user", question.user);
    });
    json.put("temperature", llm.temperature);
    if (!llm.reasoning_effort.empty()) json.put("reasoning_effort", llm.reasoning_effort);
    if (!question.schema.empty()) put_schema(json, question.schema);
  });

  Request request = post_request(endpoint, "/chat/completions", "application/json", json.text());
  request.timeout_seconds = llm.timeout;
  request.max_bytes = reply_bytes_max;
  return request;
}

ChatOutcome read_chat(const Result<Response>& response, const Endpoint& endpoint, const Question& question,
                      Instant now) {
  if (!response) {
    const Error& error = response.error();
    ChatFault fault = fault_of(FaultKind::no_answer, without_key(error.what, endpoint.key));
    if (error.kind == Kind::misuse) fault.remedy = Remedy::give_up;
    if (error.kind == Kind::failed) fault.remedy = Remedy::smaller;  // the reply is too long
    fault.hint = error.hint;
    return fault;
  }
  if (response->status < 200 || response->status >= 300)
    return refusal(response->status, response->headers, complaint_of(response->body), endpoint, question, now);
  return read_body(*response, endpoint, question, now);
}

}  // namespace daybook
