#include "pipeline/learning.h"

#include <algorithm>
#include <map>
#include <set>

#include "platform/parallel.h"

namespace daybook {

namespace {

// A record can be edited, and damaged: scores that are none would make a threshold that no paper reaches.
std::optional<double> local_score_of(const Score& score) {
  const bool is_one = score.local_score && *score.local_score >= 0 && *score.local_score <= 1;
  return is_one ? score.local_score : std::nullopt;
}

constexpr double least_explore = 0.001;  // as if: what is drawn more rarely says too little for what it stands for

std::optional<JudgedPaper> judged_paper(const std::string& id, const Score& score, const Cutoffs& cutoffs,
                                        const std::optional<Cascade>& cascade) {
  if (scored_locally(score)) return std::nullopt;
  JudgedPaper judged{id, {}, false, score.relevance, 1, local_score_of(score)};
  // One that the LLM rejected by its title has no numbers.
  judged.wanted = score.relevance && *score.relevance >= cutoffs.relevance &&
                  score.novelty.value_or(cutoffs.novelty) >= cutoffs.novelty;
  if (is_explored(score) && cascade && cascade->explore > 0)
    judged.sample_weight = 1 / std::clamp(cascade->explore, least_explore, 1.0);
  return judged;
}

LabelDay label_day_of(const Day& day, const std::vector<Other>& others, const Cutoffs& cutoffs) {
  std::map<std::string, JudgedPaper> by_id;
  std::map<std::string, double> discarded;  // a near miss stands among the others too
  const auto note = [&](const std::string& id, const Score& score) {
    if (auto judged = judged_paper(id, score, cutoffs, day.cascade)) by_id.insert_or_assign(id, *judged);
    if (is_discarded(score)) discarded.insert_or_assign(id, local_score_of(score).value_or(0));
  };
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) note(entry.paper.id, entry.score);
  for (const Other& other : others) note(other.id, other.score);
  LabelDay label_day{day.date, {}};
  for (const auto& [id, local_score] : discarded) label_day.discarded.push_back(local_score);
  for (auto& [id, judged] : by_id) label_day.papers.push_back(std::move(judged));
  return label_day;
}

using PapersById = std::map<std::string, Paper>;

// As far as they are known in full.
PapersById papers_of(const State& state, const Day& day) {
  PapersById papers;
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) papers.emplace(entry.paper.id, entry.paper);
  if (auto kept = kept_candidates(state, day.date))
    for (Paper& paper : kept->papers) papers.insert_or_assign(paper.id, std::move(paper));
  return papers;
}

// A recorded day's papers by id.
struct PastDay {
  PapersById papers;
  bool has_all =
      false;  // that were scanned: an imported day has the selected alone, which are not what comes every day
  bool is_whole = true;  // all have an abstract
};

PastDay past_day(const Archive& archive, const State& state, Date date) {
  PastDay past;
  const auto day = archive.read(date);
  if (!day) return past;
  past.papers = papers_of(state, *day);
  if (const auto others = archive.read_others(date)) {
    for (const Other& other : *others) {
      Paper paper;
      paper.title = other.title;
      paper.categories = other.categories;
      if (past.papers.emplace(other.id, std::move(paper)).second) past.is_whole = false;
    }
  }
  const auto known = static_cast<int>(past.papers.size() + day->again.size());
  past.has_all = day->counts.scanned && known >= *day->counts.scanned;
  return past;
}

// Where one paper's abstract is lost, the others' must not tell them from it.
void read_features(const Archive& archive, const State& state, LabelDay& label_day) {
  PastDay past = past_day(archive, state, label_day.date);
  for (JudgedPaper& judged : label_day.papers) {
    const auto paper = past.papers.find(judged.id);
    if (paper == past.papers.end()) continue;
    if (!past.is_whole) paper->second.abstract.clear();
    judged.features = features_of(paper->second);
  }
}

}  // namespace

std::vector<LabelDay> label_days(const CommandContext& context, const Archive& archive, const Cutoffs& cutoffs,
                                 Date date) {
  std::vector<Date> dates;
  if (const auto all = archive.dates())
    std::copy_if(all->rbegin(), all->rend(), std::back_inserter(dates),
                 [&](Date each) { return each < date && each >= date - days_learned; });
  std::vector<LabelDay> days(dates.size());
  for_each_parallel(dates.size(), context.jobs(), [&](std::size_t i, std::size_t) {
    const auto day = archive.read(dates[i]);
    const auto others = archive.read_others(dates[i]);
    if (day && others) days[i] = label_day_of(*day, *others, cutoffs);
  });
  std::erase_if(days, [](const LabelDay& day) { return !is_label_day(day); });
  return days;
}

LocalModel local_model(const CommandContext& context, const Archive& archive, const State& state,
                       const Cutoffs& cutoffs, std::vector<LabelDay> days) {
  for_each_parallel(days.size(), context.jobs(),
                    [&](std::size_t i, std::size_t) { read_features(archive, state, days[i]); });
  return learn(days, cutoffs.relevance);
}

ReadDay read_locally(const CommandContext& context, const LocalScorer& scorer, Date date,
                     const std::vector<Paper>& papers) {
  ReadDay day{date, std::vector<PaperText>(papers.size())};
  for_each_parallel(papers.size(), context.jobs(),
                    [&](std::size_t i, std::size_t) { day.papers[i] = scorer.read(papers[i]); });
  return day;
}

std::vector<ReadDay> recent_days(const CommandContext& context, const Archive& archive, const State& state,
                                 const LocalScorer& scorer, Date date) {
  std::set<Date> dates;
  for (const Date each : state.candidate_dates()) dates.insert(each);
  if (const auto recorded = archive.dates()) dates.insert(recorded->begin(), recorded->end());
  std::vector<ReadDay> days;
  for (const Date each : dates)
    if (each < date && each >= date - days_of_background) days.push_back({each, {}});
  for_each_parallel(days.size(), context.jobs(), [&](std::size_t i, std::size_t) {
    PapersById papers;
    if (auto kept = kept_candidates(state, days[i].date)) {
      for (Paper& paper : kept->papers) papers.emplace(paper.id, std::move(paper));
    } else {
      PastDay past = past_day(archive, state, days[i].date);
      if (past.has_all) papers = std::move(past.papers);
      days[i].is_whole = past.is_whole;
    }
    for (const auto& [id, paper] : papers) days[i].papers.push_back(scorer.read(paper));
  });
  std::erase_if(days, [](const ReadDay& day) { return day.papers.empty(); });
  return days;
}

}  // namespace daybook
