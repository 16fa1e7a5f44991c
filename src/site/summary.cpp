#include "site/summary.h"

namespace daybook {

std::string why_of(const Entry& entry) { return entry.score.comment; }

DaySummary summary_of(const Day& day) {
  DaySummary summary;
  summary.date = day.date;
  summary.status = day.status;
  if (day.usage) {
    summary.cost = day.usage->cost;
    summary.cost_unknown = has_unknown_cost(*day.usage);
  }
  summary.cascade = day.cascade;
  summary.prompt = day.prompt;
  summary.cut_off = !day.cut_off.empty();
  summary.unsettled = is_unsettled(day);
  summary.topics = day.topics;
  summary.papers.reserve(day.papers.size());
  for (const Entry& entry : day.papers) {
    summary.papers.push_back({entry.paper.id, entry.paper.title, why_of(entry), entry.score.relevance,
                              entry.score.novelty, entry.score.topic, entry.score.scorer, scored_locally(entry.score),
                              entry.first_seen});
    if (entry.score.rescored && (!summary.rescored || *summary.rescored < entry.score.rescored->on))
      summary.rescored = entry.score.rescored->on;
  }
  return summary;
}

DaySummary unreadable_day(Date date) {
  DaySummary summary;
  summary.date = date;
  summary.readable = false;
  return summary;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

}  // namespace daybook
