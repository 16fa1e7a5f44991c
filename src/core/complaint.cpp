#include "core/complaint.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/text.h"

namespace daybook {

namespace {

constexpr int levels_deep = 6;                   // {"error": {"message": {"detail": [{"msg"}]}}} has five
constexpr std::size_t codes_max = 400;           // bytes
constexpr std::size_t page_bytes_max = 16'000;   // that are looked at
constexpr std::size_t message_bytes_max = 4000;  // that are kept

// Where a message may stand, the likeliest first: https://www.rfc-editor.org/rfc/rfc9457 has "detail" and "title".
constexpr std::array<const char*, 13> message_names = {
    "message", "detail", "msg",       "status_msg",  "error_msg", "error_message", "error_description",
    "error",   "errors", "base_resp", "description", "title",     "reason"};
constexpr std::array<const char*, 9> code_names = {
    "code", "type", "status", "reason", "error_code", "status_code", "error_type", "blockReason", "finishReason"};
constexpr std::array<const char*, 9> nested_names = {"error",   "errors",   "innererror",     "details",   "base_resp",
                                                     "message", "metadata", "promptFeedback", "candidates"};

std::string message_in(const Json& value, int levels) {
  if (value.IsString()) return std::string(trim(string_of(&value)).substr(0, message_bytes_max));
  if (levels == 0) return {};
  if (value.IsArray()) {
    for (const Json& one : value.GetArray())
      if (std::string message = message_in(one, levels - 1); !message.empty()) return message;
    return {};
  }
  // {"error": "Bad Request", "message": "the reason"}, but {"error": {"message": "the reason"}, "message": "failed"}.
  const Json* error = member(value, "error");
  if (error != nullptr && !error->IsString())
    if (std::string message = message_in(*error, levels - 1); !message.empty()) return message;
  for (const char* name : message_names)
    if (const Json* found = member(value, name))
      if (std::string message = message_in(*found, levels - 1); !message.empty()) return message;
  return {};
}

std::string code_text(const Json& value) {
  if (const auto number = integer_of(&value)) return std::to_string(*number);
  return ascii_lower(string_of(&value));
}

void collect_codes(const Json& value, int levels, Complaint& complaint) {
  if (levels == 0 || complaint.code.size() > codes_max) return;
  if (value.IsArray())
    for (const Json& one : value.GetArray()) collect_codes(one, levels - 1, complaint);
  if (!value.IsObject()) return;
  for (const char* name : code_names) {
    const Json* found = member(value, name);
    const std::string text = found == nullptr ? std::string() : code_text(*found);
    if (text.empty() || complaint.code.size() > codes_max) continue;
    complaint.code += (complaint.code.empty() ? "" : " ") + text;
    const int status = std::atoi(text.c_str());
    if (complaint.status == 0 && text.size() == 3 && status >= 400 && status < 600) complaint.status = status;
  }
  const Json* reasons = member(value, "reasons");
  complaint.flags_content = complaint.flags_content || (reasons != nullptr && reasons->IsArray()) ||
                            member(value, "flagged_input") != nullptr || member(value, "blockReason") != nullptr;
  for (const char* name : nested_names)
    if (const Json* nested = member(value, name)) collect_codes(*nested, levels - 1, complaint);
}

// MiniMax's, which come with the status 200: https://www.minimax.io/platform/document (error codes).
int status_of_base_resp(long long code) {
  switch (code) {
    case 1004:
    case 2049:
      return 401;
    case 1008:
      return 402;
    case 1002:
    case 1039:
      return 429;
    case 1026:
    case 1027:
      return 451;
    case 2013:
      return 400;
    default:
      return 500;
  }
}

// OpenRouter hands on what a model's own endpoint said, as a text: {"error": {"metadata": {"raw": "{...}"}}}.
void read_handed_on(const Json& root, Complaint& complaint) {
  const Json* error = member(root, "error");
  const Json* metadata = error == nullptr ? nullptr : member(*error, "metadata");
  const std::string_view raw = metadata == nullptr ? std::string_view() : string_of(member(*metadata, "raw"));
  if (raw.empty()) return;
  JsonDocument document;
  document.text = raw;
  if (parse_json(document, "")) {
    complaint.message = std::string(trim(raw).substr(0, message_bytes_max));
    return;
  }
  if (std::string message = message_in(document.root, levels_deep); !message.empty())
    complaint.message = std::move(message);
  collect_codes(document.root, levels_deep, complaint);
}

// The text between the tags, in the order of the page; scripts and styles have none.
std::string text_of_page(std::string_view page) {
  page = page.substr(0, page_bytes_max);
  std::string text;
  for (std::size_t at = 0; at < page.size();) {
    if (page[at] != '<') {
      text += page[at++];
      continue;
    }
    const std::string name = ascii_lower(page.substr(at + 1, 6));
    const std::string_view end = name == "script" ? "</script" : name.substr(0, 5) == "style" ? "</style" : "";
    const auto from = end.empty() ? at : page.find(end, at);
    const auto closed = from == std::string_view::npos ? from : page.find('>', from);
    if (closed == std::string_view::npos) break;
    at = closed + 1;
    text += ' ';
  }
  return std::string(trim(text).substr(0, message_bytes_max));
}

}  // namespace

Complaint complaint_in(const Json& root) {
  Complaint complaint;
  complaint.message = message_in(root, levels_deep);
  collect_codes(root, levels_deep, complaint);
  read_handed_on(root, complaint);
  if (const Json* base = member(root, "base_resp"))
    if (const auto code = integer_of(member(*base, "status_code")); code && *code != 0)
      complaint.status = status_of_base_resp(*code);
  return complaint;
}

Complaint complaint_of(std::string_view body) {
  const std::string_view text = trim(body);
  Complaint complaint;
  complaint.is_page = text.substr(0, 1) == "<";
  if (complaint.is_page) {
    complaint.message = text_of_page(text);
    return complaint;
  }
  JsonDocument document;
  document.text = body;
  if (!parse_json(document, "")) return complaint_in(document.root);
  complaint.message = std::string(text.substr(0, message_bytes_max));
  return complaint;
}

}  // namespace daybook
