#include "advice/taste_effect.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "day/preview_day.h"
#include "day/select.h"
#include "pipeline/candidates.h"
#include "pipeline/learning.h"
#include "store/archive.h"
#include "store/state.h"

namespace daybook {

namespace {

constexpr std::size_t days_compared = 5;
constexpr double least_move = 0.01;    // of a topic's papers on average, in places of the day
constexpr std::size_t least_seen = 3;  // papers of a topic, below which its average says nothing
constexpr std::size_t topics_named = 3;

// The day's papers by id; nothing where some are not known in full, which would be scored as worse than they are.
std::optional<RecordedDay> comparable_day(const Archive& archive, const State& state, Date date) {
  auto kept = kept_candidates(state, date);
  if (!kept) return std::nullopt;
  auto day = archive.read(date);
  const auto others = archive.read_others(date);
  if (!day || !others) return std::nullopt;
  RecordedDay recorded = recorded_day(std::move(*day), *others, std::move(kept->papers));
  const auto is_whole = [](const RecordedPaper& paper) { return paper.has_abstract; };
  if (recorded.papers.empty() || !std::all_of(recorded.papers.begin(), recorded.papers.end(), is_whole))
    return std::nullopt;
  std::sort(recorded.papers.begin(), recorded.papers.end(),
            [](const RecordedPaper& a, const RecordedPaper& b) { return a.paper.id < b.paper.id; });
  return recorded;
}

// Oldest first.
std::vector<RecordedDay> comparable_days(const Archive& archive, const State& state) {
  std::vector<RecordedDay> days;
  const auto dates = archive.dates();
  if (!dates) return days;
  for (const Date date : *dates) {
    if (days.size() == days_compared) break;
    if (auto day = comparable_day(archive, state, date)) days.push_back(std::move(*day));
  }
  std::reverse(days.begin(), days.end());
  return days;
}

// A recorded score as another local score moves it.
Score moved(Score score, const Score& local) {
  if (is_discarded(score)) return score;
  if (scored_locally(score)) score.relevance = local.relevance;
  score.local_score = local.local_score;
  return score;
}

// Each paper's place in the order of the local scores, from 0, the first, to 1.
std::vector<double> places_of(const std::vector<Score>& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return *scores[a].local_score > *scores[b].local_score; });
  std::vector<double> places(scores.size());
  for (std::size_t place = 0; place < order.size(); ++place)
    places[order[place]] = static_cast<double>(place) / static_cast<double>(order.size());
  return places;
}

// How far the papers of a topic went up.
struct TopicMove {
  double sum = 0;
  std::size_t papers = 0;
  double mean() const { return sum / static_cast<double>(papers); }
};

class Comparison {
 public:
  explicit Comparison(const Settings& settings)
      : settings_(settings), ranking_{settings.interests.cutoffs, settings.scoring.h_index} {}

  // Local scores, parallel to the day's papers.
  void add(const RecordedDay& day, const std::vector<Score>& before, const std::vector<Score>& after) {
    ++effect_.days;
    compare_shown(day, before, after);
    const std::vector<double> places_before = places_of(before);
    const std::vector<double> places_after = places_of(after);
    for (std::size_t i = 0; i < day.papers.size(); ++i) {
      TopicMove& move = moves_[after[i].topic];
      move.sum += places_before[i] - places_after[i];
      ++move.papers;
      const auto& threshold = day.papers[i].score.threshold;
      if (threshold && *before[i].local_score < *threshold && *after[i].local_score >= *threshold) ++effect_.read_anew;
    }
  }

  TasteEffect effect() {
    std::vector<std::pair<double, std::string>> named;
    for (const Topic& topic : settings_.interests.topics) {
      const auto move = moves_.find(topic.slug);
      if (move == moves_.end() || move->second.papers < least_seen) continue;
      if (std::abs(move->second.mean()) >= least_move) named.emplace_back(move->second.mean(), topic.name);
    }
    std::stable_sort(named.begin(), named.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
    for (auto& [move, name] : named)
      if (auto& names = move > 0 ? effect_.up : effect_.down; names.size() < topics_named)
        names.push_back(std::move(name));
    return std::move(effect_);
  }

 private:
  std::vector<Entry> shown(const RecordedDay& day, const std::vector<Score>& local) const {
    std::vector<Scored> scored;
    for (std::size_t i = 0; i < day.papers.size(); ++i)
      scored.push_back({day.papers[i].paper, moved(day.papers[i].score, local[i])});
    return select(std::move(scored), ranking_, day.date).papers;
  }

  void compare_shown(const RecordedDay& day, const std::vector<Score>& before, const std::vector<Score>& after) {
    const std::vector<Entry> then = shown(day, before);
    const std::vector<Entry> now = shown(day, after);
    const auto add_missing = [](const std::vector<Entry>& from, const std::vector<Entry>& in, std::vector<Paper>& to) {
      std::set<std::string> ids;
      for (const Entry& entry : in) ids.insert(entry.paper.id);
      for (const Entry& entry : from)
        if (ids.count(entry.paper.id) == 0) to.push_back(entry.paper);
    };
    add_missing(now, then, effect_.added);
    add_missing(then, now, effect_.dropped);
  }

  const Settings& settings_;
  Ranking ranking_;
  TasteEffect effect_;
  std::map<std::string, TopicMove> moves_;  // by slug
};

}  // namespace

TasteEffect taste_effect(const CommandContext& context, const Settings& settings, const TasteChange& change) {
  const Archive archive(context.options.archive);
  const State state(context.options.state);
  const std::vector<RecordedDay> days = comparable_days(archive, state);
  if (days.empty()) return {};
  const LocalScorer scorer(settings.interests);
  const Cutoffs& cutoffs = settings.interests.cutoffs;
  const Date first = days.front().date;
  const LocalModel model = local_model(context, archive, state, cutoffs, label_days(context, archive, cutoffs, first));
  std::vector<ReadDay> recent = recent_days(context, archive, state, scorer, first);
  Comparison comparison(settings);
  Progress progress(context.console, "comparing days", days.size());
  for (const RecordedDay& day : days) {
    std::erase_if(recent, [&](const ReadDay& past) { return past.date < day.date - days_of_background; });
    std::vector<Paper> papers;
    for (const RecordedPaper& recorded : day.papers) papers.push_back(recorded.paper);
    ReadDay read = read_locally(context, scorer, day.date, papers);
    comparison.add(day, scorer.score(read.papers, {recent, change.before, &model}),
                   scorer.score(read.papers, {recent, change.after, &model}));
    recent.push_back(std::move(read));
    progress.advance();
  }
  return comparison.effect();
}

}  // namespace daybook
