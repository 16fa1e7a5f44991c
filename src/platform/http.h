// Sends Requests by libcurl.
#pragma once

#include <functional>
#include <memory>

#include "core/http.h"
#include "core/result.h"

namespace daybook {

// One client is one thread's; it keeps its connections for the next request.
//
// Follows up to Request::redirects redirects (RFC 9110 15.4), to http and https only; at another origin (scheme, host,
// port) only headers go along that cannot be credentials. Accepts gzip and deflate; max_bytes counts what comes out of
// them, and the transfer ends where it is passed. 15 seconds to connect, Request::timeout_seconds for all, redirects
// included. Proxies as curl takes them from the environment (http_proxy, https_proxy, no_proxy).
//
// Any status is a Response, a redirect too where it leads no further. Errors, whose texts never have credentials,
// headers or the values of secret query parameters: Kind::later where the network or the service failed (curl's words,
// and the host), Kind::misuse where the address or a header cannot be sent, Kind::failed where the reply is too long.
class HttpClient {
 public:
  explicit HttpClient(std::string user_agent = "daybook");
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  Result<Response> send(const Request& request);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace daybook
