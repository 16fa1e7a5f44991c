#include "pipeline/learning.h"

#include <algorithm>
#include <map>
#include <numeric>

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

// Where one paper's abstract is lost, the others' must not tell them from it.
void read_features(const Archive& archive, const State& state, LabelDay& label_day) {
  const auto day = archive.read(label_day.date);
  if (!day) return;
  PapersById papers = papers_of(state, *day);
  bool all = true;
  if (const auto others = archive.read_others(label_day.date)) {
    for (const Other& other : *others) {
      Paper paper;
      paper.title = other.title;
      paper.categories = other.categories;
      all = !papers.emplace(other.id, std::move(paper)).second && all;
    }
  }
  for (JudgedPaper& judged : label_day.papers) {
    const auto paper = papers.find(judged.id);
    if (paper == papers.end()) continue;
    if (!all) paper->second.abstract.clear();
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

ReadLocally read_locally(const CommandContext& context, const LocalScorer& scorer, Date date,
                         const std::vector<Paper>& papers) {
  ReadLocally read;
  read.order.resize(papers.size());
  std::iota(read.order.begin(), read.order.end(), std::size_t{0});
  std::sort(read.order.begin(), read.order.end(),
            [&](std::size_t a, std::size_t b) { return papers[a].id < papers[b].id; });
  read.day.date = date;
  read.day.features.resize(papers.size());
  read.scores.resize(papers.size());
  for_each_parallel(papers.size(), context.jobs(), [&](std::size_t i, std::size_t) {
    const Paper& paper = papers[read.order[i]];
    read.scores[i] = scorer.score(paper);
    read.day.features[i] = features_of(paper);
  });
  for (const Score& score : read.scores) read.day.lexical.push_back(*score.local_score);
  return read;
}

std::vector<UnlabelledDay> unlabelled_days(const CommandContext& context, const State& state, const LocalScorer& scorer,
                                           Date date) {
  std::vector<Date> dates = state.candidate_dates();
  std::erase_if(dates, [&](Date each) { return each >= date || each < date - days_unlabelled; });
  std::sort(dates.begin(), dates.end());
  std::vector<std::optional<Candidates>> kept(dates.size());
  for_each_parallel(dates.size(), context.jobs(),
                    [&](std::size_t i, std::size_t) { kept[i] = kept_candidates(state, dates[i]); });
  std::vector<UnlabelledDay> days;
  for (std::size_t i = 0; i < dates.size(); ++i)
    if (kept[i] && !kept[i]->papers.empty())
      days.push_back(read_locally(context, scorer, dates[i], kept[i]->papers).day);
  return days;
}

}  // namespace daybook
