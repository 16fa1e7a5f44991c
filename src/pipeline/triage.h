// A day's papers as the local scorer sees them, and which of them the LLM is asked about.
#pragma once

#include "pipeline/learning.h"
#include "pipeline/llm.h"
#include "pipeline/score_day.h"
#include "store/in_force.h"

namespace daybook {

// What does not change from day to day of a run.
struct Learned {
  const Archive& archive;
  std::vector<Tasted> tasted;  // what the owner likes and dislikes
  InForce in_force;            // the interests, the prompt, the cut-offs and the model of this run, and since when
  bool knows_before = false;   // whether state/ says which were in force before
};

// From state/. A file that can't be read is a warning, and as good as none.
std::optional<InForce> known_in_force(const CommandContext& context);

// What can't be read of it is said; nothing is an error. `arxiv`, where given, is asked about papers that the owner
// likes. `on`: the day of this run.
Learned learned_of(const CommandContext& context, const Settings& settings, const Llm& llm, const Archive& archive,
                   PoliteClient* arxiv, Date on);

// How much of a day the LLM reads. A day that is caught up with is read in full.
enum class Reach { cascade, full };

struct Triage {
  std::vector<Score> scores;  // local; parallel to the papers. `threshold` is there where the cascade decides
  std::vector<Fate> fates;    // parallel to the papers
  Sieve sieve;
  double explore = 0;
};

// Of a day that has a record by the cascade already, what that has discarded stays discarded, unless the interests, the
// prompt, the cut-offs or the model have changed since. What the LLM was asked
// about and no record has yet (a run was killed, a backfill waits) is not discarded.
Triage triage(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
              const Learned& learned, const Candidates& candidates, const std::optional<Holder>& holder, Reach reach);

// The papers that are sent.
std::vector<Paper> sent_papers(const Triage& triage, const std::vector<Paper>& papers);

// What the cascade did, for the record; `usage`: what the LLM took for that day. Nothing where all was sent.
std::optional<Cascade> cascade_of(const Triage& triage, const std::optional<Usage>& usage);

// "120 of 300 papers are sent to the LLM: ...", or why all are.
std::string triage_words(const Triage& triage);

}  // namespace daybook
