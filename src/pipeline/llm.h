// The LLM as the settings and the environment have it, and a day's papers asked of it.
#pragma once

#include "day/day.h"
#include "llm/prices.h"
#include "llm/prompt.h"
#include "pipeline/context.h"
#include "store/state.h"

namespace daybook {

// What is the same for all days of a run. `endpoint` is absent where no LLM is configured.
struct Llm {
  std::optional<Endpoint> endpoint;
  Prices prices;
  Prompts prompts;
  std::string prompt;       // its text, as the archive keeps it
  std::string prompt_hash;  // "sha256:..."
  std::string scores_hash;  // of the text without the first pass, by which scores are kept: they don't depend on it
};

// config/prices.toml beside the settings; where there is none, what ships with the program.
Prices read_all_prices(const CommandContext& context, Errors& errors);

// An LLM is configured where OPENAI_API_KEY is set, or the address of an endpoint (OPENAI_BASE_URL, [llm] base_url),
// since those on the own machine want no key; --scorer local does without, --scorer llm is misuse without. Faults go to
// `errors`; the templates must be without any.
Llm read_llm(const CommandContext& context, const Settings& settings, const Templates& templates, Errors& errors);

// Says all faults; nothing where there are any.
std::optional<Llm> load_llm(const CommandContext& context, const Settings& settings, const Templates& templates);

// What is no fault and will still surprise the owner.
void warn_of_llm(const CommandContext& context, const Settings& settings, const Llm& llm);

// What of an answer is not to be believed: said once a run.
void warn_of_answer(const CommandContext& context, const Llm& llm, const Exchange& answered);

struct ToAsk {
  Date date;                  // of the papers' announcement: whose journal it is
  Date on;                    // of this run
  std::vector<Paper> papers;  // one of each id
  Exchange known;             // verdicts that the day's record has already
};

struct Answered {
  std::vector<Asked> asked;    // parallel to the papers; a paper that its title left out has no verdict
  std::vector<bool> left_out;  // parallel to the papers: by the first pass, over titles
  std::optional<Usage> usage;  // of this run, and of one before it that was killed
  std::string failure;         // why the LLM was given up, for the log; empty: it was not
  std::string failure_words;   // the same for readers
  std::string mend;
  bool out_of_budget = false;
  bool budget_is_too_small = false;  // for any request, today and later: that is the failure
};

// Each answer is kept before the next is used. When the record is written, State::end_journal() is to be called: until
// then a run is taken for killed.
Answered ask(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
             const ToAsk& to_ask);

}  // namespace daybook
