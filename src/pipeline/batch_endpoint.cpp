#include "pipeline/batch_endpoint.h"

#include <algorithm>
#include <numeric>

#include "platform/clock.h"

namespace daybook {

namespace {

constexpr int tries_most = 3;
constexpr int pages_most = 10;
constexpr double look_again = 1;  // seconds, at the latest

bool may_pass(const Result<Response>& response) {
  if (!response) return response.error().kind == Kind::later;
  return response->status == 429 || response->status >= 500;
}

}  // namespace

void BatchEndpoint::send_once(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                              std::vector<Result<Response>>& responses) {
  std::size_t next = 0;
  std::size_t ended = 0;
  while (ended < which.size()) {
    for (; next < which.size() && next - ended < static_cast<std::size_t>(at_once_); ++next)
      requests_.start(static_cast<int>(which[next]), requests[which[next]]);
    if (auto one = requests_.wait(look_again)) {
      responses[static_cast<std::size_t>(one->number)] = std::move(one->result);
      ++ended;
    }
  }
}

std::vector<Result<Response>> BatchEndpoint::send(const std::vector<Request>& requests, Retry retry) {
  std::vector<Result<Response>> responses(requests.size(), Result<Response>(Error{}));
  std::vector<std::size_t> which(requests.size());
  std::iota(which.begin(), which.end(), std::size_t{0});
  for (int tries = 1; !which.empty(); ++tries) {
    send_once(requests, which, responses);
    std::erase_if(which, [&](std::size_t i) { return !may_pass(responses[i]); });
    if (which.empty() || retry == Retry::no || tries == tries_most) break;
    sleep_seconds(tries);
  }
  return responses;
}

BatchOutcome<std::map<std::string, BatchState>> BatchEndpoint::by_token() {
  if (by_token_) return *by_token_;
  std::map<std::string, BatchState> found;
  std::string after;
  for (int page = 0; page < pages_most; ++page) {
    auto outcome = ask({list_request(endpoint_, after)}, Retry::yes, read_batch_list).front();
    if (auto* none = std::get_if<NoBatches>(&outcome)) return std::move(*none);
    if (auto* error = std::get_if<Error>(&outcome)) return std::move(*error);
    auto& list = std::get<BatchList>(outcome);
    for (BatchState& batch : list.batches)
      if (!batch.token.empty()) found.emplace(batch.token, batch);
    after = list.next;
    if (after.empty()) break;
  }
  by_token_ = found;
  return found;
}

}  // namespace daybook
