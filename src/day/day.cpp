#include "day/day.h"

#include <array>
#include <utility>

namespace daybook {

namespace {

struct StatusWords {
  Status status;
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array<StatusWords, 6> words = {{
    {Status::complete, "complete", "All of the day's papers were scored."},
    {Status::quiet, "quiet", "arXiv announced nothing that day."},
    {Status::partial, "partial",
     "Some papers were scored by the local scorer, because the LLM failed or the budget ended; they were queued for "
     "the next run."},
    {Status::local, "local", "Scored by the local scorer, without an LLM."},
    {Status::degraded, "degraded", "Scored by the local scorer: the LLM was down for the whole day."},
    {Status::lost, "lost", "Papers were announced, but none was scored."},
}};

int worth(Status status) {
  switch (status) {
    case Status::complete:
      return 4;
    case Status::partial:
      return 3;
    case Status::local:
      return 2;
    case Status::degraded:
      return 1;
    case Status::lost:
    case Status::quiet:
      return 0;
  }
  return 0;
}

bool had_papers(const Day& day) {
  return !day.papers.empty() || day.counts.announced.value_or(0) > 0 || day.counts.scanned.value_or(0) > 0;
}

}  // namespace

std::string_view status_name(Status status) {
  for (const StatusWords& known : words)
    if (known.status == status) return known.name;
  return {};
}

std::optional<Status> status_of(std::string_view name) {
  for (const StatusWords& known : words)
    if (known.name == name) return known.status;
  return std::nullopt;
}

std::string_view status_sentence(Status status) {
  for (const StatusWords& known : words)
    if (known.status == status) return known.sentence;
  return {};
}

bool has_unknown_cost(const Usage& usage) {
  const auto some = [](const std::optional<long long>& count) { return count.value_or(0) > 0; };
  return !usage.cost && (some(usage.requests) || some(usage.prompt_tokens) || some(usage.completion_tokens));
}

bool may_replace(const Day& holder, const Day& challenger) {
  if (challenger.status == Status::quiet) return holder.status == Status::quiet;
  if (holder.status == Status::quiet) return had_papers(challenger);
  // Half a day, however well scored, is not the day; but of a lost one there is nothing to lose.
  const bool made_whole = !holder.cut_off.empty() && challenger.cut_off.empty();
  if (holder.status != Status::lost && !made_whole && challenger.counts.scanned && holder.counts.scanned &&
      *challenger.counts.scanned < *holder.counts.scanned)
    return false;
  if (worth(challenger.status) != worth(holder.status)) return worth(challenger.status) > worth(holder.status);
  if (challenger.cut_off.empty() != holder.cut_off.empty()) return challenger.cut_off.empty();
  // A count that isn't known is no better than none.
  return challenger.counts.scanned.value_or(0) >= holder.counts.scanned.value_or(0);
}

}  // namespace daybook
