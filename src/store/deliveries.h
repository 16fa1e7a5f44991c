// DeliveryLedger is archive/deliveries.jsonl: what was sent to whom, so that no target gets a day twice.
//
//   {"key": "2099-01-05", "target": "mail", "at": "2099-01-05T06:02:11Z", "state": "sending", "scores":
//   "9f86d081884c7d65"}
//   {"key": "2099-01-05", "target": "mail", "at": "2099-01-05T06:02:12Z", "state": "sent", "scores":
//   "9f86d081884c7d65"}
//
// A line is on the disk (fsync) before a sending begins, and another one after it ended: of a process that was killed
// between, nobody knows whether the message arrived, and it is not sent again. A workflow's machine may be gone with
// its disk, so there all lines of a run are written and pushed as "claimed" before the first sending.
//
// A line that is cut off or damaged is passed over. Where it ended a sending, its day is not sent again either.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/error.h"
#include "core/result.h"
#include "site/summary.h"
#include "store/appended_lines.h"

namespace daybook {

enum class DeliveryState {
  claimed,  // will be sent by `run`
  sending,
  sent,
  failed,   // not delivered; tried again
  skipped,  // the target's feeds hold no paper of it
  unknown,  // the sending was cut off: it may have arrived, and is not tried again
};
std::string_view delivery_state_name(DeliveryState state);  // "sent"

struct DeliveryLine {
  std::string key;     // "2099-01-05", of a week "2099-w02"
  std::string target;  // "mail", or a webhook's slug
  Instant at;
  DeliveryState state = DeliveryState::sending;
  std::string why = {};     // it failed or is not known, as a clause, without any secret
  std::string scores = {};  // scores_mark() of the day as it was sent
  std::string run = {};     // claimed: by which run
  bool operator==(const DeliveryLine&) const = default;
};

/// Standing is what the lines of one target say of one day or week.
struct Standing {
  DeliveryLine last;
  std::optional<Instant> failing_since = {};  // the first failure of those in a row
};
using Standings = std::map<std::string, Standing>;  // by key

class DeliveryLedger {
 public:
  // Reads what is there; lines that can't be read are `damaged`.
  static Result<DeliveryLedger> open(const std::string& archive, Errors& damaged);

  // On return the line outlives a power failure.
  Result<Done> append(const DeliveryLine& line);
  Standings of(std::string_view target) const;

 private:
  DeliveryLedger(AppendedLines file, std::vector<DeliveryLine> lines);
  AppendedLines file_;
  std::vector<DeliveryLine> lines_;
};

// A short text that changes when the day's papers or their scores do.
std::string scores_mark(const DaySummary& day);

}  // namespace daybook
