// RequestScheduler decides which request about a day's papers is sent next, what becomes of each reply, and when to
// stop. It is a plain state machine: the caller sends, waits and writes to disk, and passes in the time, so tests need
// neither a network nor a clock.
//
// Papers are asked about in chunks of `batch` papers ([llm]). A chunk is queued, then under way, then settled, or
// queued again:
//
//   no reply          Up to 10 tries, with a backoff of 1 to 8 s; from the fourth on in halves, since one of
//                     its papers may be the cause (unless the endpoint says that it is busy).
//   refused           (moderation, too long for the model) Halved until the paper that is refused stands alone.
//   nothing usable    Sent once more without a JSON schema, then in quarters; a single paper up to 8 times.
//   incomplete        The papers that are missing are asked about again, in chunks a quarter as large.
//   question cut      Every chunk that is as long is halved: the endpoint's context is too short for it.
//
// It gives up on the endpoint, not only on a paper, after 16 failures in a row (twice `concurrency` if that is more; of
// at least 8 different chunks if it has answered before; for at least 30 s if it says that it is busy), after 20
// minutes (or two timeouts if longer) without a verdict, when it answers no paper and has refused 8, or when it asks
// for a wait of more than 10 minutes. Papers without a verdict are scored locally.
//
// Pace (llm/pace.h) holds requests back; all of them pause when one is told to wait. The budget covers what was spent
// and an estimate of what is under way, scaled by how far the estimates were off so far. Until the first reply the
// factor is unknown and taken to be 20, except for the first request.
//
// Each reply is handed out by take() for the journal before use_taken() lets it count. After a kill the journal's calls
// come back through the constructor; chunks are cut deterministically, so they meet the same chunks and cost nothing
// again. For the same reason backoffs are spread by the request's number and not at random.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "llm/chat.h"
#include "llm/llm_call.h"
#include "llm/pace.h"
#include "llm/prices.h"
#include "llm/prompt.h"

namespace daybook {

// Whether an endpoint holds its model to a JSON schema. One request finds out; the answer is remembered.
enum class SchemaUse { unknown, taken, refused };

// A paper as it is sent to the LLM.
struct PromptPaper {
  PaperVersion paper;
  std::string title;
  std::string abstract;
  // Why its words may be an injection: "asks for a score". Such a paper gets a request of its own and stands between
  // lines that it cannot forge. Empty: it is not suspect.
  std::string suspicion;
};

struct Assignment {
  Pass pass = Pass::scores;
  Prompt prompt;
  std::string prompt_hash;
  std::vector<Topic> topics;
  LlmSettings llm;
  Endpoint endpoint;
  SchemaUse schema = SchemaUse::unknown;
  std::optional<Price> price;         // none: unknown
  std::optional<double> budget_left;  // US dollars for this run; none: no limit
  Date on;
};

// Papers that are asked about together, as indices of the caller's list.
struct PromptChunk {
  std::vector<std::size_t> papers;
  int tries = 0;          // requests without a readable reply
  int rounds = 0;         // replies without a verdict on any of them
  bool plain = false;     // sent without a schema for the reply, since it failed with one
  bool in_doubt = false;  // it is not known yet whether the schema was at fault
  double not_before = 0;  // seconds of the caller's clock
};

// Cuts papers into chunks of about `size`. Chunks grow by up to an eighth if that saves a last round of requests that
// is not full: 650 papers by 16 are 41 requests, which take six rounds of eight; as 40 they take five.
std::vector<PromptChunk> even_chunks(const std::vector<std::size_t>& papers, std::size_t size,
                                     std::size_t side_by_side);

// What is known of a paper when the scheduler is done.
struct PaperOutcome {
  std::optional<Verdict> verdict;
  std::string reason;     // why there is none, as a clause for readers: "the endpoint refused the request"
  bool declined = false;  // a later request would not help
};

class RequestScheduler {
 public:
  // Papers with a kept verdict are not asked about. `journal`: calls of a run that was killed; a chunk that it has
  // answered takes its answer from there.
  RequestScheduler(Assignment assignment, std::vector<PromptPaper> papers, const KeptVerdicts& kept,
                   std::vector<LlmCall> journal);

  struct Sending {
    int number = 0;
    Request request;
    LlmCall asked;  // the call, still without its reply
  };
  // The next request to send; nothing if none may be sent now. `now`: seconds of a steady clock.
  std::optional<Sending> next(double now);
  // When next() may have a request even if no reply comes before; nothing: not before a reply.
  std::optional<double> next_at(double now) const;

  // Takes the reply to a request. The caller writes the returned call to the journal, then calls use_taken(); nothing:
  // the reply brought no answer. `wall` is the time of day.
  std::optional<LlmCall> take(int number, const Result<Response>& reply, double now, Instant wall);
  void use_taken(double now);

  // Stops sending, for this reason. `words`: the same for readers.
  void stop(std::string reason, std::string hint, std::string words);
  bool done() const { return under_way_.empty() && (queue_.empty() || over()); }

  // Failures and refusals since the last call, one line each.
  std::vector<std::string> take_messages() { return std::exchange(messages_, {}); }

  std::size_t settled() const { return settled_; }  // papers, of those given
  std::vector<PaperOutcome> outcome() const;        // parallel to the papers given
  SchemaUse schema() const;
  bool out_of_budget() const { return out_of_budget_; }
  // The price of the dearest request in US dollars if a whole day's budget does not cover it, which ends the run's
  // requests; else 0.
  double too_dear() const { return too_dear_; }
  // Why the scheduler gave up, and what the owner can do about it; both empty: it did not.
  const std::string& failure() const { return failure_; }
  const std::string& hint() const { return hint_; }
  // The same for readers, without the endpoint's own words.
  const std::string& failure_words() const { return failure_words_; }

  // An estimate of all requests in the queue.
  struct Estimate {
    std::size_t papers = 0;
    std::size_t requests = 0;
    long long prompt_tokens = 0;
    long long completion_tokens = 0;
  };
  Estimate estimate() const;

 private:
  // What is known about schemas. in_doubt: the first try failed, maybe for another reason. unwilling: this run does
  // without, on evidence too weak to be remembered.
  enum class Probe { not_yet, under_way, in_doubt, taken, unwilling, refused };
  struct UnderWay {
    PromptChunk chunk;
    Question question;
    LlmCall call;
    bool is_probe = false;
  };
  struct Taken {
    LlmCall call;
    PromptChunk chunk;
    std::string refused = {};  // why its first refused entry was; empty: none was
    bool moderated = false;    // moderation cut the reply short
  };

  bool over() const { return !failure_.empty() || out_of_budget_ || too_dear_ > 0; }
  bool settle_known(std::size_t paper, const KeptVerdicts& kept);
  bool take_from_journal(const PromptChunk& chunk);
  void push(PromptChunk chunk);
  std::size_t next_due(double now) const;
  Question question_for(const PromptChunk& chunk) const;
  LlmCall call_for(const PromptChunk& chunk) const;
  Tokens estimate_of(const PromptChunk& chunk) const;
  double tokens_of(const PromptChunk& chunk) const;
  double dollars_of(const LlmCall& call) const;
  bool can_afford(double dollars) const;

  std::optional<LlmCall> take_fault(UnderWay sent, const ChatFault& fault, double now);
  void use(const Taken& taken, double now);
  void settle(std::size_t paper, Verdict verdict);
  void decline(std::size_t paper, Declined declined);
  void ask_less_at_once(const Taken& taken, double now);
  void ask_again(const Taken& taken, const std::vector<std::size_t>& missing, double now);
  void remedy(UnderWay sent, const ChatFault& fault, double now);
  void learn_of_schema(const UnderWay& sent, Probe of_probe, bool useful);
  void retry(PromptChunk chunk, const ChatFault& fault, double now);
  void ask_smaller(const PromptChunk& chunk, const ChatFault& fault, double now);
  void halve(const PromptChunk& chunk, const ChatFault& fault);
  // `why`: for the log; `words`: for readers.
  void give_up_on(const std::vector<std::size_t>& papers, const std::string& why, std::string_view words);
  void give_up(const ChatFault& fault, const std::string& more = "");
  void give_up_where_all_are_refused(FaultKind kind);
  void give_up_without_progress(const ChatFault& fault, double now);
  void count_failure(const PromptChunk& chunk, const ChatFault& fault, double now);

  const Assignment assignment_;
  const std::vector<PromptPaper> papers_;
  std::vector<PaperOutcome> asked_;  // parallel to papers_
  std::size_t settled_ = 0;
  std::vector<LlmCall> journal_;
  std::vector<PromptChunk> queue_;  // the first that is due goes next
  std::map<int, UnderWay> under_way_;
  std::optional<Taken> taken_;
  Pace pace_;
  ContextLimit limit_;
  long long cut_at_ = 0;  // tokens, by estimate, of the shortest question that was cut; 0: none was
  Probe probe_ = Probe::not_yet;
  int last_number_ = 0;
  int failures_in_a_row_ = 0;
  double first_failure_ = 0;       // when they began
  std::set<std::size_t> failing_;  // the first paper of each chunk that failed since
  bool any_success_ = false;       // a verdict came
  bool any_verdict_ = false;       // a verdict came or was known
  int declined_ = 0;               // papers, in this run
  double last_progress_ = 0;       // when the last verdict came, or the first request was sent
  double spent_ = 0;               // US dollars, on answered requests
  double estimated_ = 0;           // the estimate for the same requests
  bool out_of_budget_ = false;
  double too_dear_ = 0;
  std::string failure_;
  std::string failure_words_;
  std::string hint_;
  std::vector<std::string> messages_;
};

}  // namespace daybook
