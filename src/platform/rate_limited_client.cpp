#include "platform/rate_limited_client.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/http.h"
#include "core/text.h"
#include "platform/clock.h"
#include "platform/url.h"

namespace daybook {

namespace {

bool is_worth_another_try(int status) { return status == 408 || status == 429 || status >= 500; }

std::string hint_for(int status) {
  if (status == 400 || status == 404 || status == 410 || status == 414)
    return "check the address and the categories in the settings";
  if (status == 401 || status == 403)
    return "check that this network and key have access, and that the address is right";
  return "open the address in a browser; if it answers there, report this";
}

Error refusal(const Request& request, int status) {
  const bool later = is_worth_another_try(status);
  return Error{later ? Kind::later : Kind::failed, Place{shown_url(request.url)},
               std::string(host_of(request.url)) + " answered " + status_text(status),
               later ? "run it again later; the service is busy or down" : hint_for(status)};
}

// The error where the server wants a longer wait than we have.
Error come_again(Error fault, double asked, Instant now) {
  fault.what += ", and asks to wait " + wait_words(asked);
  if (asked <= sensible_wait_max)
    fault.hint = "run it again after " + Instant{now.seconds + static_cast<std::int64_t>(std::ceil(asked))}.rfc3339();
  return fault;
}

Request conditional(const Request& request, const Cached& known) {
  Request conditioned = request;
  if (!known.etag.empty()) conditioned.headers.emplace_back("If-None-Match", known.etag);
  if (!known.last_modified.empty()) conditioned.headers.emplace_back("If-Modified-Since", known.last_modified);
  return conditioned;
}

bool is_conditional(const Request& request) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [](const auto& one) { return equal_ignoring_case(one.first.substr(0, 3), "If-"); });
}

}  // namespace

Waiting::Waiting() : sleep(daybook::sleep_seconds), steady_seconds(daybook::steady_seconds), now(system_now) {}

RateLimitedClient::RateLimitedClient(Manners manners, Waiting waiting)
    : manners_(std::move(manners)),
      waiting_(std::move(waiting)),
      client_(manners_.user_agent),
      last_end_(-std::numeric_limits<double>::infinity()) {}

RateLimitedClient::~RateLimitedClient() {
  if (!waiting_.tell) return;
  for (const std::string& line : waits_.counted()) waiting_.tell(line);
}

Result<Response> RateLimitedClient::send_in_turn(const Request& request) {
  const double wait = last_end_ + std::max(manners_.seconds_between, backoff_) - waiting_.steady_seconds();
  if (wait > 0) waiting_.sleep(wait);
  auto response = client_.send(request);
  last_end_ = waiting_.steady_seconds();
  backoff_ = response ? backoff_seconds(response->headers, waiting_.now()) : 0;
  return response;
}

Result<Cached> RateLimitedClient::fetch(const Request& request, const Cached& known) {
  auto response = send(conditional(request, known));
  if (!response) return response.error();
  if (response->status == 304) return known;
  return Cached{std::string(header(response->headers, "ETag")), std::string(header(response->headers, "Last-Modified")),
                std::move(response->body)};
}

Result<Response> RateLimitedClient::send(const Request& request) {
  double backoff = manners_.backoff_seconds;
  double waited = 0;
  refused_.reset();
  for (int tries = 1;; ++tries, backoff *= 2) {
    if (const double rest = last_end_ + backoff_ - waiting_.steady_seconds(); rest > manners_.longest_wait)
      return come_again({Kind::later, Place{shown_url(request.url)},
                         std::string(host_of(request.url)) + " is overloaded", "run it again later"},
                        rest, waiting_.now());
    auto response = send_in_turn(request);
    if (!response && response.error().kind != Kind::later) return response.error();
    const int status = response ? response->status : 0;
    if ((status >= 200 && status < 300) || (status == 304 && is_conditional(request))) return response;

    if (response) refused_ = *response;
    Error fault = response ? refusal(request, status) : response.error();
    if (fault.kind != Kind::later) return fault;
    const double asked = response ? retry_after_seconds(response->headers, waiting_.now()) : 0;
    const double wait = std::max(asked, backoff);
    const bool too_long = waited + wait > manners_.longest_wait;
    if (too_long && asked > 0) return come_again(std::move(fault), asked, waiting_.now());
    if (too_long || tries > manners_.retries) {
      if (tries > 1) fault.what += " (" + std::to_string(tries) + " tries)";
      return fault;
    }
    if (waits_.is_news(fault.what) && waiting_.tell) waiting_.tell(fault.what + "; waiting " + wait_words(wait));
    waiting_.sleep(wait);
    waited += wait;
  }
}

}  // namespace daybook
