#include "support/llm_batches.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "support/llm_fault.h"

namespace daybook {

namespace {

constexpr const char* files_path = "/v1/files";
constexpr const char* batches_path = "/v1/batches";

Answer json_answer(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

Answer refused(int status, const std::string& why) {
  return json_answer(status, llm_error(why, "invalid_request_error", ""));
}

std::string quoted_json(const std::string& text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

// Of multipart/form-data: the part of this name; nothing where there is none.
std::optional<std::string> part(const Received& request, const std::string& name) {
  const std::string type = request.header("Content-Type");
  const auto at = type.find("boundary=");
  if (type.rfind("multipart/form-data;", 0) != 0 || at == std::string::npos) return std::nullopt;
  const std::string boundary = "--" + type.substr(at + 9);
  const auto head = request.body.find("name=\"" + name + '"');
  const auto begin = head == std::string::npos ? head : request.body.find("\r\n\r\n", head);
  const auto end = begin == std::string::npos ? begin : request.body.find("\r\n" + boundary, begin);
  if (end == std::string::npos) return std::nullopt;
  return request.body.substr(begin + 4, end - begin - 4);
}

bool is_over(const std::string& status) { return status == "completed" || status == "expired" || status == "failed"; }

std::string text_of(const Json& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  value.Accept(json);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

void LlmBatches::behave(BatchBehaviour behaviour) {
  const std::lock_guard lock(mutex_);
  behaviour_ = std::move(behaviour);
}

void LlmBatches::tell(std::function<void(const std::string&)> teller) {
  const std::lock_guard lock(mutex_);
  teller_ = std::move(teller);
}

std::vector<LlmBatches::Made> LlmBatches::made() const {
  const std::lock_guard lock(mutex_);
  std::vector<Made> made;
  for (const Batch& batch : batches_) {
    made.push_back({batch.token, {}, batch.status == "failed", batch.looks});
    for (const Line& line : batch.lines) made.back().names.push_back(line.name);
  }
  return made;
}

std::vector<std::string> LlmBatches::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

bool LlmBatches::concerns(const std::string& path) {
  return path.rfind(files_path, 0) == 0 || path.rfind(batches_path, 0) == 0;
}

Answer LlmBatches::respond(const Received& request) {
  const std::string path = request.path.substr(0, request.path.find('?'));
  const std::string query = request.path.substr(path.size());
  const std::string what = request.method + ' ' + path;
  Answer answer;
  std::function<void(const std::string&)> teller;
  if (what == std::string("POST ") + batches_path) {
    answer = create(request);
  } else {
    const std::lock_guard lock(mutex_);
    if (behaviour_.none) {
      answer = refused(404, "Unknown request URL.");
    } else if (what == std::string("POST ") + files_path) {
      answer = upload(request);
    } else if (what == std::string("GET ") + batches_path) {
      answer = list(query);
    } else if (what.rfind(std::string("GET ") + batches_path + '/', 0) == 0) {
      answer = look(path.substr(std::string(batches_path).size() + 1));
    } else {
      answer = content(path.substr(std::string(files_path).size() + 1));
    }
  }
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(what);
    teller = teller_;
  }
  if (teller) teller(what);
  return answer;
}

Answer LlmBatches::upload(const Received& request) {
  if (behaviour_.uploads_refused > 0) {
    --behaviour_.uploads_refused;
    return json_answer(500, llm_error("The server had an error.", "server_error", ""));
  }
  const auto purpose = part(request, "purpose");
  const auto file = part(request, "file");
  if (purpose != "batch" || !file) return refused(400, "'purpose' and 'file' are required.");
  const std::string id = "file-in" + std::to_string(files_.size() + 1);
  files_[id] = *file;
  return json_answer(200, "{\"id\":\"" + id + "\",\"object\":\"file\",\"purpose\":\"batch\"}\n");
}

LlmBatches::Line LlmBatches::answer_line(const Received& request, const std::string& line, int number) {
  JsonDocument document;
  document.text = line;
  if (parse_json(document, "") || member(document.root, "body") == nullptr) return {"?", "", "", 0};
  Received chat = request;
  chat.path = string_of(member(document.root, "url"));
  chat.method = string_of(member(document.root, "method"));
  chat.body = text_of(*member(document.root, "body"));
  Line answered;
  answered.name = string_of(member(document.root, "custom_id"));
  answered.tokens = static_cast<long long>(chat.body.size() / 4);
  const std::string head =
      "{\"id\":\"batch_req_" + std::to_string(number) + "\",\"custom_id\":" + quoted_json(answered.name);
  int fails = 0;
  std::optional<int> expires;
  {
    const std::lock_guard lock(mutex_);
    fails = behaviour_.every_nth_line_fails;
    expires = behaviour_.expires;
  }
  if (expires && number > *expires) {
    answered.error = head +
                     ",\"response\":null,\"error\":{\"code\":\"batch_expired\",\"message\":\"This request could not be "
                     "executed before the completion window expired.\"}}\n";
    return answered;
  }
  Answer answer = json_answer(500, llm_error("The server had an error.", "server_error", ""));
  if (fails == 0 || number % fails != 0) answer = chat_(chat);
  JsonDocument body;
  body.text = answer.body;
  const std::string whole = parse_json(body, "") ? "{}" : text_of(body.root);
  const std::string response = head + ",\"response\":{\"status_code\":" + std::to_string(answer.status) +
                               ",\"request_id\":\"req-1\",\"body\":" + whole + "},\"error\":null}\n";
  (answer.status == 200 ? answered.reply : answered.error) = response;
  return answered;
}

// The requests are answered, and paid for, at once; when the answers can be had is another matter.
Answer LlmBatches::create(const Received& request) {
  JsonDocument document;
  document.text = request.body;
  const bool unread = parse_json(document, "").has_value();
  Batch batch;
  std::string file;
  {
    const std::lock_guard lock(mutex_);
    if (behaviour_.none) return refused(404, "Unknown request URL.");
    batch.input = unread ? "" : string_of(member(document.root, "input_file_id"));
    if (files_.count(batch.input) == 0) return refused(400, "Cannot find the input file.");
    if (string_of(member(document.root, "endpoint")) != "/v1/chat/completions" ||
        string_of(member(document.root, "completion_window")) != "24h")
      return refused(400, "Invalid endpoint or completion_window.");
    file = files_[batch.input];
    if (const Json* metadata = member(document.root, "metadata")) batch.token = string_of(member(*metadata, "daybook"));
    batch.status = "validating";
    if (!behaviour_.failed.empty()) {
      batch.status = "failed";
      batch.failed = R"({"code":"invalid_request","message":)" + quoted_json(behaviour_.failed) + '}';
    } else if (behaviour_.queue_tokens > 0 &&
               queued() + static_cast<long long>(file.size() / 4) > behaviour_.queue_tokens) {
      batch.status = "failed";
      batch.failed = R"({"code":"token_limit_exceeded","message":"Enqueued token limit reached. Limit: )" +
                     std::to_string(behaviour_.queue_tokens) + R"( enqueued tokens."})";
    }
  }
  int number = 0;
  if (batch.status != "failed")
    for (const std::string_view line : split(file, '\n'))
      if (!line.empty()) batch.lines.push_back(answer_line(request, std::string(line), ++number));
  const std::lock_guard lock(mutex_);
  batch.id = "batch_" + std::to_string(batches_.size() + 1);
  batches_.push_back(batch);
  return json_answer(200, json_of(batch) + '\n');
}

long long LlmBatches::queued() const {
  long long tokens = 0;
  for (const Batch& batch : batches_)
    if (!is_over(batch.status))
      for (const Line& line : batch.lines) tokens += line.tokens;
  return tokens;
}

Answer LlmBatches::list(const std::string& query) const {
  constexpr std::size_t page = 3;  // OpenAI's are of a hundred
  const auto at = query.find("after=");
  const std::string after = at == std::string::npos ? "" : query.substr(at + 6);
  std::string body;
  std::size_t count = 0;
  bool begun = after.empty();
  bool more = false;
  for (auto batch = batches_.rbegin(); batch != batches_.rend(); ++batch) {
    if (begun && count < page)
      body += (count++ == 0 ? "" : ",") + json_of(*batch);
    else if (begun)
      more = true;
    begun = begun || batch->id == after;
  }
  return json_answer(200,
                     "{\"object\":\"list\",\"data\":[" + body + "],\"has_more\":" + (more ? "true" : "false") + "}\n");
}

Answer LlmBatches::look(const std::string& id) {
  for (Batch& batch : batches_) {
    if (batch.id != id) continue;
    ++batch.looks;
    if (!is_over(batch.status)) {
      batch.status = "in_progress";
      if (batch.looks > behaviour_.looks) batch.status = behaviour_.expires ? "expired" : "completed";
    }
    return json_answer(200, json_of(batch) + '\n');
  }
  return refused(404, "No batch found with this id.");
}

Answer LlmBatches::content(const std::string& file) const {
  for (const Batch& batch : batches_) {
    const bool output = file == "file-out-" + batch.id + "/content";
    if (!output && file != "file-err-" + batch.id + "/content") continue;
    if (behaviour_.loses_files) break;
    std::string text;
    for (auto line = batch.lines.rbegin(); line != batch.lines.rend(); ++line)  // in no order that one could count on
      text += output ? line->reply : line->error;
    return {.status = 200, .headers = {{"Content-Type", "application/octet-stream"}}, .body = text};
  }
  return refused(404, "No such File object.");
}

std::string LlmBatches::json_of(const Batch& batch) const {
  const auto has = [&](std::string Line::*text) {
    return std::any_of(batch.lines.begin(), batch.lines.end(), [&](const Line& line) { return !(line.*text).empty(); });
  };
  const bool ended = batch.status == "completed" || batch.status == "expired";
  const auto file = [&](const char* kind, bool there) {
    return ended && there ? "\"file-" + std::string(kind) + '-' + batch.id + '"' : std::string("null");
  };
  const auto answered =
      std::count_if(batch.lines.begin(), batch.lines.end(), [](const Line& line) { return !line.reply.empty(); });
  return "{\"id\":\"" + batch.id + "\",\"object\":\"batch\",\"endpoint\":\"/v1/chat/completions\",\"errors\":" +
         (batch.failed.empty() ? "null" : "{\"object\":\"list\",\"data\":[" + batch.failed + "]}") +
         ",\"input_file_id\":\"" + batch.input + "\",\"completion_window\":\"24h\",\"status\":\"" + batch.status +
         "\",\"output_file_id\":" + file("out", has(&Line::reply)) +
         ",\"error_file_id\":" + file("err", has(&Line::error)) +
         ",\"request_counts\":{\"total\":" + std::to_string(batch.lines.size()) +
         ",\"completed\":" + std::to_string(ended ? answered : 0) +
         ",\"failed\":" + std::to_string(ended ? static_cast<long>(batch.lines.size()) - answered : 0) +
         "},\"metadata\":{\"daybook\":" + quoted_json(batch.token) + "}}";
}

}  // namespace daybook
