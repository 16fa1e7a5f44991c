#include "site/summary.h"

#include <algorithm>

#include "paper/claim.h"

namespace daybook {

std::string why_of(const Entry& entry) {
  const std::string& comment = entry.score.comment;
  const bool by_llm = !scored_locally(entry.score) && entry.score.relevance.has_value();
  if (!comment.empty() && by_llm) return comment;
  const std::string& abstract = entry.paper.abstract;
  const auto claim = find_claim(abstract);
  return claim ? abstract.substr(claim->begin, claim->end - claim->begin) : comment;
}

namespace {

std::string author_lines(const std::vector<std::string>& authors) {
  std::string lines;
  std::size_t length = 0;
  for (const std::string& author : authors) length += author.size() + 1;
  lines.reserve(length);  // no byte more: the archive's papers are all in memory
  for (const std::string& author : authors) {
    if (!lines.empty()) lines += '\n';
    for (const char c : author) lines += c == '\n' ? ' ' : c;
  }
  return lines;
}

}  // namespace

DaySummary summary_of(const Day& day) {
  DaySummary summary;
  summary.date = day.date;
  summary.recorded = std::max(day.date, day.recorded.value_or(day.date));
  summary.status = day.status;
  summary.counts = day.counts;
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
    summary.papers.back().local_score = entry.score.local_score;
    summary.papers.back().ranked_as = entry.score.ranked_as;
    summary.papers.back().authors = author_lines(entry.paper.authors);
    if (entry.score.rescored) summary.papers.back().rescored = entry.score.rescored->on;
    if (entry.score.rescored && (!summary.rescored || *summary.rescored < entry.score.rescored->on))
      summary.rescored = entry.score.rescored->on;
  }
  return summary;
}

DaySummary unreadable_day(Date date) {
  DaySummary summary;
  summary.date = summary.recorded = date;
  summary.readable = false;
  return summary;
}

Date changed_on(const DaySummary& day) { return std::max(day.recorded, day.rescored.value_or(day.recorded)); }

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

}  // namespace daybook
