#include "pipeline/run_context.h"

#include <algorithm>

#include "pipeline/feedback.h"

namespace daybook {

const DaySummary* RunContext::recorded(Date date) const {
  const auto found = std::find_if(past.summaries.begin(), past.summaries.end(),
                                  [&](const DaySummary& day) { return day.date == date; });
  return found == past.summaries.end() || !found->readable ? nullptr : &*found;
}

bool RunContext::is_recorded_as(Status status, Date date) const {
  const DaySummary* day = recorded(date);
  return day != nullptr && day->status == status;
}

std::optional<InForce> known_in_force(const CommandContext& context) {
  auto kept = kept_in_force(context.options.state);
  if (kept) return std::move(*kept);
  context.console.warning(kept.error());
  return std::nullopt;
}

Evidence read_evidence(const CommandContext& context, const Settings& settings, const Llm& llm, Date on,
                       PoliteClient* arxiv) {
  Errors faults;
  const Feedback feedback = read_feedback(context, faults);
  warn_of_feedback(context, faults);
  const auto before = known_in_force(context);
  Evidence evidence{{}, in_force_after(before, settings, llm.scores_hash, on), before.has_value()};
  for (const Taste& taste : tastes(context, settings.arxiv, feedback, on, arxiv))
    evidence.tasted.push_back({features_of(taste.paper), taste.liked});
  return evidence;
}

}  // namespace daybook
