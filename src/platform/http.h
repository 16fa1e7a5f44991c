// Sends Requests by libcurl.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "core/http.h"
#include "core/result.h"

namespace daybook {

// Sends many Requests at the same time, on one thread: libcurl's multi interface. One object is one thread's; how many
// requests are under way is the caller's to decide. Connections are kept for the next request to the same host, and
// shared where it speaks HTTP/2. No thread is made, but for the moment in which curl looks up a host's name.
//
// Follows up to Request::redirects redirects (RFC 9110 15.4), to http and https only, and none where a header could be
// a credential, which another host must not see. Accepts gzip and deflate; max_bytes counts what comes out of them, and
// the transfer ends where it is passed. 15 seconds to connect, Request::timeout_seconds for all, redirects included.
// Proxies as curl takes them from the environment (http_proxy, https_proxy, no_proxy).
//
// Any status is a Response, a redirect too where it is not followed. Errors, whose texts never have credentials,
// headers or the values of secret query parameters: Kind::later where the network or the service failed (curl's words,
// and the host), Kind::misuse where the address or a header cannot be sent, Kind::failed where the reply is too long.
class HttpMulti {
 public:
  explicit HttpMulti(std::string user_agent = "daybook");
  ~HttpMulti();  // ends what is under way: its connections are closed
  HttpMulti(HttpMulti&&) noexcept;
  HttpMulti& operator=(HttpMulti&&) noexcept;

  // Begins at once; goes on whenever start() or wait() is called, and Request::timeout_seconds run from here. The
  // number is only handed back. What cannot be sent has ended, with its Error.
  void start(int number, const Request& request);

  struct Ended {
    int number = 0;
    Result<Response> result;
  };
  // The next that ended, in the order of their ends; nothing where none did within `seconds`, which pass too where none
  // is under way. 0 only looks.
  std::optional<Ended> wait(double seconds);

  std::size_t under_way() const;  // started, and not handed out by wait()

 private:
  struct Transfers;
  std::unique_ptr<Transfers> transfers_;
};

// One request after the other; all that HttpMulti promises holds.
class HttpClient {
 public:
  explicit HttpClient(std::string user_agent = "daybook") : multi_(std::move(user_agent)) {}
  Result<Response> send(const Request& request);

 private:
  HttpMulti multi_;
};

}  // namespace daybook
