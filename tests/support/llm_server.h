// An endpoint of chat completions on 127.0.0.1 that scores papers, well or badly, and remembers what it was asked.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/llm_batches.h"
#include "support/llm_fault.h"
#include "support/llm_reply.h"
#include "support/loopback_server.h"

namespace daybook {

struct LlmBehaviour {
  double delay_seconds = 0;  // before each answer
  llm::SchemaUse schema = llm::SchemaUse::taken;
  llm::UsageShape usage = llm::UsageShape::chat;
  std::vector<std::string> topics = {"none"};  // one of them for each paper, by its id
  // Tokens; the start of a longer question is dropped, without a word but for prompt_tokens, and every paper scored 10
  // for want of criteria. 0: it reads all.
  long long context = 0;
  std::string key = {};  // where set, another gets 401
  // With each answer, as x-ratelimit-remaining-requests: 99, x-ratelimit-reset-requests: 6m0s.
  std::vector<std::pair<std::string, std::string>> headers = {};

  // The share of requests, 0 to 1, that get one of the faults. Which do, and what they get, follows from the seed, the
  // ids asked for, and how often just these were asked for before, whatever the order in which requests come.
  double fault_rate = 0;
  std::vector<LlmFault> faults = passing_llm_faults();
  std::uint64_t seed = 1;
  std::string retry_after = "1";  // the value of that header, for LlmFault::retry_after
  double stall_seconds = 3600;    // for LlmFault::stalled
  // What every request gets, once so many chat completions were sent.
  std::optional<LlmFault> always = {};
  int always_after = 0;

  // What these papers get in place of any other answer; nothing: no such refusal.
  std::function<std::optional<Answer>(const std::vector<llm::AskedPaper>&)> refuses = {};

  // Another content in place of the honest one, where no fault takes its place: a model that does what an abstract
  // says.
  std::function<std::string(const std::vector<llm::AskedPaper>&, std::string honest)> obeys = {};
};

struct LlmExchange {
  int number = 0;       // counts from 1
  double came = 0;      // on a steady clock, in seconds
  double answered = 0;  // when the answer was handed to the connection; 0: not yet, or never
  int status = 0;       // 0: none was sent
  int under_way = 0;    // with this one, when it came
  std::optional<LlmFault> fault = {};
  llm::Asked asked = {};
  std::vector<std::string> ids = {};       // of the papers asked for
  std::vector<std::string> paid_for = {};  // those that every reader finds an answer for; others it must ask for again
  llm::Usage usage = {};                   // as sent; zero where no chat completion was
  Received request = {};                   // headers and body
  bool well() const { return status == 200 && !fault; }
};

// A paper that was asked for after its answer had gone out.
struct AskedAgain {
  std::string id;
  double answered = 0;  // both on a steady clock
  double asked = 0;
};

class LlmServer {
 public:
  explicit LlmServer(LlmBehaviour behaviour = {});
  ~LlmServer();
  LlmServer(const LlmServer&) = delete;
  LlmServer& operator=(const LlmServer&) = delete;

  std::string base_url() const { return server_.url("/v1"); }  // for OPENAI_BASE_URL
  int port() const { return server_.port(); }
  void behave(LlmBehaviour behaviour);  // from the next request on

  // What is called after each exchange, on the server's threads, one at a time.
  void tell(std::function<void(const LlmExchange&)> teller);

  std::vector<LlmExchange> log() const;         // in the order they came
  std::vector<AskedAgain> asked_again() const;  // none where nothing was paid for twice
  int most_under_way() const;  // at once; without those that it lets stall, since it doesn't see their client leave

  // Batches are answered, and stand in the log, when they are made.
  LlmBatches& batches() { return batches_; }

  struct Score {
    int relevance = 0;
    int novelty = 0;
    bool operator==(const Score&) const = default;
  };
  static Score score_of(const std::string& id);          // what it honestly gives: 1 to 10 both
  static std::string comment_of(const std::string& id);  // It is about "9901.00001" (é, \, <b>).
  static bool keep_of(const std::string& id);            // by the title alone

 private:
  Answer respond(const Received& request);
  bool is_locked_out(const Received& request) const;
  static Answer locked_out(const Received& request);
  Answer answer(LlmExchange& exchange, const LlmBehaviour& behaviour, std::uint64_t chance);
  Answer complete(LlmExchange& exchange, const LlmBehaviour& behaviour, std::uint64_t chance);
  LlmExchange begin(const Received& request, const llm::Asked& asked, LlmBehaviour& behaviour, std::uint64_t& chance);
  void end(LlmExchange exchange);
  std::string stranger(const LlmExchange& exchange) const;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable stopping_;
  bool stopped_ = false;
  LlmBehaviour behaviour_;
  std::function<void(const LlmExchange&)> teller_;
  std::vector<LlmExchange> log_;
  std::map<std::string, int> times_asked_;  // by the ids of a request
  std::set<std::string> known_ids_;
  int under_way_ = 0;
  int most_under_way_ = 0;
  int completions_ = 0;
  LlmBatches batches_{[this](const Received& request) { return respond(request); }};
  LoopbackServer server_;  // the last: its threads end before the rest goes
};

}  // namespace daybook
