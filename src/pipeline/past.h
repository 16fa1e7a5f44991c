// What the archive holds before a command adds to it.
#pragma once

#include <vector>

#include "day/coverage.h"
#include "day/select.h"
#include "pipeline/context.h"
#include "store/archive.h"

namespace daybook {

// How long a paper that was scanned and not shown is remembered: what comes again, comes within weeks.
inline constexpr int days_scanned = 60;

struct Past {
  Ledger ledger;            // which papers were shown; and, of the last days before `on`, which were scanned and not
  CategoryHistory history;  // what the last days have of each category
  Summaries summaries;      // of each day, newest first, for the archive's index
};

// A record that can't be read is passed over here, and named by the build that follows; its papers may be shown again.
Result<Past> read_past(const CommandContext& context, const Archive& archive, Date on);

}  // namespace daybook
