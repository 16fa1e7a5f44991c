// A day's papers scored: by the LLM where one is configured and answers, and locally where not.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/candidates.h"
#include "pipeline/llm.h"
#include "pipeline/outages.h"

namespace daybook {

// The day's record as it was before this run, where there is one.
struct Holder {
  Day day;
  std::vector<Other> others;
};

// By id; none where there is no record.
using EarlierScores = std::map<std::string, Score>;
EarlierScores earlier_scores(const std::optional<Holder>& holder);

struct Recorded {
  Day day;
  std::vector<Other> others;
  std::string failure;  // why the LLM was given up, for the log; empty: it was not
  std::string warning;  // what the owner is to be told of the day; empty: nothing
  std::string mend;     // what the owner can do about that
  bool out_of_budget = false;
  bool budget_is_too_small = false;  // for any request: that is the failure
};

struct Triage;  // triage.h

// `on`: the day of this run, which goes into what was re-scored. Papers that the holder has from an LLM are not asked
// about again, whatever its model and prompt were: a partial day is finished, not begun anew. `triage` is that of these
// candidates.
Recorded score_day(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
                   Candidates candidates, Triage triage, const std::optional<Holder>& holder, Date on,
                   Outages& outages);

// The verdicts of an LLM in a record, as if they had just been given.
Exchange verdicts_in(const Holder& holder, const Candidates& candidates, const Settings& settings, const Llm& llm);

}  // namespace daybook
