#include "store/submission.h"

#include "core/json.h"

namespace daybook {

std::string write_submission(const Submission& submission) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  const auto put = [&](const char* name, const std::string& text) {
    json.Key(name);
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  };
  json.StartObject();
  put("date", submission.date.iso());
  json.Key("number");
  json.Int(submission.number);
  put("submitted", submission.on.iso());
  put("endpoint", submission.endpoint);
  put("token", submission.token);
  if (!submission.id.empty()) put("id", submission.id);
  if (!submission.end.empty()) put("end", submission.end);
  if (submission.without_schema) {
    json.Key("without_schema");
    json.Bool(true);
  }
  if (submission.queue_tokens > 0) {
    json.Key("queue_tokens");
    json.Int64(submission.queue_tokens);
  }
  json.EndObject();
  std::string text = std::string(buffer.GetString(), buffer.GetSize()) + '\n';
  for (const Exchange& request : submission.requests) text += write_exchange(request);
  return text;
}

std::optional<Submission> read_submission(std::string_view text) {
  JsonDocument document;
  document.text = text.substr(0, text.find('\n'));
  if (parse_json(document, "")) return std::nullopt;
  const Json& root = document.root;
  const auto date = Date::parse(string_of(member(root, "date")));
  const auto on = Date::parse(string_of(member(root, "submitted")));
  const auto number = integer_of(member(root, "number"));
  if (!date || !on || !number || *number < 1 || *number > 1'000'000) return std::nullopt;
  Submission submission;
  submission.date = *date;
  submission.number = static_cast<int>(*number);
  submission.on = *on;
  submission.endpoint = string_of(member(root, "endpoint"));
  submission.token = string_of(member(root, "token"));
  submission.id = string_of(member(root, "id"));
  submission.end = string_of(member(root, "end"));
  const Json* without_schema = member(root, "without_schema");
  submission.without_schema = without_schema != nullptr && without_schema->IsTrue();
  submission.queue_tokens = integer_of(member(root, "queue_tokens")).value_or(0);
  submission.requests = read_journal(text).exchanges;
  return submission;
}

}  // namespace daybook
