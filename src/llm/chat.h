// One exchange with an LLM as values: OpenAI's chat completions, which OpenAI, DeepSeek, GitHub Models, vLLM, Ollama
// and many more understand. https://platform.openai.com/docs/api-reference/chat
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/http.h"
#include "core/result.h"
#include "llm/fault.h"
#include "settings/settings.h"

namespace daybook {

// Where an LLM is asked.
struct Endpoint {
  std::string base_url;  // "https://api.openai.com/v1"
  std::string key;       // empty: none is sent, as local endpoints want none
};

struct Question {
  std::string system;
  std::string user;
  std::string schema;  // JSON Schema that the reply shall have; empty: none is asked for
};

Request chat_request(const Endpoint& endpoint, const LlmSettings& llm, const Question& question);

// As the endpoint counts them, in `usage`, and as far as that can be (token_counts.h); absent where it does not say.
// Cached ones are among the prompt's, reasoning ones among the completion's.
struct Tokens {
  std::optional<long long> prompt;
  std::optional<long long> cached;
  std::optional<long long> completion;
  std::optional<long long> reasoning;
  bool operator==(const Tokens&) const = default;
};

struct ChatReply {
  std::string content;
  bool cut_off = false;  // the model came to the end of what it may write
  Tokens tokens;
  bool moderated = false;  // the model, or the endpoint's moderation, would not say it, or not all
  std::string key = {};    // of the endpoint: no comment may repeat it
  bool operator==(const ChatReply&) const = default;
};

struct ChatFault {
  Remedy remedy = Remedy::retry;
  std::string what;         // "llm.example answered 401 Unauthorized: \"Incorrect API key\""; masked, for the log alone
  double wait_seconds = 0;  // what the endpoint asks to wait at least
  std::string mend = {};    // what the owner can do about it
  bool busy = false;        // it has too much to do, or we ask too fast: it will pass
  int status = 0;           // of HTTP; 0: no reply came
  FaultKind kind = FaultKind::down;
  bool sure = false;  // is_sure() of a fault of papers
  bool operator==(const ChatFault&) const = default;
};

using ChatOutcome = std::variant<ChatReply, ChatFault>;

// `asked_schema`: whether the request had one. `now`: for a Retry-After with a date.
ChatOutcome read_chat(const Result<Response>& response, const Endpoint& endpoint, const Question& question,
                      Instant now);

}  // namespace daybook
