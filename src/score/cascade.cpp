#include "score/cascade.h"

#include <algorithm>

namespace daybook {

namespace {

std::string counted_days(std::size_t days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

// Of the wanted papers' local scores, each as often as it stands for papers, the least ones make up `missed` of all;
// the score above them.
double quantile(std::vector<std::pair<double, double>> scores, double missed) {
  std::sort(scores.begin(), scores.end());
  double all = 0;
  for (const auto& [score, stands_for] : scores) all += stands_for;
  double below = 0;
  for (const auto& [score, stands_for] : scores) {
    below += stands_for;
    if (below > missed * all) return score;
  }
  return 0;
}

}  // namespace

Sieve sieve_for(Date date, Date since, std::span<const LabelDay> days, const CascadeRule& rule) {
  std::size_t wanted = 0;
  for (const LabelDay& day : days)
    wanted += static_cast<std::size_t>(
        std::count_if(day.papers.begin(), day.papers.end(), [](const Precedent& paper) { return paper.wanted; }));
  if (days.size() < label_days_needed)
    return {std::nullopt, "the LLM has read " + counted_days(days.size()) + " of the " +
                              std::to_string(label_days_needed) + " that are needed"};
  if (wanted < wanted_needed)
    return {std::nullopt, "the LLM has selected " + std::to_string(wanted) + " papers of the " +
                              std::to_string(wanted_needed) + " that are needed"};
  if (date < since + days_sent_in_full)
    return {std::nullopt, "the interests, the prompt, the cut-offs or the model are new since " + since.iso()};
  std::vector<std::pair<double, double>> scores;
  for (const LabelDay& day : days.last(std::min(days.size(), days_measured)))
    for (const Precedent& paper : day.papers)
      if (paper.wanted && paper.local_score) scores.emplace_back(*paper.local_score, paper.stands_for);
  if (scores.empty()) return {std::nullopt, "no selected paper of the last days has a local score"};
  return {quantile(std::move(scores), 1 - rule.target_recall), {}};
}

bool is_drawn(Date date, const std::string& id, double explore) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : date.iso() + ' ' + id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  hash = (hash ^ (hash >> 32U)) * 0x9E3779B97F4A7C15U;
  return static_cast<double>(hash >> 11U) * 0x1p-53 < explore;
}

Fate fate_of(const Sieve& sieve, Date date, const std::string& id, double local_score, double explore) {
  if (!sieve.threshold || local_score >= *sieve.threshold) return Fate::sent;
  return is_drawn(date, id, explore) ? Fate::explored : Fate::discarded;
}

}  // namespace daybook
