// What an endpoint says went wrong, read from the body of its reply. Each has its own shape: {"error": {"message"}} of
// OpenAI, a list around that of Gemini, {"detail": [{"msg"}]} of FastAPI, {"base_resp"} of MiniMax, web pages of
// proxies.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace daybook {

struct Complaint {
  std::string message;         // as sent; empty: there is none
  std::string code;            // all codes, types and reasons in it, in lower case, parted by blanks
  int status = 0;              // of HTTP, where the body itself names one, or a code that stands for one; 0: none
  bool is_page = false;        // the message is a web page's text
  bool flags_content = false;  // it says what in the question its moderation found
};

Complaint complaint_in(const Json& root);
Complaint complaint_of(std::string_view body);

// What endpoints say, made fit for a log: their errors quote keys, and the ids of accounts.

// The text without the key, and without any longer piece of it.
std::string without_key(std::string text, std::string_view key);

// The same without whatever else looks like a key, a piece of one ("sk-…abcd", "****abcd"), or the id of an account
// ("org-...", a UUID): "***" stands there.
std::string masked(std::string text, std::string_view key);

// `: "..."` with the words masked, on one line and short; empty where there are none.
std::string quoted(std::string_view words, std::string_view key);

}  // namespace daybook
