// HTTP as values: folders that decide what to ask make Requests and read Responses; only platform/ sends them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/date.h"

namespace daybook {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::string body;
  int timeout_seconds = 60;            // for the whole exchange
  int redirects = 5;                   // followed at most; 0: a redirect is the response
  std::size_t max_bytes = 64U << 20U;  // a longer body is an error
  bool operator==(const Request&) const = default;
};

struct Response {
  int status = 0;
  Headers headers;  // names as sent
  std::string body;
  bool operator==(const Response&) const = default;
};

// The value of the last header of that name, whatever its letters' case (RFC 9110 5.1); empty where there is none.
std::string_view header(const Headers& headers, std::string_view name);

// The seconds that a Retry-After header asks for, counted from `now`; 0 where it is missing, past or unreadable.
double retry_after_seconds(const Headers& headers, Instant now);

// Seconds: whoever asks to wait longer means nothing sensible.
inline constexpr double sensible_wait_max = 366.0 * 86400;

// The same for Zotero's Backoff header, https://www.zotero.org/support/dev/web_api/v3/basics#rate_limiting: any reply
// may have one, and no request is to be sent for so long.
double backoff_seconds(const Headers& headers, Instant now);

// What a server asks to wait, for a message: "30 s", "for more than a year". Any number: servers ask for any.
std::string wait_words(double seconds);

// "404 Not Found".
std::string status_text(int status);

// An address's "host:8080", without user and password.
std::string_view host_of(std::string_view url);

}  // namespace daybook
