// OpenAI's Batch API as values: a file of requests goes up, a batch is made of it, and within 24 hours a file of
// replies comes down, at half the price. https://platform.openai.com/docs/guides/batch, .../docs/api-reference/batch
//
// These functions only make requests and read responses; pipeline/execute_batch sends them and keeps what is under way
// in state/batches. The lines of a file are the chat requests that a live run would send, and each line of the replies
// is read by the same read_chat(), so that a verdict does not depend on the way it came.
//
// A batch costs money, and one may have been made although the response was lost. So each carries a token of ours in
// its metadata: a run that was killed between the request and its response finds the batch again in the endpoint's
// list, and does not pay for a second one.
//
// Not every endpoint has this API: NoBatches tells that apart from a failure.
//
// Errors: Kind::later if the network or the service failed, Kind::failed if another try would not help. Their texts
// quote the endpoint and never contain the key.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "llm/chat.h"

namespace daybook {

// The API allows 50,000 requests and 200 MB a batch; the rest is headroom for the form around the file.
inline constexpr std::size_t batch_requests_max = 50'000;
inline constexpr std::size_t batch_bytes_max = 190'000'000;

// A line of the file: a request made by chat_request(), under a name of ours that its reply repeats.
std::string batch_line(const std::string& name, const Request& chat);

// `lines`: those of batch_line(), concatenated.
Request upload_request(const Endpoint& endpoint, const std::string& file_name, std::string_view lines);
// `token`: the endpoint keeps it with the batch; see above.
Request create_request(const Endpoint& endpoint, const std::string& file_id, const std::string& token);
Request status_request(const Endpoint& endpoint, const std::string& batch_id);
// The newest hundred batches, or the hundred after one.
Request list_request(const Endpoint& endpoint, const std::string& after);
Request content_request(const Endpoint& endpoint, const std::string& file_id);

enum class BatchStatus {
  under_way,  // validating, in_progress, finalizing, cancelling
  failed,     // the file was refused as a whole, and nothing was asked
  over,       // completed, expired, cancelled: there may be replies
};

struct BatchState {
  std::string id;
  std::string token;  // ours; empty: it has none
  BatchStatus status = BatchStatus::under_way;
  std::string word;  // the endpoint's own: "in_progress"
  int requests = 0;
  int ended = 0;            // answered or failed
  std::string output_file;  // empty: there is none
  std::string error_file;
  std::string why;                  // why it failed, quoted from the endpoint: `: "the file has no line"`
  bool is_queue_full = false;       // it failed because too many tokens wait already; it may succeed later
  long long queue_tokens_most = 0;  // how many may wait; 0: the endpoint did not say
  bool operator==(const BatchState&) const = default;
};

struct BatchList {
  std::vector<BatchState> batches;
  std::string next;  // the `after` of the list that follows; empty: there is none
};

// The endpoint has no Batch API (404, 405 or 501); the Error says so.
struct NoBatches {
  Error error;
};

template <typename T>
using BatchOutcome = std::variant<T, NoBatches, Error>;

BatchOutcome<std::string> read_uploaded(const Result<Response>& response, const Endpoint& endpoint);  // the file's id
BatchOutcome<BatchState> read_batch(const Result<Response>& response, const Endpoint& endpoint);
BatchOutcome<BatchList> read_batch_list(const Result<Response>& response, const Endpoint& endpoint);
BatchOutcome<std::string> read_content(const Result<Response>& response, const Endpoint& endpoint);

// A line of the replies, which come in any order: a response for read_chat(), as if the request had been sent alone, or
// an Error if the batch ended before its turn.
struct BatchReply {
  std::string name;
  Result<Response> response;
};
// Skips lines that can't be read: their requests count as unanswered.
std::vector<BatchReply> read_replies(std::string_view lines, const Endpoint& endpoint);

}  // namespace daybook
