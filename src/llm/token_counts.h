// What an endpoint says that an answer took, held against itself and against the answer: whoever counts wrongly is not
// believed, and what is not known is absent.
#pragma once

#include <string_view>

#include "core/json.h"
#include "llm/chat.h"

namespace daybook {

// The tokens of a chat completion, from its `usage` (at the top, in its first choice, or in Groq's x_groq).
//
// Endpoints differ in what stands inside of what. Reasoning tokens are among the completion's at OpenAI and beside them
// at Gemini and xAI, where only total_tokens has them; cached ones are among the prompt's at OpenAI and beside them at
// Anthropic. So the total counts where it is more than its parts, a part that is greater than its whole stands beside
// it, and neither is counted twice. A count of 0 for a question that was answered, a negative one, a fraction, a text
// or one that no model gets to is none. `content`: the answer.
Tokens tokens_in(const Json& root, std::string_view content);

// Whether a question of so many tokens by our estimate (cost.h) can be as long as the endpoint says: a token is a byte
// at least, and what it adds of its own is not longer than that.
bool can_be_so_long(long long counted, long long estimated);

}  // namespace daybook
