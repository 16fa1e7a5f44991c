// Sends Requests (core/http.h) with libcurl, one at a time or many at once.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "core/http.h"
#include "core/result.h"

namespace daybook {

// HttpMulti sends many Requests at the same time on one thread, by libcurl's multi interface: requests to an LLM take
// seconds and no work here, so threads would only add locks. An object belongs to one thread; how many requests are
// under way is up to the caller. Connections are reused for the same host, and shared if it speaks HTTP/2. curl itself
// makes a thread for as long as it looks up a host's name.
//
// Redirects: up to Request::redirects (RFC 9110 15.4), to http and https only, and none if a header could be a
// credential, which another host must not see. Limits: max_bytes counts after decompression (gzip, deflate), so that a
// small reply cannot expand without end; 15 seconds to connect, Request::timeout_seconds in all, redirects included.
// Proxies come from the environment (http_proxy, https_proxy, no_proxy).
//
// Any status is a Response, and so is a redirect that is not followed. Errors: Kind::later if the network or the
// service failed (curl's words, and the host), Kind::misuse if the address or a header cannot be sent, Kind::failed if
// the reply is too long. Their texts never contain credentials, headers or the values of secret query parameters.
class HttpMulti {
 public:
  explicit HttpMulti(std::string user_agent = "daybook");
  ~HttpMulti();  // aborts what is under way
  HttpMulti(HttpMulti&&) noexcept;
  HttpMulti& operator=(HttpMulti&&) noexcept;

  // Begins at once and goes on whenever start() or wait() is called; Request::timeout_seconds count from here. `number`
  // is only handed back. A request that cannot be sent ends at once, with its Error.
  void start(int number, const Request& request);

  struct Ended {
    int number = 0;
    Result<Response> result;
    bool left = false;  // part of the request was sent: without a reply, it may have been heeded all the same
  };
  // The next request that ended, in the order of their ends; nothing if none does within `seconds`, which pass even if
  // none is under way. 0 only polls.
  std::optional<Ended> wait(double seconds);

  std::size_t under_way() const;  // started and not yet returned by wait()

 private:
  struct Transfers;
  std::unique_ptr<Transfers> transfers_;
};

// HttpClient sends one request after the other, with all that HttpMulti promises.
class HttpClient {
 public:
  explicit HttpClient(std::string user_agent = "daybook") : multi_(std::move(user_agent)) {}
  Result<Response> send(const Request& request);

 private:
  HttpMulti multi_;
};

}  // namespace daybook
