#include "platform/side_by_side.h"

#include <algorithm>
#include <deque>
#include <vector>

#include "platform/clock.h"
#include "platform/http_exchange.h"

namespace daybook {

namespace {

constexpr long most_idle_connections = 64;  // by itself curl keeps four a request under way: too few when they get few
constexpr double longest_poll = 60;

using EasyHandle = std::unique_ptr<CURL, void (*)(CURL*)>;

struct Transfer {
  Transfer(int n, const Request& request, const std::string& user_agent) : number(n), exchange(request, user_agent) {}
  int number;
  HttpExchange exchange;
  EasyHandle easy{curl_easy_init(), curl_easy_cleanup};  // goes before the exchange that it points into
};

}  // namespace

struct SideBySide::Transfers {
  explicit Transfers(std::string agent);
  ~Transfers();

  std::string user_agent;
  std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> multi{nullptr, curl_multi_cleanup};
  std::vector<std::unique_ptr<Transfer>> running;
  std::deque<Ended> ended;

  void send(std::unique_ptr<Transfer> transfer);
  void go_on();
  void collect();
  void end_all(CURLMcode code);
  std::unique_ptr<Transfer> take(const CURL* easy);
};

SideBySide::Transfers::Transfers(std::string agent) : user_agent(std::move(agent)) {
  initialise_curl();
  multi.reset(curl_multi_init());
  if (multi) curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, most_idle_connections);
}

SideBySide::Transfers::~Transfers() {
  for (const auto& transfer : running) curl_multi_remove_handle(multi.get(), transfer->easy.get());
}

// Sends what the exchange has to send next, the first request or where that was redirected to.
void SideBySide::Transfers::send(std::unique_ptr<Transfer> transfer) {
  if (auto error = transfer->exchange.prepare(transfer->easy.get())) {
    ended.push_back({transfer->number, *std::move(error)});
    return;
  }
  const CURLMcode code = curl_multi_add_handle(multi.get(), transfer->easy.get());
  running.push_back(std::move(transfer));
  if (code != CURLM_OK) end_all(code);
}

std::unique_ptr<Transfer> SideBySide::Transfers::take(const CURL* easy) {
  const auto found =
      std::find_if(running.begin(), running.end(), [&](const auto& transfer) { return transfer->easy.get() == easy; });
  auto taken = std::move(*found);
  running.erase(found);
  return taken;
}

// Does what can be done without waiting.
void SideBySide::Transfers::go_on() {
  int count = 0;
  const CURLMcode code = curl_multi_perform(multi.get(), &count);
  if (code != CURLM_OK) return end_all(code);
  collect();
}

void SideBySide::Transfers::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;  // the message goes with the handle's removal
    auto transfer = take(message->easy_handle);
    CURL* easy = transfer->easy.get();
    curl_multi_remove_handle(multi.get(), easy);
    if (auto result = transfer->exchange.conclude(easy, code)) {
      ended.push_back({transfer->number, std::move(*result)});
    } else {
      send(std::move(transfer));
    }
  }
}

// Without memory curl cannot go on: better that all have failed than that the caller waits for ever.
void SideBySide::Transfers::end_all(CURLMcode code) {
  for (const auto& transfer : running) {
    curl_multi_remove_handle(multi.get(), transfer->easy.get());
    ended.push_back(
        {transfer->number,
         Error{Kind::failed, Place{}, std::string("libcurl: ") + curl_multi_strerror(code), "free some memory"}});
  }
  running.clear();
}

SideBySide::SideBySide(std::string user_agent) : transfers_(std::make_unique<Transfers>(std::move(user_agent))) {}
SideBySide::~SideBySide() = default;
SideBySide::SideBySide(SideBySide&&) noexcept = default;
SideBySide& SideBySide::operator=(SideBySide&&) noexcept = default;

void SideBySide::start(int number, const Request& request) {
  auto transfer = std::make_unique<Transfer>(number, request, transfers_->user_agent);
  if (!transfers_->multi || !transfer->easy) {
    transfers_->ended.push_back({number, no_curl(request)});
    return;
  }
  transfers_->send(std::move(transfer));
  transfers_->go_on();
}

std::optional<SideBySide::Ended> SideBySide::wait(double seconds) {
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

std::size_t SideBySide::under_way() const { return transfers_->running.size() + transfers_->ended.size(); }

}  // namespace daybook
