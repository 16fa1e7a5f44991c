// The endpoint of the Batch API, asked: what src/llm/batch_api.h says, sent side by side, and again where it may
// help.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "llm/batch_api.h"
#include "pipeline/context.h"
#include "platform/side_by_side.h"

namespace daybook {

class BatchRemote {
 public:
  BatchRemote(const Endpoint& endpoint, int at_once) : endpoint_(endpoint), at_once_(at_once) {}

  // All parallel to what is given.
  std::vector<BatchOutcome<BatchState>> states(const std::vector<std::string>& ids);
  std::vector<BatchOutcome<std::string>> contents(const std::vector<std::string>& files);
  struct File {
    std::string name;
    const std::string* lines;
  };
  std::vector<BatchOutcome<std::string>> upload(const std::vector<File>& files);
  // Sent once each: one that got no answer may have been made all the same.
  struct Wanted {
    std::string file_id;
    std::string token;
  };
  std::vector<BatchOutcome<BatchState>> create(const std::vector<Wanted>& wanted);

  // The newest thousand batches by our tokens; asked for once, and before any is made.
  BatchOutcome<std::map<std::string, BatchState>> by_token();

 private:
  enum class Retry { no, yes };
  std::vector<Result<Response>> send(const std::vector<Request>& requests, Retry retry);
  void send_once(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                 std::vector<Result<Response>>& responses);

  const Endpoint& endpoint_;
  int at_once_;
  SideBySide requests_;
  std::optional<std::map<std::string, BatchState>> by_token_;
};

}  // namespace daybook
