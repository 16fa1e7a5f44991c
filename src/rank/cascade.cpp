#include "rank/cascade.h"

#include <algorithm>
#include <cmath>

#include "rank/threshold.h"
#include "rank/words.h"

namespace daybook {

namespace {

std::string counted_days(std::size_t days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

constexpr double least_kept = 0.1;  // of a day's papers, for the cascade to be worth it

bool is_drawn(const Draw& draw, const std::string& id) {
  std::uint64_t hash = hashed(draw.date.iso() + ' ' + id);
  hash = (hash ^ (hash >> 32U)) * 0x9E3779B97F4A7C15U;
  hash ^= hash >> 29U;
  return static_cast<double>(hash >> 11U) * 0x1p-53 < draw.explore;
}

// Scores from before a change were of other interests, where there are enough from after it.
std::span<const LabelDay> scored_alike(std::span<const LabelDay> days, Date since) {
  const auto first = std::find_if(days.begin(), days.end(), [&](const LabelDay& day) { return day.date >= since; });
  const auto after = static_cast<std::size_t>(days.end() - first);
  return after >= label_days_needed ? days.last(after) : days;
}

}  // namespace

Sieve sieve_for(Date date, Date since, std::span<const LabelDay> days, double target_recall) {
  std::size_t wanted = 0;
  for (const LabelDay& day : days)
    wanted += static_cast<std::size_t>(
        std::count_if(day.papers.begin(), day.papers.end(), [](const Precedent& paper) { return paper.wanted; }));
  if (days.size() < label_days_needed)
    return {std::nullopt, "the LLM has read " + counted_days(days.size()) + " of the " +
                              std::to_string(label_days_needed) + " that are needed"};
  if (wanted < wanted_needed)
    return {std::nullopt, "the LLM has selected " + std::to_string(wanted) + (wanted == 1 ? " paper" : " papers") +
                              " of the " + std::to_string(wanted_needed) + " that are needed"};
  if (date < since + days_sent_in_full)
    return {std::nullopt, "the interests, the prompt, the cut-offs or the model are new since " + since.iso()};
  return {std::round(threshold_for(scored_alike(days, since), target_recall) * 1e4) / 1e4, {}};
}

Sieve where_it_pays(Sieve sieve, const std::vector<double>& local_scores) {
  if (!sieve.threshold) return sieve;
  const auto below =
      std::count_if(local_scores.begin(), local_scores.end(), [&](double score) { return score < *sieve.threshold; });
  if (static_cast<double>(below) >= least_kept * static_cast<double>(local_scores.size())) return sieve;
  return {std::nullopt, "only " + std::to_string(below) + " of " + std::to_string(local_scores.size()) +
                            " papers are surely not wanted"};
}

Fate fate_of(const Sieve& sieve, const Draw& draw, const Paper& paper, double local_score) {
  if (!sieve.threshold || local_score >= *sieve.threshold) return Fate::sent;
  if (draw.always_sent) return Fate::sent;
  return is_drawn(draw, paper.id) ? Fate::explored : Fate::discarded;
}

}  // namespace daybook
