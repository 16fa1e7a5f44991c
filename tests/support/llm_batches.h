// The Batch API of the tests' endpoint: /files and /batches, as OpenAI has them, on time or late, well or badly.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "support/loopback_server.h"

namespace daybook {

struct BatchBehaviour {
  int looks = 2;                    // status requests until a batch ends; 0: it has ended with the first
  bool none = false;                // the endpoint has no Batch API: 404 for everything
  int uploads_refused = 0;          // the first so many get 500
  std::string failed = {};          // batches are refused with this message
  std::optional<int> expires = {};  // batches expire with so many of their requests answered
  int every_nth_line_fails = 0;     // with 500, in the file of errors
  long long queue_tokens = 0;       // no more than so many may be under way, at four bytes each; 0: no limit
  bool loses_files = false;         // the contents are gone: 404
};

class LlmBatches {
 public:
  using Chat = std::function<Answer(const Received&)>;
  explicit LlmBatches(Chat chat) : chat_(std::move(chat)) {}

  void behave(BatchBehaviour behaviour);

  // What is called with "POST /v1/batches" and the like, when the request was taken and before it is answered.
  void tell(std::function<void(const std::string&)> teller);

  struct Made {
    std::string token;
    std::vector<std::string> names;  // of its requests
    bool failed = false;
    int looks = 0;
  };
  std::vector<Made> made() const;             // all batches so far
  std::vector<std::string> requests() const;  // "POST /v1/files" ...

  static bool concerns(const std::string& path);
  Answer respond(const Received& request);

 private:
  struct Line {
    std::string name;
    std::string reply;  // of the file of outputs
    std::string error;  // of the file of errors, where there is no reply
    long long tokens = 0;
  };
  struct Batch {
    std::string id;
    std::string input;
    std::string token;
    std::string status;
    std::string failed;  // code and message, as JSON
    std::vector<Line> lines;
    int looks = 0;
  };
  Answer upload(const Received& request);
  Answer create(const Received& request);
  Answer list(const std::string& query) const;
  Answer look(const std::string& id);
  Answer content(const std::string& file) const;
  Line answer_line(const Received& request, const std::string& line, int number);
  long long queued() const;
  std::string json_of(const Batch& batch) const;

  Chat chat_;
  mutable std::mutex mutex_;  // guards what follows
  BatchBehaviour behaviour_;
  std::function<void(const std::string&)> teller_;
  std::vector<std::string> requests_;
  std::map<std::string, std::string> files_;
  std::vector<Batch> batches_;
};

}  // namespace daybook
