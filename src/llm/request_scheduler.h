// A day's papers asked of an LLM: which request is next, what becomes of each reply, and when it is enough. It decides
// and remembers; sending, waiting and writing to disk are its caller's.
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

// Whether an endpoint holds its model to a JSON schema: found out by asking once, and remembered.
enum class SchemaUse { unknown, taken, refused };

// What a paper is asked about with: its words as they are sent.
struct PromptPaper {
  PaperVersion paper;
  std::string title;
  std::string abstract;
  // Why its words may be an injection: "asks for a score". Then it has a request of its own, and stands between lines
  // that it cannot write. Empty: they are not suspect.
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
  int tries = 0;          // requests that came to nothing: no reply, or none that can be read
  int rounds = 0;         // replies without a verdict on any of them
  bool plain = false;     // without a schema for the reply, which failed with one
  bool in_doubt = false;  // whether that was the schema's fault is to be seen
  double not_before = 0;  // seconds of the caller's clock
};

// Batches of `size` papers, evened out. Where the last round of requests that run side by side would not be full, they
// are up to an eighth larger instead: 650 papers by 16 are 41 requests, which take six rounds of eight, and five as 40.
std::vector<PromptChunk> even_chunks(const std::vector<std::size_t>& papers, std::size_t size,
                                     std::size_t side_by_side);

// Where a paper stands when the asking is over.
struct PaperOutcome {
  std::optional<Verdict> verdict;
  std::string reason;     // why there is none, as a clause for readers: "the endpoint refused the request"
  bool declined = false;  // no later request would do better
};

class RequestScheduler {
 public:
  // Papers with a kept verdict are not asked about. `journal`: exchanges of a run that was killed, to be taken up
  // again: its batches are made anew as they were, and those that were answered take their answer from there.
  RequestScheduler(Assignment assignment, std::vector<PromptPaper> papers, const KeptVerdicts& kept,
                   std::vector<LlmCall> journal);

  struct Sending {
    int number = 0;
    Request request;
    LlmCall asked;  // what its reply is to be put into
  };
  // The next request to send; nothing where none may be sent now. `now`: seconds of a steady clock.
  std::optional<Sending> next(double now);
  // When next() may have one even if no reply comes before; nothing: not before a reply.
  std::optional<double> next_at(double now) const;

  // Takes the reply to a request. What it brought is to be written to disk, and then used by use_taken(); nothing: it
  // brought none. `wall` is the time of day.
  std::optional<LlmCall> take(int number, const Result<Response>& reply, double now, Instant wall);
  void use_taken(double now);

  // Sends no further request, for this reason. `words`: the same for readers.
  void stop(std::string reason, std::string hint, std::string words);
  bool done() const { return under_way_.empty() && (queue_.empty() || over()); }

  // What went wrong and what was refused since the last call, a line each.
  std::vector<std::string> take_messages() { return std::exchange(messages_, {}); }

  std::size_t settled() const { return settled_; }  // papers, of those given
  std::vector<PaperOutcome> outcome() const;        // parallel to the papers given
  SchemaUse schema() const;
  bool out_of_budget() const { return out_of_budget_; }
  // US dollars that the dearest request costs, where even a whole day's budget is less than one; 0: it is not. Nothing
  // more is asked then.
  double too_dear() const { return too_dear_; }
  // Why it was given up, and what the owner can do about it; both empty: it was not.
  const std::string& failure() const { return failure_; }
  const std::string& hint() const { return hint_; }
  // Why it was given up, for readers: without what the endpoint said.
  const std::string& failure_words() const { return failure_words_; }

  // What there is to ask, by estimate.
  struct Estimate {
    std::size_t papers = 0;
    std::size_t requests = 0;
    long long prompt_tokens = 0;
    long long completion_tokens = 0;
  };
  Estimate estimate() const;

 private:
  // What is known of schemas: in_doubt, where a first try failed, which may have had other reasons; and `unwilling`,
  // where such a try went well without, which is enough for this run, and not to be remembered.
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
    bool moderated = false;    // it was kept from saying more
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
  std::set<std::size_t> failing_;  // the first papers of the chunks that failed since
  bool any_success_ = false;       // a verdict came
  bool any_verdict_ = false;       // or was known
  int declined_ = 0;               // papers, in this run
  double last_progress_ = 0;       // when the last verdict came, or the first request was sent
  double spent_ = 0;               // US dollars, on what was answered
  double estimated_ = 0;           // on the same, as it was thought before
  bool out_of_budget_ = false;
  double too_dear_ = 0;
  std::string failure_;
  std::string failure_words_;
  std::string hint_;
  std::vector<std::string> messages_;
};

}  // namespace daybook
