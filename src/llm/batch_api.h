// OpenAI's Batch API as values: a file of requests goes up, a batch is made of it, and within 24 hours a file of
// replies comes down, at half the price. https://platform.openai.com/docs/guides/batch, .../docs/api-reference/batch
//
// Errors: Kind::later where the network or the service failed, Kind::failed where no other try will do better; their
// texts quote the endpoint, and never have the key in them.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "llm/chat.h"

namespace daybook {

// What one batch may hold: 50,000 requests and 200 MB, the file's other bytes left room for.
inline constexpr std::size_t batch_requests_max = 50'000;
inline constexpr std::size_t batch_bytes_max = 190'000'000;

// A line of the file: a request as chat_request() makes it, under a name of ours that its reply will come with.
std::string batch_line(const std::string& name, const Request& chat);

// `lines`: of batch_line(), joined.
Request upload_request(const Endpoint& endpoint, const std::string& file_name, std::string_view lines);
// `token`: kept by the endpoint with the batch, so that it can be found again.
Request create_request(const Endpoint& endpoint, const std::string& file_id, const std::string& token);
Request status_request(const Endpoint& endpoint, const std::string& batch_id);
// The newest hundred, or those after a batch.
Request list_request(const Endpoint& endpoint, const std::string& after);
Request content_request(const Endpoint& endpoint, const std::string& file_id);

enum class BatchStatus {
  under_way,  // validating, in_progress, finalizing, cancelling: there is more to come
  failed,     // the file was refused as a whole, and nothing was asked
  over,       // completed, expired, cancelled: what was answered is there
};

struct BatchState {
  std::string id;
  std::string token;  // ours; empty: it has none
  BatchStatus status = BatchStatus::under_way;
  std::string word;  // the endpoint's own: "in_progress"
  int requests = 0;
  int ended = 0;            // of them, well or not
  std::string output_file;  // empty: there is none
  std::string error_file;
  std::string why;                  // it failed: `: "the file has no line"`, quoted from the endpoint
  bool is_queue_full = false;       // it failed since too much waits already: later it will not
  long long queue_tokens_most = 0;  // what may wait, where the endpoint said it
  bool operator==(const BatchState&) const = default;
};

struct BatchList {
  std::vector<BatchState> batches;
  std::string next;  // the `after` of the list that follows; empty: there is none
};

// The endpoint knows no batches (404, 405 or 501): the Error says so.
struct NoBatches {
  Error error;
};

template <typename T>
using BatchOutcome = std::variant<T, NoBatches, Error>;

BatchOutcome<std::string> read_uploaded(const Result<Response>& response, const Endpoint& endpoint);  // the file's id
BatchOutcome<BatchState> read_batch(const Result<Response>& response, const Endpoint& endpoint);
BatchOutcome<BatchList> read_batch_list(const Result<Response>& response, const Endpoint& endpoint);
BatchOutcome<std::string> read_content(const Result<Response>& response, const Endpoint& endpoint);

// A line of the replies, in whatever order they come: as if the request had been sent by itself, for read_chat(). Where
// the batch ended before its turn, an Error.
struct BatchReply {
  std::string name;
  Result<Response> response;
};
// Lines that can't be read are passed over: their requests have got no reply.
std::vector<BatchReply> read_replies(std::string_view lines, const Endpoint& endpoint);

}  // namespace daybook
