// Requests as arXiv wants them: one at a time, seconds apart, and patient when it asks for it.
// https://info.arxiv.org/help/api/tou.html: three seconds between requests, a single connection.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/date.h"
#include "core/error.h"
#include "core/http.h"
#include "core/result.h"
#include "platform/http.h"

namespace daybook {

struct Manners {
  double seconds_between = 3;  // from the end of a request to the start of the next
  int retries = 4;             // after the first try
  double backoff_seconds = 5;  // before the first retry, doubled before each further one
  double longest_wait = 600;   // seconds that all waits of a fetch may take together
  std::string user_agent = "daybook";
};

// What time is and how it passes; tests put in their own.
struct Waiting {
  Waiting();  // the real ones
  std::function<void(double seconds)> sleep;
  std::function<double()> steady_seconds;
  std::function<Instant()> now;
  // "export.arxiv.org answered 503 ...; waiting 5 s" the first time, and in the end how often more; none: nothing is
  // told.
  std::function<void(const std::string&)> tell;
};

// A reply to keep: the next fetch of the same address gives it back, and the body comes only when it changed.
struct Cached {
  std::string etag;  // both as sent, empty where not sent
  std::string last_modified;
  std::string body;
  bool operator==(const Cached&) const = default;
};

class RateLimitedClient {
 public:
  explicit RateLimitedClient(Manners manners = {}, Waiting waiting = {});
  ~RateLimitedClient();
  RateLimitedClient(const RateLimitedClient&) = delete;
  RateLimitedClient& operator=(const RateLimitedClient&) = delete;

  // The body of a 2xx reply with its validators, or `known` again where the server says 304 (RFC 9110 13.1).
  //
  // Tried again after 429, 408, 5xx and where no whole reply came, waiting as Retry-After says (seconds or a date, RFC
  // 9110 10.2.3) but never less than the backoff. Where the tries or the waits are used up: an Error of Kind::later
  // that says what came last, and when to come again where the server said so. Any other status is an Error of
  // Kind::failed.
  Result<Cached> fetch(const Request& request, const Cached& known = {});
  // The same, for a reply whose headers count: 2xx, or 304 where the request has a condition ("If-..."). After one with
  // a Backoff header the next request waits as long; where that is longer than `longest_wait`, it is an Error of
  // Kind::later instead.
  Result<Response> send(const Request& request);
  // The reply to the last fetch, where one came and was an Error.
  const std::optional<Response>& refused() const { return refused_; }

 private:
  Result<Response> send_in_turn(const Request& request);

  Manners manners_;
  Waiting waiting_;
  HttpClient client_;
  double last_end_;
  double backoff_ = 0;  // seconds from last_end_ on
  std::optional<Response> refused_;
  Repeats waits_;
};

}  // namespace daybook
