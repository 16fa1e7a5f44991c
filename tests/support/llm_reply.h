// What a language model is asked and says about papers, as an endpoint of chat completions writes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/llm_fault.h"

namespace daybook::llm {

struct AskedPaper {
  std::string id;
  std::string title;
  std::string abstract;  // all lines up to the next paper, as they stand
  bool operator==(const AskedPaper&) const = default;
};

// What is in the body of a request.
struct Asked {
  std::string model;
  std::vector<AskedPaper> papers;  // for each line of a user's message that is "ARXIVID: " and an id
  bool with_schema = false;        // response_format is json_schema
  bool titles_only = false;        // no paper has an abstract: whether to keep it is asked, no scores
  std::size_t bytes = 0;           // of all messages
};
std::optional<Asked> read_asked(const std::string& body);  // nothing where it is no request for a chat completion

// One paper's object in the reply.
struct Row {
  std::string id;
  std::string comment;
  int relevance = 0;
  int novelty = 0;
  std::string topic;
  std::optional<bool> keep;  // in place of comment, scores and topic
  bool text_scores = false;  // "7"
};
std::string as_lines(const std::vector<Row>& rows);   // JSONL
std::string as_object(const std::vector<Row>& rows);  // {"papers": [...]}

struct Content {
  std::string text;
  bool cut_off = false;
  std::vector<std::string> answered;  // papers that every reader finds a whole, single, possible answer for
};
// `chance` decides which paper is struck, and how; `stranger` is the id for unknown_id and others_id.
Content content_of(std::vector<Row> rows, bool with_schema, std::optional<LlmFault> fault, std::uint64_t chance,
                   const std::string& stranger);

// How an endpoint treats a response_format of json_schema: keeps to it, answers 400, or writes JSONL as if there were
// none.
enum class SchemaUse { taken, refused, ignored };

// In `usage`: prompt_tokens ... as chat completions have it, input_tokens ... as responses have it; reasoning tokens
// beside completion_tokens, and only the total with them; nothing but zeros; or no usage.
enum class UsageShape { chat, responses, reasoning_apart, zeros, none };

struct Usage {
  long long prompt = 0;
  long long cached = 0;  // of the prompt
  long long completion = 0;
  long long reasoning = 0;  // of the completion
  bool operator==(const Usage&) const = default;
};
Usage usage_of(const Asked& asked, const Content& content);  // a token is four bytes

// The body of the reply.
std::string completion(const Asked& asked, const Content& content, const Usage& usage, UsageShape shape);

std::uint64_t hash(std::string_view text);  // the same on every machine; all bits are good

}  // namespace daybook::llm
