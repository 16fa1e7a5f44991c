// The endpoint of the Batch API, asked: what llm/batch_api.h says, sent side by side, and again where it may help.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "llm/batch_api.h"
#include "pipeline/run_context.h"
#include "platform/http.h"

namespace daybook {

// A request that makes something is sent once: without an answer it may have been made all the same.
enum class Retry { no, yes };

class BatchEndpoint {
 public:
  explicit BatchEndpoint(const RunContext& run)
      : endpoint_(*run.llm.endpoint), at_once_(std::max(run.settings.llm.concurrency, 1)) {}

  const Endpoint& endpoint() const { return endpoint_; }

  // What `read` (read_batch() and its like) makes of each reply; parallel to the requests.
  template <typename Read>
  auto ask(const std::vector<Request>& requests, Retry retry, Read read) {
    std::vector<decltype(read(std::declval<Result<Response>>(), endpoint_))> outcomes;
    for (const auto& response : send(requests, retry)) outcomes.push_back(read(response, endpoint_));
    return outcomes;
  }

  // The newest thousand batches by our tokens; asked for once, and before any is made.
  BatchOutcome<std::map<std::string, BatchState>> by_token();

 private:
  std::vector<Result<Response>> send(const std::vector<Request>& requests, Retry retry);
  void send_once(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                 std::vector<Result<Response>>& responses);

  const Endpoint& endpoint_;
  int at_once_;
  HttpMulti requests_;
  std::optional<std::map<std::string, BatchState>> by_token_;
};

}  // namespace daybook
