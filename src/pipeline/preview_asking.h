// Recorded days asked of the LLM anew, by edited settings. Answers are kept in the journal; nothing is recorded.
#pragma once

#include <string>
#include <vector>

#include "pipeline/llm.h"
#include "pipeline/preview_day.h"

namespace daybook {

// Says first, in one line, what that takes, and asks then. The days' expected scores, parallel to them; of papers that
// it did not answer for, or that have no abstract any more, those of `expectation`. exit_later where it was given up or
// the budget ended.
struct AskedDays {
  std::vector<std::vector<Expected>> expected;
  Exit exit = exit_done;
};
AskedDays ask_anew(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
                   const Archive& archive, const std::vector<RecordedDay>& days, const Expectation& expectation,
                   Date on);

}  // namespace daybook
