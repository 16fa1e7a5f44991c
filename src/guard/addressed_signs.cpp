#include "guard/addressed_signs.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/byte_set.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr std::array<std::string_view, 46> role_marks = {
    "[inst]",        "[/inst]",       "<<sys",         "<</sys",        "</paper",
    "</abstract",    "</title",       "</document",    "</user",        "</system",
    "<system",       "<instruction",  "</instruction", "<user>",        "<assistant",
    "</assistant",   "</context",     "</input",       "</prompt",      "<prompt>",
    "</data>",       "<important>",   "<secret>",      "<admin>",       "<start_of_turn>",
    "<end_of_turn>", "[system",       "[assistant]",   "[user]",        "[/system",
    "[end of",       "# instruction", "#instruction",  "# system",      "# response",
    "# assistant",   "# human:",      "# user:",       "# new ",        "# end of",
    "# override",    "<!--",          "```",           "begin_of_text", "<function_calls",
    "<tool_call"};

constexpr ByteSet role_mark_starts("<[#`");
constexpr ByteSet base64_digits("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

constexpr std::size_t escapes_least = 4;    // in one sentence; honest TeX has none
constexpr std::size_t encoded_least = 20;   // characters that may be a text
constexpr std::size_t mark_name_least = 5;  // "<|user|>" has a name of 4, "<|psi|>" is physics

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  c = static_cast<char>(static_cast<unsigned char>(c) | 0x20U);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (is_lower(c)) return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

// "<|im_start|>": a name between "<|" and "|>".
bool has_special_token(std::string_view lower) {
  for (auto at = lower.find("<|"); at != lower.npos; at = lower.find("<|", at + 1)) {
    std::size_t end = at + 2;
    while (end < lower.size() && (is_lower(lower[end]) || lower[end] == '_' || lower[end] == ' ')) ++end;
    const auto name = trim(lower.substr(at + 2, end - at - 2));
    const bool long_enough = name.size() >= mark_name_least || name == "user" || name == "end" || name == "pad";
    if (long_enough && lower.substr(end, 2) == "|>") return true;
  }
  return false;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

// Text, and not whatever bytes a word happens to spell.
std::optional<std::string> as_text(std::string bytes) {
  const auto printed = std::count_if(bytes.begin(), bytes.end(),
                                     [](char c) { return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t'; });
  if (static_cast<std::size_t>(printed) != bytes.size() || bytes.size() < encoded_least / 2) return std::nullopt;
  return bytes;
}

std::optional<std::string> from_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    const int high = hex_digit(digits[i]);
    const int low = hex_digit(digits[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return as_text(std::move(bytes));
}

// RFC 4648; a last group that is cut off is left out.
std::optional<std::string> from_base64(std::string_view digits) {
  std::string bytes;
  unsigned bits = 0;
  int held = 0;
  for (const char c : digits) {
    bits = (bits << 6U) | static_cast<unsigned>(base64_digit(c));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xFFU);
  }
  return as_text(std::move(bytes));
}

}  // namespace

bool has_role_marks(std::string_view text) {
  if (role_mark_starts.find_in(text) == text.npos && text.find("begin_of_text") == text.npos) return false;
  const std::string lower = ascii_lower(text);
  if (has_special_token(lower)) return true;
  return std::any_of(role_marks.begin(), role_marks.end(),
                     [&](std::string_view mark) { return lower.find(mark) != lower.npos; });
}

bool has_escapes(std::string_view text) {
  const bool any = text.find('&') != text.npos || text.find('%') != text.npos || text.find('\\') != text.npos;
  if (!any) return false;
  std::size_t percent = 0;
  for (auto at = text.find('%'); at != text.npos; at = text.find('%', at + 1))
    if (at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0) ++percent;
  return percent >= escapes_least || count(text, "&#") >= escapes_least || count(text, "\\u0") >= escapes_least ||
         count(text, "\\x") >= 2 * escapes_least;
}

std::vector<std::string> decoded_texts(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && base64_digits.has(text[end])) ++end;
    if (end - at >= encoded_least) {
      const auto run = text.substr(at, end - at);
      if (auto hex = from_hex(run)) {
        found.push_back(std::move(*hex));
      } else if (auto base64 = from_base64(run)) {
        found.push_back(std::move(*base64));
      }
    }
    at = end + 1;
  }
  return found;
}

}  // namespace daybook
