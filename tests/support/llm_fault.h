// The ways in which endpoints of language models fail, and what they then send.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/loopback_server.h"

namespace daybook {

enum class LlmFault {
  // The exchange fails, and may do better the next time.
  too_many_requests,  // 429 without a word about when
  retry_after,        // 429 with Retry-After
  server_error,       // 500
  bad_gateway,        // 502, a proxy's page
  unavailable,        // 503
  stalled,            // nothing comes for longer than a client waits
  closed,             // the connection is closed without a byte
  half_body,          // and then closed; Content-Length says more
  html,               // a page with status 200
  empty,              // status 200, no body
  json_error,         // status 200, {"error": ...}
  // The reply is a chat completion, and its content is not what was asked for.
  broken_json,   // one paper's object (with a schema: the whole)
  cut_off,       // finish_reason "length"
  fenced,        // between ``` and prose
  array,         // a JSON array with a comma too many
  text_scores,   // "7" for 7
  out_of_range,  // a score of 0, 11, -1 or 100
  unknown_id,    // one that nobody asked for is added
  others_id,     // one of another request is added
  repeated_id,   // one comes a second time, with other scores
  left_out_id,   // one is missing
  // No request will do better.
  unauthorized,  // 401, whose body says the key
  forbidden,     // 403
  no_model,      // 404
  no_money,      // 402
  no_quota,      // 429 insufficient_quota
};

std::string_view llm_fault_name(LlmFault fault);
std::optional<LlmFault> llm_fault_named(std::string_view name);

const std::vector<LlmFault>& passing_llm_faults();    // all of the first two groups
const std::vector<LlmFault>& permanent_llm_faults();  // the third

bool is_content_fault(LlmFault fault);  // of the second group

// What is sent for a fault of the first or the third group; `whole` is the body that half_body cuts.
Answer llm_fault_answer(LlmFault fault, const std::string& key, const std::string& retry_after,
                        const std::string& whole);

// {"error": {...}} as OpenAI writes it.
std::string llm_error(std::string_view message, std::string_view type, std::string_view code);

}  // namespace daybook
