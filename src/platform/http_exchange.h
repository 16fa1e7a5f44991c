// What HttpClient and SideBySide have in common: a Request's way through libcurl, redirects included.
#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "core/http.h"
#include "core/result.h"

namespace daybook {

void initialise_curl();  // once for the program, whichever thread comes first

// The promises are HttpClient's (outside/http.h). Use: prepare() an easy handle, let curl do it, conclude() with what
// it says; and once more as long as there is no result. The exchange must outlive the transfer, which reads its request
// and writes into its reply.
class HttpExchange {
 public:
  HttpExchange(const Request& request, std::string user_agent);  // its time runs from here
  HttpExchange(HttpExchange&&) = delete;                         // curl has its address

  // Sets the options of a handle that has none; an Error where the request cannot be sent.
  std::optional<Error> prepare(CURL* easy);

  // The end; nothing where a redirect leads on. The handle has no options afterwards.
  std::optional<Result<Response>> conclude(CURL* easy, CURLcode code);

 private:
  using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;
  static std::size_t receive_body(char* data, std::size_t, std::size_t size, void* target);
  static std::size_t receive_header(char* data, std::size_t, std::size_t size, void* target);
  void set_transfer(CURL* easy);
  void set_method(CURL* easy) const;
  Error fault(CURLcode code) const;

  std::string user_agent_;
  std::string first_url_;
  Request request_;  // the one under way: after a redirect another than was asked
  double deadline_;
  int redirects_ = 0;
  HeaderList headers_{nullptr, curl_slist_free_all};
  std::array<char, CURL_ERROR_SIZE> words_{};
  Response response_;  // what has come so far
  std::size_t header_bytes_ = 0;
  bool too_long_ = false;
};

// The Error where curl gives no handle.
Error no_curl(const Request& request);

}  // namespace daybook
