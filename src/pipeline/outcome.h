// What a command came to, for whoever started it: state/outcome.json. The scripts of the workflows read it and decide
// nothing by themselves.
//
//   {"exit": 1, "day": "2099-01-06",
//    "status": "degraded",            of the day's record; absent: it has none
//    "colour": "red",                 green, yellow or red
//    "reason": "daybook failed (1)",  of a red one, as a sentence
//    "message": "...",                what was said that explains it, on one line; absent: nothing is to be explained
//    "messages": [{"severity": "error", "place": "a.toml:14:1", "text": "...", "hint": "..."}],   all that was said
//    "troubles": [{"day": "2099-01-05", "colour": "yellow", "message": "..."}],   days that are not well yet
//    "rescore": ["2099-01-05"]}       recorded days that later runs take up again
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "pipeline/context.h"

namespace daybook {

enum class Colour { green, yellow, red };  // red: nothing new could be published though it was due
std::string_view colour_name(Colour colour);

/// Trouble is a day that is not well yet, and what was said of it. Runs hand it on until the day is well, or older than
/// what is scored again.
struct Trouble {
  Date day;
  Colour colour = Colour::yellow;
  std::string message;
  bool operator==(const Trouble&) const = default;
};

/// DayStanding is what an outcome needs of a day's record.
struct DayStanding {
  Status status = Status::complete;
  bool is_short = false;  // a category is missing or in doubt
};

/// OutcomeFacts is all that an outcome is made from.
struct OutcomeFacts {
  int exit = 0;
  Instant at;
  std::optional<Date> asked = {};  // the day that somebody asked for by hand: it says nothing of today
  bool llm_asked = false;          // somebody wants the LLM, which may not be set up: no fault of the day's
  std::string page = {};           // the repository's at GitHub; empty: this is no workflow
  std::vector<Message> messages = {};
  std::map<Date, DayStanding> records = {};  // of the last rescore_days days, or the day asked for
  std::vector<Trouble> troubles = {};        // of the outcome before this one
};

struct Outcome {
  int exit = 0;
  Date day;
  std::optional<Status> status;
  Colour colour = Colour::green;
  std::string reason;
  std::string message;
  std::vector<Message> messages;
  std::vector<Trouble> troubles;
  std::vector<Date> rescore;
};

Outcome outcome_of(const OutcomeFacts& facts);
std::string outcome_json(const Outcome& outcome);
// Those of an outcome.json that is not after `today`; what is no trouble in it is passed over.
std::vector<Trouble> troubles_in(const std::string& json, Date today);

// Writes the outcome of a run or a backfill, and of a check that found wrong settings, since a workflow does not run
// then. There is none of a dry run, a shard or a fetch alone, nor of a run over files, which may be of any day.
void keep_outcome(const CommandContext& context, Exit exit, const std::string& repository_page);

}  // namespace daybook
