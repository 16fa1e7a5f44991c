// A day's papers with their scores, as they are to be recorded.
#pragma once

#include <string>
#include <vector>

#include "pipeline/execute_live.h"

namespace daybook {

struct ScoredDay {
  Day day;
  std::vector<Other> others;
  std::string warning;  // what the owner is to be told of the day; empty: nothing
  std::string hint;     // what the owner can do about that
};

// By the LLM where one is configured and answered, and locally where not. What an LLM has said of a day stays.
ScoredDay scored_day(RunContext& run, DayPlan plan, const DayOutcome& outcome);

}  // namespace daybook
