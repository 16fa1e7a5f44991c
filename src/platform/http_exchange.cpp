#include "platform/http_exchange.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/text.h"
#include "platform/clock.h"
#include "platform/url.h"

namespace daybook {

namespace {

constexpr double connect_seconds = 15;
constexpr std::size_t most_header_bytes = 256U << 10U;

// What may go along to another origin.
constexpr std::array<std::string_view, 8> harmless_headers = {"accept",        "accept-language", "accept-encoding",
                                                              "content-type",  "user-agent",      "if-modified-since",
                                                              "if-none-match", "cache-control"};

bool is_token(std::string_view name) {  // RFC 9110 5.6.2
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

std::optional<Error> check(const Request& request) {
  const std::string scheme = ascii_lower(request.url.substr(0, request.url.find(':')));
  if ((scheme != "http" && scheme != "https") || host_of(request.url).empty())
    return Error{Kind::misuse, Place{shown_url(request.url)}, "this is no address of a web server",
                 "write it with https:// or http:// in front"};
  for (const auto& [name, value] : request.headers) {
    const bool plain =
        std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    if (!is_token(name) || !plain)
      return Error{Kind::misuse, Place{shown_url(request.url)},
                   "the request's header \"" + std::string(is_token(name) ? name : "?") + "\" cannot be sent" +
                       (plain ? "" : ": its value has a line break"),
                   "look for a line break in the key or setting that it comes from"};
  }
  return std::nullopt;
}

using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

void append(HeaderList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return;  // out of memory
  (void)list.release();
  list.reset(longer);
}

HeaderList header_list(const Headers& headers) {
  HeaderList list(nullptr, curl_slist_free_all);
  // A name with a semicolon is curl's way to send an empty value; with a colon it would leave the header out.
  for (const auto& [name, value] : headers) {
    std::string line = name;
    append(list, line.append(value.empty() ? ";" : ": ").append(value));
  }
  append(list, "Expect:");  // no second's wait for leave to send a long body
  return list;
}

// The request as the redirect wants it (RFC 9110 15.4): 303 asks for what is there, and so does 301 or 302 after a
// POST, as all clients have it.
Request redirected(const Request& request, int status, const std::string& url) {
  Request next = request;
  next.url = url;
  if ((status == 303 && request.method != "HEAD") || (status <= 302 && request.method == "POST")) {
    next.method = "GET";
    next.body.clear();
  }
  if (origin_of(url) != origin_of(request.url)) {
    const auto may_leak = [](const auto& entry) {
      return std::find(harmless_headers.begin(), harmless_headers.end(), ascii_lower(entry.first)) ==
             harmless_headers.end();
    };
    next.headers.erase(std::remove_if(next.headers.begin(), next.headers.end(), may_leak), next.headers.end());
  }
  return next;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

void initialise_curl() {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)initialised;
}

Error no_curl(const Request& request) {
  return {Kind::failed, Place{shown_url(request.url)}, "cannot start libcurl", "free some memory"};
}

HttpExchange::HttpExchange(const Request& request, std::string user_agent)
    : user_agent_(std::move(user_agent)),
      first_url_(request.url),
      request_(request),
      deadline_(steady_seconds() + request.timeout_seconds) {}

std::size_t HttpExchange::receive_body(char* data, std::size_t, std::size_t size, void* target) {
  auto& exchange = *static_cast<HttpExchange*>(target);
  std::string& body = exchange.response_.body;
  if (size > exchange.request_.max_bytes - body.size()) {
    exchange.too_long_ = true;
    return 0;
  }
  body.append(data, size);
  return size;
}

std::size_t HttpExchange::receive_header(char* data, std::size_t, std::size_t size, void* target) {
  auto& exchange = *static_cast<HttpExchange*>(target);
  Headers& headers = exchange.response_.headers;
  const std::string_view line(data, size);
  exchange.header_bytes_ += size;
  if (exchange.header_bytes_ > most_header_bytes) {
    exchange.too_long_ = true;
    return 0;
  }
  if (line.substr(0, 5) == "HTTP/") headers.clear();  // what came before was a "100 Continue"
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && line.substr(0, 5) != "HTTP/")
    headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  return size;
}

std::optional<Error> HttpExchange::prepare(CURL* easy) {
  if (auto error = check(request_)) return error;
  response_ = {};
  header_bytes_ = 0;
  words_[0] = '\0';
  headers_ = header_list(request_.headers);
  set_transfer(easy);
  set_method(easy);
  return std::nullopt;
}

void HttpExchange::set_transfer(CURL* easy) {
  const double seconds = deadline_ - steady_seconds();
  // Never 0, which is for ever.
  const auto milliseconds = [](double s) { return std::max(1L, static_cast<long>(std::ceil(s * 1000))); };
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words_.data());
  curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(std::min(seconds, connect_seconds)));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(seconds));
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent_.c_str());
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
}

void HttpExchange::set_method(CURL* easy) const {
  if (request_.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (!request_.body.empty() || request_.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());  // not copied
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

std::optional<Result<Response>> HttpExchange::conclude(CURL* easy, CURLcode code) {
  long status = 0;
  char* target = nullptr;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &target);
  const bool follows = target != nullptr && request_.redirects > 0 && is_redirect(static_cast<int>(status));
  const std::string next = follows ? target : "";
  curl_easy_reset(easy);  // it forgets the options, which point into this object, and keeps the connections
  if (too_long_)
    return Error{Kind::failed, Place{shown_url(request_.url)},
                 "the reply is longer than " + std::to_string(request_.max_bytes) + " bytes",
                 "check that the address is the right one"};
  if (code != CURLE_OK) return fault(code);
  response_.status = static_cast<int>(status);
  if (next.empty()) return std::move(response_);
  if (redirects_++ == request_.redirects)
    return Error{
        Kind::later, Place{shown_url(first_url_)},
        std::string(host_of(request_.url)) + " redirects more than " + std::to_string(request_.redirects) + " times",
        "check that the address is the right one"};
  request_ = redirected(request_, response_.status, next);
  return std::nullopt;
}

Error HttpExchange::fault(CURLcode code) const {
  const std::string words_of_curl(words_[0] != '\0' ? words_.data() : curl_easy_strerror(code));
  const Place place{shown_url(request_.url)};
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
    return Error{Kind::misuse, place, "this is no address of a web server",
                 "write it with https:// or http:// in front"};
  std::string mend = "check the connection, then run it again";
  if (code == CURLE_OPERATION_TIMEDOUT) mend = "run it again later; the service is slow or down";
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
    mend = "install the certificates of the system (ca-certificates), and check its clock";
  return Error{Kind::later, place,
               "no reply from " + std::string(host_of(request_.url)) + ": " + std::string(trim(words_of_curl)), mend};
}

}  // namespace daybook
