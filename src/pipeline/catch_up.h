// Which days a run catches up with: such as it missed, and such as are not whole.
#pragma once

#include <vector>

#include "pipeline/candidates.h"
#include "pipeline/run_context.h"

namespace daybook {

// Fetches the days of the last two weeks that no run has seen, and what recorded ones lack, oldest first; returned are
// the recorded days of which something was missing, with it. What can't be fetched is a warning: later runs try again.
std::vector<Candidates> catch_up(RunContext& run);

// The last announcement before the day of the run, for an archive that is empty.
void fetch_last_announcement(RunContext& run);

}  // namespace daybook
