#include "outside/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>

#include "core/text.h"
#include "outside/clock.h"
#include "outside/url.h"

namespace daybook {

namespace {

constexpr int most_redirects = 5;
constexpr double connect_seconds = 15;
constexpr std::size_t most_header_bytes = 256U << 10U;

// What may go along to another origin.
constexpr std::array<std::string_view, 8> harmless_headers = {"accept",        "accept-language", "accept-encoding",
                                                              "content-type",  "user-agent",      "if-modified-since",
                                                              "if-none-match", "cache-control"};

using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

// What curl's callbacks fill in.
struct Receiver {
  Response response;
  std::size_t max_bytes = 0;
  std::size_t header_bytes = 0;
  bool too_long = false;
};

std::size_t receive_body(char* data, std::size_t, std::size_t size, void* target) {
  auto& receiver = *static_cast<Receiver*>(target);
  if (size > receiver.max_bytes - receiver.response.body.size()) {
    receiver.too_long = true;
    return 0;
  }
  receiver.response.body.append(data, size);
  return size;
}

std::size_t receive_header(char* data, std::size_t, std::size_t size, void* target) {
  auto& receiver = *static_cast<Receiver*>(target);
  const std::string_view line(data, size);
  receiver.header_bytes += size;
  if (receiver.header_bytes > most_header_bytes) {
    receiver.too_long = true;
    return 0;
  }
  if (line.substr(0, 5) == "HTTP/") receiver.response.headers.clear();  // what came before was a "100 Continue"
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && line.substr(0, 5) != "HTTP/")
    receiver.response.headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  return size;
}

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

struct HttpClient::Connection {
  std::string user_agent;
  std::unique_ptr<CURL, void (*)(CURL*)> easy{nullptr, curl_easy_cleanup};
  std::array<char, CURL_ERROR_SIZE> words{};

  // Where it redirects to; empty where it does not.
  Result<std::string> exchange(const Request& request, double seconds, Response& response);
  void set(const Request& request, double seconds, const curl_slist* headers, Receiver& receiver);
  Error fault(const Request& request, CURLcode code) const;
};

void HttpClient::Connection::set(const Request& request, double seconds, const curl_slist* headers,
                                 Receiver& receiver) {
  CURL* curl = easy.get();
  curl_easy_reset(curl);  // forgets the options, keeps the connections
  words[0] = '\0';
  const auto milliseconds = [](double s) { return std::max(1L, static_cast<long>(s * 1000)); };
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words.data());
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(std::min(seconds, connect_seconds)));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds(seconds));
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(curl, CURLOPT_USERAGENT, user_agent.c_str());
  curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &receiver);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &receiver);
  if (request.method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  } else if (!request.body.empty() || request.method == "POST") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());  // not copied
  }
  if (request.method != "HEAD") curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

Result<std::string> HttpClient::Connection::exchange(const Request& request, double seconds, Response& response) {
  Receiver receiver;
  receiver.max_bytes = request.max_bytes;
  const HeaderList headers = header_list(request.headers);
  set(request, seconds, headers.get(), receiver);
  const CURLcode code = curl_easy_perform(easy.get());
  if (receiver.too_long)
    return Error{Kind::failed, Place{shown_url(request.url)},
                 "the reply is longer than " + std::to_string(request.max_bytes) + " bytes",
                 "check that the address is the right one"};
  if (code != CURLE_OK) return fault(request, code);
  long status = 0;
  char* target = nullptr;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy.get(), CURLINFO_REDIRECT_URL, &target);
  response = std::move(receiver.response);
  response.status = static_cast<int>(status);
  return std::string(target != nullptr && is_redirect(response.status) ? target : "");
}

Error HttpClient::Connection::fault(const Request& request, CURLcode code) const {
  const std::string words_of_curl(words[0] != '\0' ? words.data() : curl_easy_strerror(code));
  const Place place{shown_url(request.url)};
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
    return Error{Kind::misuse, place, "this is no address of a web server",
                 "write it with https:// or http:// in front"};
  std::string mend = "check the connection, then run it again";
  if (code == CURLE_OPERATION_TIMEDOUT) mend = "run it again later; the service is slow or down";
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
    mend = "install the certificates of the system (ca-certificates), and check its clock";
  return Error{Kind::later, place,
               "no reply from " + std::string(host_of(request.url)) + ": " + std::string(trim(words_of_curl)), mend};
}

HttpClient::HttpClient(std::string user_agent) : connection_(std::make_unique<Connection>()) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);  // once, whatever the thread
  (void)initialised;
  connection_->user_agent = std::move(user_agent);
  connection_->easy.reset(curl_easy_init());
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

Result<Response> HttpClient::send(const Request& request) {
  if (!connection_->easy)
    return Error{Kind::failed, Place{shown_url(request.url)}, "cannot start libcurl", "free some memory"};
  const double deadline = steady_seconds() + request.timeout_seconds;
  Request next = request;
  for (int redirects = 0;; ++redirects) {
    if (auto error = check(next)) return *error;
    Response response;
    auto target = connection_->exchange(next, std::max(0.001, deadline - steady_seconds()), response);
    if (!target) return target.error();
    if (target->empty()) return response;
    if (redirects == most_redirects)
      return Error{Kind::later, Place{shown_url(request.url)},
                   std::string(host_of(next.url)) + " redirects more than " + std::to_string(most_redirects) + " times",
                   "check that the address is the right one"};
    next = redirected(next, response.status, *target);
  }
}

}  // namespace daybook
