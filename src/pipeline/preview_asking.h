// Recorded days asked of the LLM anew, by edited settings. Answers are kept in the journal; nothing is recorded.
#pragma once

#include <vector>

#include "day/preview_day.h"
#include "pipeline/run_context.h"

namespace daybook {

// Says first, in one line, what that takes, and asks then. The days' expected scores, parallel to them; of papers that
// it did not answer for, or that have no abstract any more, those of `expectation`. exit_later where it was given up or
// the budget ended.
struct AskedDays {
  std::vector<std::vector<Expected>> expected;
  Exit exit = exit_done;
};
AskedDays ask_anew(const RunContext& run, const std::vector<RecordedDay>& days, const Expectation& expectation);

}  // namespace daybook
