// What an LLM was paid for, as it is kept: the journal of a day is a file of calls, one a line of JSON, each
// written before the next answer is used. A run that was killed goes on from it, and no later run asks again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "llm/chat.h"
#include "llm/token_counts.h"
#include "llm/verdict.h"

namespace daybook {

// A paper as far as its score depends on it: another version has another title and abstract.
struct PaperVersion {
  std::string id;
  int version = 0;
  bool operator==(const PaperVersion&) const = default;
};

// Why a paper alone got no verdict where no later request would do better, whatever the others got: it is left to the
// local scorer, and not asked about again with that prompt and that model.
enum class Declined { no, moderation, too_long };

struct LlmCall {
  Date on;  // the day of the run: its money counts against that day's budget
  Pass pass = Pass::scores;
  std::string model;
  std::string prompt;  // its hash, "sha256:..."
  std::vector<PaperVersion> asked;
  Tokens tokens;
  Tokens estimate;       // where the endpoint does not count them: what a budget reckons with
  bool cut_off = false;  // the model came to the end of what it may write
  // The endpoint read a part of the question only (ContextLimit), so that its verdicts are not taken.
  bool question_cut = false;
  std::string batch;  // its name in a batch of the Batch API, at half the price; empty: it was asked at once
  std::vector<Verdict> verdicts;     // those that were accepted, at most one for each paper asked about
  Declined declined = Declined::no;  // of a call about one paper
  bool operator==(const LlmCall&) const = default;
};

// Puts a reply into the call that it was waited for with: asked about whom, and how. Returns what was refused of
// it. `limit`: what is known of the endpoint's.
std::vector<std::string> take_reply(LlmCall& call, const ChatReply& reply, const std::vector<Topic>& topics,
                                    ContextLimit& limit);

// The same where the endpoint refused it. Whether it was for the one paper that was asked about: then it is declined.
bool take_refusal(LlmCall& call, const ChatFault& fault);

std::string write_llm_call(const LlmCall& call);  // a line with its newline

struct Journal {
  std::vector<LlmCall> calls;
  // How many of them belong to runs that came to their end. What follows is of a run that was killed: a new one takes
  // the same way again, and finds its answers there.
  std::size_t ended = 0;
};

// Lines that can't be read, the last one of a killed run say, are passed over.
Journal read_journal(std::string_view text);

// The line that a run writes when it has no more to ask.
std::string journal_end();

// Verdicts by paper, version, prompt and model; the first that was added counts.
class KeptVerdicts {
 public:
  void add(const LlmCall& call);
  // Null where that paper was not asked about in this way.
  const Verdict* find(const PaperVersion& paper, Pass pass, const std::string& prompt, const std::string& model) const;
  Declined declined(const PaperVersion& paper, Pass pass, const std::string& prompt, const std::string& model) const;

 private:
  struct Kept {
    std::optional<Verdict> verdict;
    Declined declined = Declined::no;
  };
  std::map<std::string, Kept> by_key_;
};

}  // namespace daybook
