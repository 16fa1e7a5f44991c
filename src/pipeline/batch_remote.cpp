#include "pipeline/batch_remote.h"

#include <algorithm>

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

template <typename T, typename Read>
std::vector<BatchOutcome<T>> read_all(const std::vector<Result<Response>>& responses, Read read) {
  std::vector<BatchOutcome<T>> outcomes;
  for (const auto& response : responses) outcomes.push_back(read(response));
  return outcomes;
}

}  // namespace

void BatchRemote::send_once(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                            std::vector<Result<Response>>& responses) {
  std::size_t next = 0;
  std::size_t ended = 0;
  while (ended < which.size()) {
    for (; next < which.size() && next - ended < static_cast<std::size_t>(std::max(at_once_, 1)); ++next)
      requests_.start(static_cast<int>(which[next]), requests[which[next]]);
    if (auto one = requests_.wait(look_again)) {
      responses[static_cast<std::size_t>(one->number)] = std::move(one->result);
      ++ended;
    }
  }
}

std::vector<Result<Response>> BatchRemote::send(const std::vector<Request>& requests, Retry retry) {
  std::vector<Result<Response>> responses(requests.size(), Result<Response>(Error{}));
  std::vector<std::size_t> which(requests.size());
  for (std::size_t i = 0; i < which.size(); ++i) which[i] = i;
  for (int tries = 1; !which.empty(); ++tries) {
    send_once(requests, which, responses);
    std::erase_if(which, [&](std::size_t i) { return !may_pass(responses[i]); });
    if (which.empty() || retry == Retry::no || tries == tries_most) break;
    sleep_seconds(tries);
  }
  return responses;
}

std::vector<BatchOutcome<BatchState>> BatchRemote::states(const std::vector<std::string>& ids) {
  std::vector<Request> requests;
  for (const std::string& id : ids) requests.push_back(status_request(endpoint_, id));
  return read_all<BatchState>(send(requests, Retry::yes),
                              [&](const auto& response) { return read_batch(response, endpoint_); });
}

std::vector<BatchOutcome<std::string>> BatchRemote::contents(const std::vector<std::string>& files) {
  std::vector<Request> requests;
  for (const std::string& file : files) requests.push_back(content_request(endpoint_, file));
  return read_all<std::string>(send(requests, Retry::yes),
                               [&](const auto& response) { return read_content(response, endpoint_); });
}

std::vector<BatchOutcome<std::string>> BatchRemote::upload(const std::vector<File>& files) {
  std::vector<Request> requests;
  for (const File& file : files) requests.push_back(upload_request(endpoint_, file.name, *file.lines));
  return read_all<std::string>(send(requests, Retry::yes),
                               [&](const auto& response) { return read_uploaded(response, endpoint_); });
}

std::vector<BatchOutcome<BatchState>> BatchRemote::create(const std::vector<Wanted>& wanted) {
  std::vector<Request> requests;
  for (const Wanted& one : wanted) requests.push_back(create_request(endpoint_, one.file_id, one.token));
  return read_all<BatchState>(send(requests, Retry::no),
                              [&](const auto& response) { return read_batch(response, endpoint_); });
}

BatchOutcome<std::map<std::string, BatchState>> BatchRemote::by_token() {
  if (by_token_) return *by_token_;
  std::map<std::string, BatchState> found;
  std::string after;
  for (int page = 0; page < pages_most; ++page) {
    auto outcome = read_batch_list(send({list_request(endpoint_, after)}, Retry::yes).front(), endpoint_);
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
