// The outcome of a command for whoever started it: state/outcome.json. The workflows' scripts read it and decide
// nothing by themselves, so that the decision is made, and tested, in one place.
//
//   green   the day is recorded and whole, or there is nothing to say of it
//   yellow  it is recorded, but short of a category, or scored without the LLM that should have read it
//   red     the command failed, or nothing is recorded though it was due. arXiv announces at midnight in New York, or
//           hours late; from noon in New York on, a missing day is overdue. Before noon it is no trouble at all.
//
// A trouble is handed from outcome to outcome until its day is well, or older than the 14 days that are rescored. A run
// that succeeds does not end a trouble of another day. Wrong settings count as a trouble of today only if today has no
// good record yet.
//
// Messages are cut to 1,500 bytes (a GitHub issue holds 65,536 characters, and shows ten days) and to 200 in number.
//
//   {"exit": 1, "day": "2099-01-06",
//    "status": "degraded",            the record's; absent: there is no record
//    "colour": "red",                 green, yellow or red
//    "reason": "daybook failed (1)",  if red, as a sentence
//    "message": "...",                the messages that explain it, on one line; absent: nothing needs explaining
//    "messages": [{"severity": "error", "place": "a.toml:14:1", "text": "...", "hint": "..."}],   all messages
//    "troubles": [{"day": "2099-01-05", "colour": "yellow", "message": "..."}],   days not well yet
//    "rescore": ["2099-01-05"]}       recorded days that later runs score again
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "store/context.h"

namespace daybook {

enum class Colour { green, yellow, red };  // red: nothing new could be published though it was due
std::string_view colour_name(Colour colour);

/// Trouble is a day that is not well yet, and the message that explains it.
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

/// OutcomeFacts is everything that an outcome is derived from.
struct OutcomeFacts {
  int exit = 0;
  Instant at;
  std::optional<Date> asked = {};  // the day requested by hand; it says nothing about today
  bool llm_asked = false;          // the LLM was requested by hand; if it is not set up, that is no fault of the day
  std::string page = {};           // the repository's page at GitHub; empty: not in a workflow
  std::vector<Message> messages = {};
  std::map<Date, DayStanding> records = {};  // of the last rescore_days days, or of `asked`
  std::vector<Trouble> troubles = {};        // of the previous outcome
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
// The troubles of an outcome.json, except malformed ones and those of days after `today`.
std::vector<Trouble> troubles_in(const std::string& json, Date today);

// Writes the outcome of a run, a backfill, or a check that found wrong settings, since a workflow then does not get to
// run. A dry run, a shard, a mere fetch and a run over files (which may be of any day) have none.
void keep_outcome(const CommandContext& context, Exit exit, const std::string& repository_page);

}  // namespace daybook
