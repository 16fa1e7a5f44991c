#include "platform/http.h"

#include "platform/http_exchange.h"

namespace daybook {

struct HttpClient::Connection {
  std::string user_agent;
  std::unique_ptr<CURL, void (*)(CURL*)> easy{nullptr, curl_easy_cleanup};
};

HttpClient::HttpClient(std::string user_agent) : connection_(std::make_unique<Connection>()) {
  initialise_curl();
  connection_->user_agent = std::move(user_agent);
  connection_->easy.reset(curl_easy_init());
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

Result<Response> HttpClient::send(const Request& request) {
  CURL* easy = connection_->easy.get();
  if (easy == nullptr) return no_curl(request);
  HttpExchange exchange(request, connection_->user_agent);
  for (;;) {
    if (auto error = exchange.prepare(easy)) return *error;
    if (auto ended = exchange.conclude(easy, curl_easy_perform(easy))) return std::move(*ended);
  }
}

}  // namespace daybook
