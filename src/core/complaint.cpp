#include "core/complaint.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

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
  for (const Json& one : items_of(&value))
    if (std::string message = message_in(one, levels - 1); !message.empty()) return message;
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
  for (const Json& one : items_of(&value)) collect_codes(one, levels - 1, complaint);
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
  constexpr std::pair<int, int> statuses[] = {{1004, 401}, {2049, 401}, {1008, 402}, {1002, 429},
                                              {1039, 429}, {1026, 451}, {1027, 451}, {2013, 400}};
  for (const auto& [known, status] : statuses)
    if (known == code) return status;
  return 500;
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
    const std::string_view end = name == "script" ? "</script" : name.starts_with("style") ? "</style" : "";
    const auto from = end.empty() ? at : page.find(end, at);
    const auto closed = from == std::string_view::npos ? from : page.find('>', from);
    if (closed == std::string_view::npos) break;
    at = closed + 1;
    text += ' ';
  }
  return std::string(trim(text).substr(0, message_bytes_max));
}

constexpr std::size_t key_piece = 8;               // bytes of a key that are not to be shown
constexpr std::size_t shortest_key = 4;            // what is shorter stands in any text
constexpr std::size_t random_piece = 16;           // letters and digits in a row, both: no word of a language
constexpr std::size_t quoted_bytes_max = 200;      // of an endpoint's own message
constexpr std::size_t looked_at_bytes_max = 4000;  // of a message that may have megabytes
constexpr std::string_view mask = "***";

// What keys and the ids of accounts begin with.
constexpr std::array<std::string_view, 17> beginnings = {"sk-",   "sk_",   "pk-",  "org-",        "org_", "proj-",
                                                         "proj_", "user-", "key-", "gsk_",        "hf_",  "xai-",
                                                         "aiza",  "ghp_",  "ghs_", "github_pat_", "acct_"};

// Of a key, with what stands for its hidden middle: stars, full stops, an ellipsis of other bytes.
bool is_of_word(char c) {
  return is_alnum(c) || c == '-' || c == '_' || c == '*' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool has_random_piece(std::string_view word) {
  std::size_t length = 0;
  bool digits = false;
  bool letters = false;
  for (const char c : word) {
    const bool goes_on = is_alnum(c);
    length = goes_on ? length + 1 : 0;
    digits = goes_on && (digits || is_digit(c));
    letters = goes_on && (letters || is_letter(c));
    if (length >= random_piece && digits && letters) return true;
  }
  return false;
}

// 8-4-4-4-12 hexadecimal digits (RFC 9562).
bool is_uuid(std::string_view word) {
  if (word.size() != 36) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = word[i];
    const bool hex = is_hex_digit(c);
    if (hyphen ? c != '-' : !hex) return false;
  }
  return true;
}

// "sk-…abcd", "AIza...abcd", "********abcd".
bool has_hidden_middle(std::string_view word) {
  if (word.find("**") != std::string_view::npos) return true;
  const auto joins = [&](std::size_t at, std::size_t length) {
    if (at == std::string_view::npos || at == 0 || at + length >= word.size()) return false;
    const auto is_plain = [](char c) { return is_alnum(c) || c == '-' || c == '_'; };
    return is_plain(word[at - 1]) && is_plain(word[at + length]);
  };
  return joins(word.find("..."), 3) || joins(word.find("\u2026"), 3);
}

bool is_secret(std::string_view word) {
  const std::string lower = ascii_lower(word.substr(0, 16));
  const bool begins = std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
    return lower.starts_with(beginning) && word.size() >= beginning.size() + 4;
  });
  return begins || has_hidden_middle(word) || is_uuid(word) || has_random_piece(word);
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

std::string without_key(std::string text, std::string_view key) {
  // "ollama" and "none" are keys too, and words.
  const bool is_word = all(key, is_letter);
  if (key.size() < key_piece && (is_word || key.size() < shortest_key)) return text;
  const std::size_t piece = std::min(key_piece, key.size());
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;  // of the longest piece of the key that stands here
    for (std::size_t k = 0; k + piece <= key.size(); ++k) {
      std::size_t same = 0;
      while (k + same < key.size() && i + same < text.size() && key[k + same] == text[i + same]) ++same;
      length = std::max(length, same);
    }
    const bool hide = length >= piece;
    if (hide) out += mask;
    if (!hide) out += text[i];
    i += hide ? length : 1;
  }
  return out;
}

std::string masked(std::string text, std::string_view key) {
  text = without_key(std::move(text), key);
  std::string out;
  bool after_bearer = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_of_word(text[end])) ++end;
    std::size_t word_end = end;
    while (word_end > at && text[word_end - 1] == '.') --word_end;
    const std::string_view word = std::string_view(text).substr(at, word_end - at);
    if (!word.empty()) {
      out += after_bearer || is_secret(word) ? mask : word;
      after_bearer = equal_ignoring_case(word, "bearer");
    }
    out.append(text, word_end, end - word_end);
    at = end;
    if (at < text.size()) out += text[at++];
  }
  return out;
}

std::string quoted(std::string_view words, std::string_view key) {
  std::string line = one_line(trim(words).substr(0, looked_at_bytes_max));
  if (line.empty()) return {};
  std::replace(line.begin(), line.end(), '"', '\'');
  return ": \"" + abridged(masked(repaired_utf8(line), key), quoted_bytes_max) + '"';
}

}  // namespace daybook
