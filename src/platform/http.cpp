#include "platform/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "platform/clock.h"
#include "platform/url.h"

namespace daybook {

namespace {

constexpr long connect_seconds = 15;
constexpr std::size_t most_header_bytes = 256U << 10U;
constexpr long most_idle_connections = 64;  // by itself curl keeps four a request under way: too few when they get few
constexpr double longest_poll = 60;

// What cannot be a credential.
constexpr std::array<std::string_view, 8> harmless_headers = {"accept",        "accept-language", "accept-encoding",
                                                              "content-type",  "user-agent",      "if-modified-since",
                                                              "if-none-match", "cache-control"};

bool may_be_credential(const std::pair<std::string, std::string>& entry) {
  const std::string name = ascii_lower(entry.first);
  return std::find(harmless_headers.begin(), harmless_headers.end(), name) == harmless_headers.end();
}

bool is_token(std::string_view name) {  // RFC 9110 5.6.2
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

Error no_web_address(const std::string& url) {
  return {Kind::misuse, Place{shown_url(url)}, "this is not a web address", "start it with https:// or http://"};
}

std::optional<Error> check(const Request& request) {
  const std::string scheme = ascii_lower(request.url.substr(0, request.url.find(':')));
  if ((scheme != "http" && scheme != "https") || host_of(request.url).empty()) return no_web_address(request.url);
  for (const auto& [name, value] : request.headers) {
    const bool plain = value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
    if (!is_token(name) || !plain)
      return Error{Kind::misuse, Place{shown_url(request.url)},
                   "the request's header \"" + std::string(is_token(name) ? name : "?") + "\" cannot be sent" +
                       (plain ? "" : ": its value has a line break"),
                   "check for a line break in the key or setting it comes from"};
  }
  return std::nullopt;
}

Error out_of_memory(const std::string& url, const std::string& what) {
  return {Kind::failed, Place{shown_url(url)}, what, "free some memory"};
}

// A request's way through libcurl, which has the addresses of what is in here.
class Transfer {
 public:
  Transfer(int n, Request request, const std::string& user_agent);
  Transfer(Transfer&&) = delete;

  Result<Response> conclude(CURLcode code);
  bool left() const;

  const int number;
  const Request request;
  const std::unique_ptr<CURL, void (*)(CURL*)> easy{curl_easy_init(), curl_easy_cleanup};

 private:
  static std::size_t receive_body(char* data, std::size_t, std::size_t size, void* target);
  static std::size_t receive_header(char* data, std::size_t, std::size_t size, void* target);
  template <typename Value>
  void set(CURLoption option, Value value) const {
    curl_easy_setopt(easy.get(), option, value);
  }
  void set_method() const;
  Error fault(CURLcode code) const;

  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers_{nullptr, curl_slist_free_all};
  std::array<char, CURL_ERROR_SIZE> words_{};
  Response response_;  // what has come so far
  std::size_t header_bytes_ = 0;
  bool too_long_ = false;
};

Transfer::Transfer(int n, Request asked, const std::string& user_agent) : number(n), request(std::move(asked)) {
  if (!easy) return;
  const auto append = [&](const std::string& line) {
    headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
  };
  // A name with a semicolon is curl's way to send an empty value; with a colon it would leave the header out.
  for (const auto& [name, value] : request.headers) append(value.empty() ? name + ";" : name + ": " + value);
  append("Expect:");  // no second's wait for leave to send a long body
  const bool has_key = std::any_of(request.headers.begin(), request.headers.end(), may_be_credential);
  set(CURLOPT_ERRORBUFFER, words_.data());
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, request.redirects > 0 && !has_key ? 1L : 0L);
  set(CURLOPT_MAXREDIRS, static_cast<long>(request.redirects));
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(CURLOPT_TIMEOUT, std::max(1L, static_cast<long>(request.timeout_seconds)));  // 0 would be for ever
  set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  set(CURLOPT_USERAGENT, user_agent.c_str());
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_HTTPHEADER, headers_.get());
  set(CURLOPT_WRITEFUNCTION, receive_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, receive_header);
  set(CURLOPT_HEADERDATA, this);
  set_method();
}

// A POST that a redirect makes a GET (301, 302, 303) is curl's to change: CURLOPT_CUSTOMREQUEST would keep it one.
void Transfer::set_method() const {
  if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
  if (request.method != "POST" && request.method != "PUT") return;
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  set(CURLOPT_POSTFIELDS, request.body.data());  // not copied
  if (request.method == "PUT") set(CURLOPT_CUSTOMREQUEST, "PUT");
}

std::size_t Transfer::receive_body(char* data, std::size_t, std::size_t size, void* target) {
  auto& transfer = *static_cast<Transfer*>(target);
  std::string& body = transfer.response_.body;
  transfer.too_long_ = size > transfer.request.max_bytes - body.size();
  if (transfer.too_long_) return 0;
  body.append(data, size);
  return size;
}

std::size_t Transfer::receive_header(char* data, std::size_t, std::size_t size, void* target) {
  auto& transfer = *static_cast<Transfer*>(target);
  Headers& headers = transfer.response_.headers;
  const std::string_view line(data, size);
  transfer.header_bytes_ += size;
  transfer.too_long_ = transfer.header_bytes_ > most_header_bytes;
  if (transfer.too_long_) return 0;
  const bool is_status = line.substr(0, 5) == "HTTP/";
  if (is_status) headers.clear();  // what came before was a redirect, or a "100 Continue"
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && !is_status)
    headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  return size;
}

Result<Response> Transfer::conclude(CURLcode code) {
  if (code != CURLE_OK) return fault(code);
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  return std::move(response_);
}

bool Transfer::left() const {
  long bytes = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_REQUEST_SIZE, &bytes);
  return bytes > 0;
}

Error Transfer::fault(CURLcode code) const {
  char* effective = nullptr;
  curl_easy_getinfo(easy.get(), CURLINFO_EFFECTIVE_URL, &effective);
  const std::string url = effective == nullptr ? request.url : effective;
  const std::string check_address = "check that the address is the right one";
  if (too_long_)
    return {Kind::failed, Place{shown_url(url)},
            "the reply is longer than " + std::to_string(request.max_bytes) + " bytes", check_address};
  if (code == CURLE_TOO_MANY_REDIRECTS)
    return {Kind::later, Place{shown_url(request.url)},
            std::string(host_of(url)) + " redirects more than " + std::to_string(request.redirects) + " times",
            check_address};
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) return no_web_address(url);
  std::string hint = "check the connection, then run it again";
  if (code == CURLE_OPERATION_TIMEDOUT) hint = "run it again later; the service is slow or down";
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
    hint = "install the system's certificates (ca-certificates), and check its clock";
  const std::string words(trim(words_[0] != '\0' ? words_.data() : curl_easy_strerror(code)));
  return {Kind::later, Place{shown_url(url)}, "no reply from " + std::string(host_of(url)) + ": " + words, hint};
}

}  // namespace

struct HttpMulti::Transfers {
  explicit Transfers(std::string agent);
  ~Transfers() { end_all(CURLM_OK); }

  void go_on();
  void end_all(CURLMcode code);
  std::unique_ptr<Transfer> take(const CURL* easy);

  std::string user_agent;
  std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> multi{nullptr, curl_multi_cleanup};
  std::vector<std::unique_ptr<Transfer>> running;
  std::deque<Ended> ended;
};

HttpMulti::Transfers::Transfers(std::string agent) : user_agent(std::move(agent)) {
  // Once for the program, whichever thread comes first.
  [[maybe_unused]] static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  multi.reset(curl_multi_init());
  if (multi) curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, most_idle_connections);
}

// Out of what curl works on.
std::unique_ptr<Transfer> HttpMulti::Transfers::take(const CURL* easy) {
  const auto found =
      std::find_if(running.begin(), running.end(), [&](const auto& transfer) { return transfer->easy.get() == easy; });
  auto taken = std::move(*found);
  running.erase(found);
  curl_multi_remove_handle(multi.get(), taken->easy.get());
  return taken;
}

// Does what can be done without waiting.
void HttpMulti::Transfers::go_on() {
  int count = 0;
  const CURLMcode fault = curl_multi_perform(multi.get(), &count);
  if (fault != CURLM_OK) return end_all(fault);
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &count)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;  // the message goes with the handle's removal
    const auto transfer = take(message->easy_handle);
    ended.push_back({transfer->number, transfer->conclude(code), transfer->left()});
  }
}

// Without memory curl cannot go on: better that all have failed than that the caller waits for ever.
void HttpMulti::Transfers::end_all(CURLMcode code) {
  while (!running.empty()) {
    const auto transfer = take(running.front()->easy.get());
    const std::string words = std::string("libcurl: ") + curl_multi_strerror(code);
    ended.push_back({transfer->number, out_of_memory(transfer->request.url, words)});
  }
}

HttpMulti::HttpMulti(std::string user_agent) : transfers_(std::make_unique<Transfers>(std::move(user_agent))) {}
HttpMulti::~HttpMulti() = default;
HttpMulti::HttpMulti(HttpMulti&&) noexcept = default;
HttpMulti& HttpMulti::operator=(HttpMulti&&) noexcept = default;

void HttpMulti::start(int number, const Request& request) {
  if (auto error = check(request)) {
    transfers_->ended.push_back({number, *std::move(error)});
    return;
  }
  auto transfer = std::make_unique<Transfer>(number, request, transfers_->user_agent);
  if (!transfers_->multi || !transfer->easy) {
    transfers_->ended.push_back({number, out_of_memory(request.url, "cannot start libcurl")});
    return;
  }
  const CURLMcode fault = curl_multi_add_handle(transfers_->multi.get(), transfer->easy.get());
  transfers_->running.push_back(std::move(transfer));
  if (fault != CURLM_OK) return transfers_->end_all(fault);
  transfers_->go_on();
}

std::optional<HttpMulti::Ended> HttpMulti::wait(double seconds) {
  const double deadline = steady_seconds() + seconds;
  for (;;) {
    if (transfers_->ended.empty()) transfers_->go_on();
    if (!transfers_->ended.empty()) {
      Ended next = std::move(transfers_->ended.front());
      transfers_->ended.pop_front();
      return next;
    }
    const double left = deadline - steady_seconds();
    if (left <= 0) return std::nullopt;
    // Rounded up: a wait of less than a millisecond would be none, and this a loop that burns the processor.
    const int milliseconds = static_cast<int>(std::min(left, longest_poll) * 1000) + 1;
    curl_multi_poll(transfers_->multi.get(), nullptr, 0, milliseconds, nullptr);
  }
}

std::size_t HttpMulti::under_way() const { return transfers_->running.size() + transfers_->ended.size(); }

Result<Response> HttpClient::send(const Request& request) {
  multi_.start(0, request);
  for (;;)
    if (auto ended = multi_.wait(longest_poll)) return std::move(ended->result);
}

}  // namespace daybook
