#include "day/select.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "paper/withdrawn.h"

namespace daybook {

namespace {

// Of the near misses, 20 in all; what one kind leaves of its room is the other's.
constexpr std::size_t near_misses_at_most = 20;
constexpr std::size_t read_at_most = 12;

// Larger is better; an unknown score counts as none, and so does a local score that is no number (it would leave no
// order).
auto rank(const Scored& scored, const Ranking& ranking) {
  const Score& score = scored.score;
  const int relevance = score.ranked_as ? 0 : score.relevance.value_or(0);
  const int sum = score.ranked_as.value_or(relevance + score.novelty.value_or(0));
  const double local = score.local_score.value_or(-1);
  const bool reaches_floor = score.h_index.value_or(ranking.h_index_floor) >= ranking.h_index_floor;
  return std::make_tuple(score.scorer == Scorer::author, sum, relevance, reaches_floor, std::isnan(local) ? -1 : local);
}

// Why a paper was not selected.
struct Miss {
  std::string reason;  // for DATE.others.jsonl: "relevance 6 < 7"
  std::string words;   // for readers: "relevance 6, needs 7"
};

Miss below(std::string_view what, int score, int cutoff) {
  const std::string start = std::string(what) + ' ' + std::to_string(score);
  return {start + " < " + std::to_string(cutoff), start + ", needs " + std::to_string(cutoff)};
}

// What keeps a paper out whatever its rank; nothing: nothing does. An estimate of a discarded paper's relevance does
// not bring it in: the scorer itself was sure enough that the LLM would not.
std::optional<Miss> miss_of(const Score& score, const Cutoffs& cutoffs) {
  if (score.scorer == Scorer::author) return std::nullopt;
  if (is_discarded(score)) return Miss{"discarded: " + below_threshold(score), cascade_words(score)};
  if (!score.relevance) {
    const std::string why = score.reason.empty() ? "relevance unknown" : score.reason;
    return Miss{why, why};
  }
  if (*score.relevance < cutoffs.relevance) return below("relevance", *score.relevance, cutoffs.relevance);
  if (score.novelty && *score.novelty < cutoffs.novelty) return below("novelty", *score.novelty, cutoffs.novelty);
  return std::nullopt;
}

Miss beyond(std::size_t at_most) {
  const std::string number = std::to_string(at_most);
  return {"beyond the " + number + " shown", "beyond the day's " + number};
}

Other line_of(const Scored& scored, std::string reason) {
  Other other{scored.paper.id, scored.paper.title, scored.paper.categories, scored.score, std::move(reason)};
  other.score.comment.clear();
  other.score.topic.clear();
  return other;
}

// Takes the withdrawn papers out of `scored`, as lines by their ids.
std::vector<Other> take_withdrawn(std::vector<Scored>& scored) {
  std::vector<Other> lines;
  std::erase_if(scored, [&](const Scored& one) {
    if (!is_withdrawn(one.paper)) return false;
    Score none;
    none.scorer = Scorer::local;
    lines.push_back(line_of({one.paper, none}, std::string(withdrawn_reason)));
    return true;
  });
  std::sort(lines.begin(), lines.end(), [](const Other& a, const Other& b) { return a.id < b.id; });
  return lines;
}

// The best that were read come in the rank order of `rest`, the best that were discarded by their local score.
std::vector<Entry> near_misses_of(std::vector<Entry> rest) {
  const auto discarded =
      std::stable_partition(rest.begin(), rest.end(), [](const Entry& entry) { return !is_discarded(entry.score); });
  std::sort(discarded, rest.end(), [](const Entry& a, const Entry& b) {
    return a.score.local_score != b.score.local_score ? a.score.local_score > b.score.local_score
                                                      : a.paper.id < b.paper.id;
  });
  const auto read = static_cast<std::size_t>(discarded - rest.begin());
  const std::size_t discarded_kept = std::min(rest.size() - read, near_misses_at_most - std::min(read, read_at_most));
  const std::size_t read_kept = std::min(read, near_misses_at_most - discarded_kept);
  rest.erase(discarded + static_cast<std::ptrdiff_t>(discarded_kept), rest.end());
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(read_kept), discarded);
  return rest;
}

void note_first(std::unordered_map<std::string, Date>& dates, const std::string& id, Date date) {
  const auto [known, is_new] = dates.emplace(id, date);
  if (!is_new) known->second = std::min(known->second, date);
}

}  // namespace

void Ledger::add(const Day& day) {
  for (const Entry& entry : day.papers) note_first(first_, entry.paper.id, day.date);
  for (const Reappearance& paper : day.again) again_[paper.id].insert(day.date);
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

std::set<Date> Ledger::days_again(const std::string& id) const {
  const auto known = again_.find(id);
  return known == again_.end() ? std::set<Date>() : known->second;
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
  const std::vector<Other> withdrawn = take_withdrawn(scored);
  std::sort(scored.begin(), scored.end(),
            [&](const Scored& a, const Scored& b) { return ranks_before(a, b, ranking); });
  Selection selection;
  std::vector<Entry> rest;
  const auto at_most = static_cast<std::size_t>(std::max(ranking.cutoffs.at_most, 0));
  for (Scored& one : scored) {
    auto miss = miss_of(one.score, ranking.cutoffs);
    if (!miss && one.score.scorer != Scorer::author && selection.papers.size() >= at_most) miss = beyond(at_most);
    if (miss) selection.others.push_back(line_of(one, std::move(miss->reason)));
    Entry entry{std::move(one.paper), std::move(one.score), date, miss ? std::move(miss->words) : std::string()};
    (miss ? rest : selection.papers).push_back(std::move(entry));
  }
  selection.near_misses = near_misses_of(std::move(rest));
  selection.withdrawn = static_cast<int>(withdrawn.size());
  selection.others.insert(selection.others.end(), withdrawn.begin(), withdrawn.end());
  return selection;
}

}  // namespace daybook
