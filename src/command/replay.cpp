// daybook replay: what the scorer would have done on days of which an LLM's decisions are known, day by day, each
// before its labels are seen.
#include "command/world.h"

#include <algorithm>
#include <cstdio>

#include "outside/disk.h"
#include "outside/gzip.h"
#include "outside/parallel.h"
#include "score/cascade.h"
#include "score/labelled.h"
#include "score/local.h"
#include "score/local_day.h"

namespace daybook {

namespace {

Result<std::vector<LabelledDay>> read_days(const std::string& path) {
  const auto text = read_file_unpacked(path);
  if (!text) return text.error();
  Errors errors;
  auto days = read_labelled(*text, path, errors);
  if (!errors.empty()) return errors.front();
  return days;
}

class Replay {
 public:
  Replay(const World& world, const Settings& settings)
      : world_(world), settings_(settings), scorer_(settings.interests) {}

  // Learned from, with all labels, before anything is told. What they would have scored is asked only of the last days,
  // from which the threshold is taken.
  void warm_up(const LabelledDay& day, bool is_late) {
    if (is_late) return learn_from(day, scored(day), Labels::all);
    note_model(day);
    unlabelled_.push_back(read(day).first);
    learn_from(day, {}, Labels::all);
  }

  // A line for each paper: date, id, score, sent.
  std::string play(const LabelledDay& day) {
    const std::vector<Score> scores = scored(day);
    std::string lines;
    for (std::size_t i = 0; i < day.papers.size(); ++i) {
      char score[16];
      std::snprintf(score, sizeof score, "%.4f", *scores[i].local_score);
      const bool sent = fate_of(sieve_, day.date, day.papers[i].paper.id, *scores[i].local_score,
                                settings_.scoring.explore) != Fate::discarded;
      lines += day.date.iso() + '\t' + day.papers[i].paper.id + '\t' + score + '\t' + (sent ? "1" : "0") + '\n';
    }
    learn_from(day, scores, world_.options.labels);
    return lines;
  }

 private:
  // By topic text alone.
  std::pair<UnlabelledDay, std::vector<Score>> read(const LabelledDay& day) {
    UnlabelledDay today{day.date, {}, {}};
    std::vector<Score> scores(day.papers.size());
    today.features.resize(scores.size());
    std::vector<Featurizer> featurizers(static_cast<std::size_t>(world_.jobs()));
    for_each_parallel(scores.size(), world_.jobs(), [&](std::size_t i, std::size_t worker) {
      scores[i] = scorer_.score(day.papers[i].paper);
      today.features[i] = featurizers[worker].read(day.papers[i].paper);
    });
    for (const Score& score : scores) today.lexical.push_back(*score.local_score);
    return {std::move(today), std::move(scores)};
  }

  std::vector<Score> scored(const LabelledDay& day) {
    note_model(day);
    auto [today, scores] = read(day);
    forget(day.date);
    score_day_locally(scores, today, unlabelled_, learn(labels_, settings_.interests.cutoffs.relevance));
    sieve_ = sieve_for(day.date, since_.value_or(day.date), labels_,
                       {settings_.scoring.target_recall, settings_.scoring.explore});
    unlabelled_.push_back(std::move(today));
    return scores;
  }

  // Another model is a change, after which everything is sent for a while.
  void note_model(const LabelledDay& day) {
    const std::string model = day.papers.empty() ? "" : day.papers.front().model;
    if (model == model_ && since_) return;
    model_ = model;
    since_ = day.date;
  }

  void learn_from(const LabelledDay& day, const std::vector<Score>& scores, Labels labels) {
    if (labels == Labels::none) return;
    LabelDay label_day{day.date, {}};
    for (std::size_t i = 0; i < day.papers.size(); ++i) {
      const LabelledPaper& paper = day.papers[i];
      Precedent precedent{unlabelled_.back().features[i], paper.selected, paper.relevance};
      if (!scores.empty()) precedent.local_score = scores[i].local_score;
      if (labels == Labels::sent) {
        const Fate fate = fate_of(sieve_, day.date, paper.paper.id, *precedent.local_score, settings_.scoring.explore);
        if (fate == Fate::discarded) continue;
        if (fate == Fate::explored) precedent.stands_for = 1 / settings_.scoring.explore;
      }
      label_day.papers.push_back(std::move(precedent));
    }
    labels_.push_back(std::move(label_day));
  }

  // What `daybook run` would not see either on that day.
  void forget(Date today) {
    std::erase_if(labels_, [&](const LabelDay& day) { return day.date < today - days_learned; });
    std::erase_if(unlabelled_, [&](const UnlabelledDay& day) { return day.date < today - days_unlabelled; });
  }

  const World& world_;
  const Settings& settings_;
  LocalScorer scorer_;
  std::vector<LabelDay> labels_;
  std::vector<UnlabelledDay> unlabelled_;
  std::string model_;
  std::optional<Date> since_;
  Sieve sieve_;
};

}  // namespace

Exit replay_command(const World& world) {
  const auto settings = load_settings(world);
  if (!settings) return exit_misuse;
  std::vector<LabelledDay> before;
  for (const std::string& path : world.options.warmups) {
    auto days = read_days(path);
    if (!days) return world.fail(days.error());
    std::move(days->begin(), days->end(), std::back_inserter(before));
  }
  const auto days = read_days(world.options.labelled);
  if (!days) return world.fail(days.error());
  std::stable_sort(before.begin(), before.end(),
                   [](const LabelledDay& a, const LabelledDay& b) { return a.date < b.date; });
  Replay replay(world, *settings);
  Progress progress(world.console, "replaying", before.size() + days->size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    replay.warm_up(before[i], i + days_measured >= before.size());
    progress.advance();
  }
  std::string lines;
  for (const LabelledDay& day : *days) {
    lines += replay.play(day);
    progress.advance();
  }
  if (const auto wrote = write_atomically(world.options.scores_file, lines); !wrote) return world.fail(wrote.error());
  return exit_done;
}

}  // namespace daybook
