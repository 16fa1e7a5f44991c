// A batch of the Batch API as state/ remembers it, in state/batches/2099-01-05-1.jsonl: a line about the batch, then
// one for each of its requests. It is written before the batch is made, and again when it is made and when it has
// ended, so that a run that was killed in between finds the batch by its token and does not pay for another one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/exchange.h"

namespace daybook {

struct Submission {
  Date date;                       // of the papers' announcement
  int number = 1;                  // of the day's submissions
  Date on;                         // the day of the run that made it: its money counts against that day's budget
  std::string endpoint;            // its base URL
  std::string token;               // by which the endpoint's list of batches names it
  std::string id;                  // the endpoint's; empty: it is not known whether the batch was made
  std::string end;                 // how it came to its end, "completed" for one; empty: it has not
  bool without_schema = false;     // the endpoint refused its requests, maybe for their schema
  long long queue_tokens = 0;      // it was refused since no more tokens than so many may wait; 0: it was not
  std::vector<Exchange> requests;  // as they wait for their replies, each with its name in the batch
  bool operator==(const Submission&) const = default;

  bool is_open() const { return end.empty(); }
  std::string name() const { return date.iso() + '-' + std::to_string(number); }  // "2099-01-05-1"
};

// Ends that are ours, besides the endpoint's words.
inline constexpr const char* end_refused = "failed";         // it asked nothing, and another will not either
inline constexpr const char* end_queue_full = "queue full";  // it asked nothing; another may, later
inline constexpr const char* end_lost = "lost";              // the endpoint does not know it, or never ends it

std::string write_submission(const Submission& submission);
// Nothing where it can't be read.
std::optional<Submission> read_submission(std::string_view text);

}  // namespace daybook
