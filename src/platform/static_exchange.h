// One connection of StaticServer: requests read, replies written, until either side has had enough.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/http.h"

namespace daybook {

// What stands before a request's body (RFC 9112 2.1).
struct RequestHead {
  std::string method;
  std::string target;
  bool keep_alive = true;
  Headers headers;
};

// `text` without the empty line at its end; nothing where it is no request of HTTP/1.0 or 1.1.
std::optional<RequestHead> read_request_head(std::string_view text);

// Returns when the client closes, asks to close, sends what is no request, or is silent for the socket's time.
void serve_connection(int socket, const std::string& folder, const std::function<void(const std::string&)>& log);

}  // namespace daybook
