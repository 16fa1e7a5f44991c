// The LLM as the settings and the environment have it.
#pragma once

#include <map>

#include "day/day.h"
#include "llm/llm_call.h"
#include "llm/prices.h"
#include "llm/prompt.h"
#include "store/context.h"

namespace daybook {

// What is asked about the papers of a day.
struct Asked {
  Prompts prompts;
  std::string prompt;       // its text, as the archive keeps it
  std::string prompt_hash;  // "sha256:..."
  std::string scores_hash;  // of the text without the first pass, by which scores are kept: they don't depend on it
};

// What is the same for all days of a run. `endpoint` is absent where no LLM is configured.
struct Llm {
  std::optional<Endpoint> endpoint;
  Prices prices;
  Asked asked;                  // once each topic with an end has ended
  std::map<Date, Asked> until;  // of days up to the key, the last day of a topic, and after the key before it

  const Asked& asked_on(Date day) const;
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
void warn_of_answer(const CommandContext& context, const Llm& llm, const LlmCall& answered);

}  // namespace daybook
