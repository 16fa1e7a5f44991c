// What a scorer says of a paper.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"

namespace daybook {

enum class Scorer { llm, local, author };
std::string_view scorer_name(Scorer scorer);  // "llm"
std::optional<Scorer> scorer_of(std::string_view name);

// What an earlier run had said of a paper that a later one scored anew.
struct Rescored {
  Date on;        // the day of that later run
  Scorer before;  // who had scored it
  std::optional<int> relevance;
  std::optional<int> novelty;
  bool operator==(const Rescored&) const = default;
};

// Unknown values are absent, never 0.
struct Score {
  std::optional<int> relevance;  // 1-10
  std::optional<int> novelty;    // 1-10
  std::string comment;           // why; text as the scorer wrote it
  std::string topic;             // a topic's slug; empty: none
  Scorer scorer = Scorer::local;
  std::optional<double> local_score = {};  // 0-1, the local scorer's own, learned or from topic text
  // The day's threshold, where the cascade was at work: a local score below it kept the paper from the LLM, unless it
  // was drawn at random to be sent all the same (explored). Absent where everything was sent.
  std::optional<double> threshold = {};
  // Whose the numbers are where `scorer` does not say it: of an author match that an LLM read too, `llm`.
  std::optional<Scorer> scored_by = {};
  std::string reason = {};          // why the LLM did not score it, where one was asked; a clause without a full stop
  std::string namesake = {};        // a followed author of whose name one of the paper's is, but maybe another person
  std::optional<int> h_index = {};  // the highest among its authors, as Semantic Scholar has it
  std::optional<Rescored> rescored = {};
  // Why its text may speak to the scorer, a rule of guard/injection_rules.cpp: "asks for a score". Empty: it does not.
  std::string suspected_injection = {};
  // Relevance + novelty as the local scorer has them, of a paper with such a text whose numbers by the LLM reach the
  // cut-offs where those do not. It ranks by them.
  std::optional<int> ranked_as = {};
  bool operator==(const Score&) const = default;
};

// Whether its numbers are the local scorer's: an author match has them too where no LLM has read the paper.
bool scored_locally(const Score& score);

// What the cascade did with a paper below the threshold: it kept it from the LLM, or sent it to learn from. An author
// match is neither: it is sent and shown whatever its score, and stands for no other paper.
bool is_discarded(const Score& score);
bool is_explored(const Score& score);

// "discarded at 0.12, threshold 0.31", "explored at 0.12, threshold 0.31"; empty: neither.
std::string cascade_words(const Score& score);
// The same as a comparison, of a discarded or explored paper: "0.12 < 0.31".
std::string below_threshold(const Score& score);

}  // namespace daybook
