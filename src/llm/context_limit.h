// Whether an endpoint has read a question whole, told by the tokens that it counts.
#pragma once

#include "llm/chat.h"

namespace daybook {

// What the owner can do about a context that is too short. https://docs.ollama.com/context-length
inline constexpr const char* longer_context =
    "give the model a longer context (with Ollama: OLLAMA_CONTEXT_LENGTH=16384 ollama serve, or num_ctx in a "
    "Modelfile), or set a smaller batch in [llm]";

/// ContextLimit finds questions that were cut.
///
/// Ollama answers a question that is longer than its context (4096 tokens by default, 2048 in older versions) with 200
/// and without a word: it drops the start, which has the system prompt and the criteria, and keeps the last papers. By
/// version it keeps as much as the context holds ("truncating input prompt" limit=2048, ollama#10368), or half of that
/// and two (ollama#17427). What it counts is what it kept.
///
/// A count shows a cut where
///   - it is less than a token for each six bytes that were sent. English abstracts have four to four and a half by
///     every tokenizer in use, and other scripts and formulas fewer, so an honest count is a third above that; half of
///     a context is always below it.
///   - or it is a whole number of 1024, as contexts are, that our own estimate exceeds, and nothing of this run has
///     counted more. An honest count comes to that once in a thousand requests, and hardly ever while it is the
///     greatest; one batch is asked in halves then, for nothing.
/// Cached tokens are added for the first, as they may be told apart. An endpoint that leaves them out without telling
/// has counted more than twice as much before, of the same start: no context does that.
class ContextLimit {
 public:
  // `estimated`: the question's tokens (cost.h). Call it for each answer, in the order they come.
  bool is_cut(long long estimated, const Tokens& told);

 private:
  long long greatest_ = 0;  // count so far
};

}  // namespace daybook
