#include "rank/cascade.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "rank/words.h"

namespace daybook {

namespace {

constexpr double least_kept = 0.1;  // of a day's papers, for the cascade to be worth it

bool is_drawn(const Exploration& exploration, const std::string& id) {
  std::uint64_t hash = hashed(exploration.date.iso() + ' ' + id);
  hash = (hash ^ (hash >> 32U)) * 0x9E3779B97F4A7C15U;
  hash ^= hash >> 29U;
  return static_cast<double>(hash >> 11U) * 0x1p-53 < exploration.explore;
}

// Scores from before a change were of other interests, where there are enough from after it.
std::span<const LabelDay> scored_alike(std::span<const LabelDay> days, Date since) {
  const auto first = std::find_if(days.begin(), days.end(), [&](const LabelDay& day) { return day.date >= since; });
  const auto after = static_cast<std::size_t>(days.end() - first);
  return after >= label_days_needed ? days.last(after) : days;
}

}  // namespace

CascadePolicy cascade_policy(const DayToScore& today, std::span<const LabelDay> days, const ScoringSettings& settings) {
  std::size_t wanted = 0;
  for (const LabelDay& day : days)
    wanted += static_cast<std::size_t>(
        std::count_if(day.papers.begin(), day.papers.end(), [](const JudgedPaper& paper) { return paper.wanted; }));
  if (days.size() < label_days_needed)
    return {std::nullopt, "the cascade starts after " + std::to_string(label_days_needed) + " labelled days (" +
                              std::to_string(days.size()) + " so far)"};
  if (wanted < wanted_needed)
    return {std::nullopt, "the cascade starts after " + std::to_string(wanted_needed) + " selected papers (" +
                              std::to_string(wanted) + " so far)"};
  if (today.date < today.since + days_sent_in_full)
    return {std::nullopt, "the interests, the prompt, the cut-offs or the model changed on " + today.since.iso()};
  const auto alike = scored_alike(days, today.since);
  const double threshold = threshold_for(alike, {settings.target_recall, settings.explore}, today.local_scores);
  return {std::round(threshold * 1e4) / 1e4, {}, certificate_of(days, today.date)};
}

CascadePolicy where_it_pays(CascadePolicy policy, const std::vector<double>& local_scores) {
  if (!policy.threshold) return policy;
  const auto below =
      std::count_if(local_scores.begin(), local_scores.end(), [&](double score) { return score < *policy.threshold; });
  if (static_cast<double>(below) >= least_kept * static_cast<double>(local_scores.size())) return policy;
  return {std::nullopt, "only " + std::to_string(below) + " of " + std::to_string(local_scores.size()) +
                            " papers are clearly irrelevant"};
}

Routing route(const CascadePolicy& policy, const Exploration& exploration, const Paper& paper, double local_score) {
  if (!policy.threshold || local_score >= *policy.threshold) return Routing::sent;
  if (exploration.always_sent) return Routing::sent;
  return is_drawn(exploration, paper.id) ? Routing::explored : Routing::discarded;
}

}  // namespace daybook
