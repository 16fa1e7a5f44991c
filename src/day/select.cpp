#include "day/select.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace daybook {

namespace {

constexpr std::size_t near_misses_at_most = 20;

// Larger is better; an unknown score counts as none, and so does a local score that is no number (it would leave no
// order).
auto rank(const Scored& scored, const Ranking& ranking) {
  const Score& score = scored.score;
  const int relevance = score.relevance.value_or(0);
  const double local = score.local_score.value_or(-1);
  const bool reaches_floor = score.h_index.value_or(ranking.h_index_floor) >= ranking.h_index_floor;
  return std::make_tuple(score.scorer == Scorer::author, relevance + score.novelty.value_or(0), relevance,
                         reaches_floor, std::isnan(local) ? -1 : local);
}

// Why a paper's scores keep it out; empty: they don't.
std::string below(const Score& score, const Cutoffs& cutoffs) {
  if (!score.relevance) return score.reason.empty() ? "relevance unknown" : score.reason;
  if (*score.relevance < cutoffs.relevance)
    return "relevance " + std::to_string(*score.relevance) + " < " + std::to_string(cutoffs.relevance);
  if (score.novelty && *score.novelty < cutoffs.novelty)
    return "novelty " + std::to_string(*score.novelty) + " < " + std::to_string(cutoffs.novelty);
  return {};
}

Other line_of(const Scored& scored, std::string reason) {
  Other other{scored.paper.id, scored.paper.title, scored.paper.categories, scored.score, std::move(reason)};
  other.score.comment.clear();
  other.score.topic.clear();
  return other;
}

void note_first(std::unordered_map<std::string, Date>& dates, const std::string& id, Date date) {
  const auto [known, is_new] = dates.emplace(id, date);
  if (!is_new) known->second = std::min(known->second, date);
}

}  // namespace

void Ledger::add(const Day& day) {
  for (const Entry& entry : day.papers) note_first(first_, entry.paper.id, day.date);
}

void Ledger::add_scanned(const Day& day, const std::vector<Other>& others) {
  for (const Entry& entry : day.near_misses) note_first(rejected_, entry.paper.id, day.date);
  for (const Other& other : others) note_first(rejected_, other.id, day.date);
}

std::optional<Date> Ledger::shown_before(const std::string& id, Date date) const {
  const auto known = first_.find(id);
  if (known == first_.end() || known->second >= date) return std::nullopt;
  return known->second;
}

bool Ledger::shown_elsewhere(const std::string& id, Date date) const {
  const auto known = first_.find(id);
  return known != first_.end() && known->second != date;
}

bool Ledger::rejected_before(const std::string& id, Date date) const {
  const auto known = rejected_.find(id);
  return known != rejected_.end() && known->second < date;
}

void name_topics(Day& day, const std::vector<Topic>& topics) {
  for (const Topic& topic : topics) {
    const auto named = [&](const TopicName& known) { return known.slug == topic.slug; };
    const auto has_it = [&](const Entry& entry) { return entry.score.topic == topic.slug; };
    const bool used = std::any_of(day.papers.begin(), day.papers.end(), has_it) ||
                      std::any_of(day.near_misses.begin(), day.near_misses.end(), has_it);
    if (used && std::none_of(day.topics.begin(), day.topics.end(), named))
      day.topics.push_back({topic.slug, topic.name});
  }
}

bool ranks_before(const Scored& a, const Scored& b, const Ranking& ranking) {
  const auto rank_a = rank(a, ranking);
  const auto rank_b = rank(b, ranking);
  return rank_a != rank_b ? rank_a > rank_b : a.paper.id < b.paper.id;
}

Selection select(std::vector<Scored> scored, const Ranking& ranking, Date date) {
  std::sort(scored.begin(), scored.end(),
            [&](const Scored& a, const Scored& b) { return ranks_before(a, b, ranking); });
  Selection selection;
  const auto at_most = static_cast<std::size_t>(std::max(ranking.cutoffs.at_most, 0));
  for (Scored& one : scored) {
    const bool followed = one.score.scorer == Scorer::author;
    std::string reason = followed ? std::string() : below(one.score, ranking.cutoffs);
    if (reason.empty() && !followed && selection.papers.size() >= at_most)
      reason = "beyond the " + std::to_string(at_most) + " shown";
    if (reason.empty()) {
      selection.papers.push_back({std::move(one.paper), std::move(one.score), date});
      continue;
    }
    selection.others.push_back(line_of(one, std::move(reason)));
    if (selection.near_misses.size() < near_misses_at_most)
      selection.near_misses.push_back({std::move(one.paper), std::move(one.score), date});
  }
  return selection;
}

}  // namespace daybook
