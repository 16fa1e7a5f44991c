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

}  // namespace daybook
