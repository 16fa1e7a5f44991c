#include "llm/batch_api.h"

#include "core/complaint.h"
#include "core/json_writer.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr const char* chat_path = "/v1/chat/completions";  // whatever the endpoint's own base is
constexpr const char* token_name = "daybook";              // of the batch's metadata
constexpr const char* boundary = "daybook-part-7c1f0e2a";  // no line of JSON begins with it
constexpr int seconds_for_files = 900;
constexpr std::size_t content_bytes_max = 1U << 30U;

std::string part_head(const std::string& disposition) {
  return std::string("--") + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n";
}

// Ids go into addresses: other characters than OpenAI's own are no id.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 200 && text.find("..") == std::string_view::npos &&
         all(text, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

std::string id_of(const Json& value, const char* name) {
  const std::string_view id = string_of(member(value, name));
  return is_id(id) ? std::string(id) : std::string();
}

Error no_such(const Endpoint& endpoint, const char* what) {
  return {Kind::later,
          {},
          std::string(host_of(endpoint.base_url)) + " answered with something that is not a " + what,
          "no action needed: a later run asks again; if this persists, set batch_api = false in [llm]"};
}

// The body of the reply as a T: what `read` makes of it, std::optional<T> (const std::string&).
template <typename T, typename Read>
BatchOutcome<T> read_reply(const Result<Response>& response, const Endpoint& endpoint, const char* what, Read read) {
  if (response && response->status >= 200 && response->status < 300) {
    std::optional<T> value = read(response->body);
    if (!value) return no_such(endpoint, what);
    return std::move(*value);
  }
  const ChatOutcome outcome = read_chat(response, endpoint, {}, Instant());
  const ChatFault& fault = std::get<ChatFault>(outcome);
  if (fault.status == 404 || fault.status == 405 || fault.status == 501)
    return NoBatches{
        {Kind::later,
         {},
         std::string(host_of(endpoint.base_url)) + " has no Batch API: " + fault.what,
         "no action needed: the papers are sent without it, at full price; or set batch_api = false in [llm]"}};
  const bool may_pass = fault.remedy == Remedy::retry || fault.status >= 500;
  return Error{may_pass ? Kind::later : Kind::failed, {}, fault.what, fault.hint};
}

template <typename T, typename Read>
BatchOutcome<T> read_json(const Result<Response>& response, const Endpoint& endpoint, const char* what, Read read) {
  return read_reply<T>(response, endpoint, what, [&](const std::string& body) -> std::optional<T> {
    JsonDocument document;
    document.text = body;
    if (parse_json(document, "")) return std::nullopt;
    return read(document.root);
  });
}

BatchStatus status_of(std::string_view word) {
  if (word == "failed") return BatchStatus::failed;
  return word == "completed" || word == "expired" || word == "cancelled" ? BatchStatus::over : BatchStatus::under_way;
}

// "Limit: 2,000,000 enqueued tokens" is 2000000.
long long limit_in(std::string_view message) {
  constexpr std::string_view word = "Limit:";
  const auto at = message.find(word);
  if (at == message.npos) return 0;
  long long number = 0;
  for (const char c : trim(message.substr(at + word.size()))) {
    if (is_digit(c) && number < 1'000'000'000'000) number = number * 10 + (c - '0');
    if (!is_digit(c) && c != ',') break;
  }
  return number;
}

void read_fault(const Json& root, const Endpoint& endpoint, BatchState& batch) {
  const Json* errors = member(root, "errors");
  const auto list = items_of(errors == nullptr ? nullptr : member(*errors, "data"));
  if (list.empty()) return;
  const std::string message = complaint_in(list[0]).message;
  batch.is_queue_full = string_of(member(list[0], "code")) == "token_limit_exceeded";
  if (batch.is_queue_full) batch.queue_tokens_most = limit_in(message);
  batch.why = quoted(message, endpoint.key);
}

int count_in(const Json* counts, const char* name) {
  const auto count = counts == nullptr ? std::nullopt : integer_of(member(*counts, name));
  return count && *count >= 0 && *count <= 1'000'000 ? static_cast<int>(*count) : 0;
}

std::optional<BatchState> batch_of(const Json& root, const Endpoint& endpoint) {
  BatchState batch;
  batch.id = id_of(root, "id");
  batch.word = without_key(std::string(string_of(member(root, "status")).substr(0, 40)), endpoint.key);
  if (batch.id.empty() || batch.word.empty()) return std::nullopt;
  batch.status = status_of(batch.word);
  if (const Json* metadata = member(root, "metadata")) batch.token = string_of(member(*metadata, token_name));
  const Json* counts = member(root, "request_counts");
  batch.requests = count_in(counts, "total");
  batch.ended = count_in(counts, "completed") + count_in(counts, "failed");
  batch.output_file = id_of(root, "output_file_id");
  batch.error_file = id_of(root, "error_file_id");
  if (batch.status == BatchStatus::failed) read_fault(root, endpoint, batch);
  return batch;
}

std::optional<BatchList> list_of(const Json& root, const Endpoint& endpoint) {
  const Json* data = member(root, "data");
  if (data == nullptr || !data->IsArray()) return std::nullopt;
  BatchList list;
  for (const Json& one : items_of(data))
    if (auto batch = batch_of(one, endpoint)) list.batches.push_back(std::move(*batch));
  if (is_true(member(root, "has_more")) && !list.batches.empty()) list.next = list.batches.back().id;
  return list;
}

std::string text_of(const Json& value) {
  JsonWriter json;
  json.value(value);
  return json.text();
}

std::optional<BatchReply> reply_of(const Json& root, const Endpoint& endpoint) {
  const std::string name(string_of(member(root, "custom_id")));
  if (name.empty()) return std::nullopt;
  const Json* response = member(root, "response");
  const Json* body = response == nullptr ? nullptr : member(*response, "body");
  const auto status = response == nullptr ? std::nullopt : integer_of(member(*response, "status_code"));
  if (body != nullptr && status && *status >= 100 && *status < 600)
    return BatchReply{name, Response{static_cast<int>(*status), {}, text_of(*body)}};
  const Complaint complaint = complaint_in(root);
  // Moderation before the model was asked: of this request alone, like a refusal of one that is sent by itself.
  if (kind_of(0, complaint, 0) == FaultKind::moderation) return BatchReply{name, Response{400, {}, text_of(root)}};
  return BatchReply{
      name, Error{Kind::later, {}, "the batch has no reply to it" + quoted(complaint.message, endpoint.key), ""}};
}

}  // namespace

std::string batch_line(const std::string& name, const Request& chat) {
  JsonWriter json;
  json.object([&] {
    json.put("custom_id", name);
    json.put("method", "POST");
    json.put("url", chat_path);
    json.key("body");
    json.raw(chat.body);
  });
  return json.line();
}

Request upload_request(const Endpoint& endpoint, const std::string& file_name, std::string_view lines) {
  std::string body = part_head("name=\"purpose\"") + "\r\nbatch\r\n";
  body += part_head("name=\"file\"; filename=\"" + file_name + '"') + "Content-Type: application/jsonl\r\n\r\n";
  body += lines;
  body += std::string("\r\n--") + boundary + "--\r\n";
  Request request =
      post_request(endpoint, "/files", std::string("multipart/form-data; boundary=") + boundary, std::move(body));
  request.timeout_seconds = seconds_for_files;
  return request;
}

Request create_request(const Endpoint& endpoint, const std::string& file_id, const std::string& token) {
  JsonWriter json;
  json.object([&] {
    json.put("input_file_id", file_id);
    json.put("endpoint", chat_path);
    json.put("completion_window", "24h");
    json.object("metadata", [&] { json.put(token_name, token); });
  });
  return post_request(endpoint, "/batches", "application/json", json.text());
}

Request status_request(const Endpoint& endpoint, const std::string& batch_id) {
  return get_request(endpoint, "/batches/" + batch_id);
}

Request list_request(const Endpoint& endpoint, const std::string& after) {
  return get_request(endpoint, "/batches?limit=100" + (after.empty() ? std::string() : "&after=" + after));
}

Request content_request(const Endpoint& endpoint, const std::string& file_id) {
  Request request = get_request(endpoint, "/files/" + file_id + "/content");
  request.headers.front().second = "*/*";
  request.timeout_seconds = seconds_for_files;
  request.max_bytes = content_bytes_max;
  return request;
}

BatchOutcome<std::string> read_uploaded(const Result<Response>& response, const Endpoint& endpoint) {
  return read_json<std::string>(response, endpoint, "uploaded file", [](const Json& root) {
    std::string id = id_of(root, "id");
    return id.empty() ? std::nullopt : std::optional(std::move(id));
  });
}

BatchOutcome<BatchState> read_batch(const Result<Response>& response, const Endpoint& endpoint) {
  return read_json<BatchState>(response, endpoint, "batch", [&](const Json& root) { return batch_of(root, endpoint); });
}

BatchOutcome<BatchList> read_batch_list(const Result<Response>& response, const Endpoint& endpoint) {
  return read_json<BatchList>(response, endpoint, "list of batches",
                              [&](const Json& root) { return list_of(root, endpoint); });
}

BatchOutcome<std::string> read_content(const Result<Response>& response, const Endpoint& endpoint) {
  return read_reply<std::string>(response, endpoint, "file",
                                 [](const std::string& body) { return std::optional(body); });
}

std::vector<BatchReply> read_replies(std::string_view lines, const Endpoint& endpoint) {
  std::vector<BatchReply> replies;
  for (const std::string_view line : split(lines, '\n')) {
    JsonDocument document;
    document.text = line;
    if (trim(line).empty() || parse_json(document, "")) continue;
    if (auto reply = reply_of(document.root, endpoint)) replies.push_back(std::move(*reply));
  }
  return replies;
}

}  // namespace daybook
