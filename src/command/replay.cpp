// daybook replay: what the scorer would have done on days of which an LLM's decisions are known, day by day, each
// before its labels are seen.
#include <algorithm>
#include <cstdio>

#include "authors/names.h"
#include "command/command.h"
#include "command/load.h"
#include "pipeline/learning.h"
#include "platform/disk.h"
#include "platform/gzip.h"
#include "rank/cascade.h"
#include "rank/labelled.h"
#include "rank/local.h"
#include "taste/feedback.h"

namespace daybook {

namespace {

// Faults go to `errors`, all of them.
std::vector<LabelledDay> read_days(const std::string& path, Errors& errors) {
  const auto text = read_file_unpacked(path);
  if (!text) {
    errors.push_back(text.error());
    return {};
  }
  auto days = read_labelled(*text, path, errors);
  // As everything is learned from.
  for (LabelledDay& day : days)
    std::sort(day.papers.begin(), day.papers.end(),
              [](const LabelledPaper& a, const LabelledPaper& b) { return a.paper.id < b.paper.id; });
  return days;
}

std::string percent(double part, double of) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f %%", of == 0 ? 0.0 : 100 * part / of);
  return text;
}

// What became of all papers.
class Tally {
 public:
  void add(bool selected, bool sent, double score) {
    (selected ? selected_ : rejected_).push_back(score);
    sent_ += sent ? 1 : 0;
    sent_selected_ += sent && selected ? 1 : 0;
  }

  std::string words() const {
    const auto selected = static_cast<double>(selected_.size());
    return counted(selected_.size() + rejected_.size(), "paper", "papers") + ", " + std::to_string(selected_.size()) +
           " selected; " + percent(sent_, selected + static_cast<double>(rejected_.size())) + " sent, " +
           percent(sent_selected_, selected) + " of the selected; a selected paper stands above a rejected one in " +
           percent(pairs_in_order(), selected * static_cast<double>(rejected_.size())) + " of all pairs";
  }

 private:
  // Equal scores are half in order.
  double pairs_in_order() const {
    std::vector<double> rejected = rejected_;
    std::sort(rejected.begin(), rejected.end());
    double pairs = 0;
    for (const double score : selected_) {
      const auto [equal, above] = std::equal_range(rejected.begin(), rejected.end(), score);
      pairs += static_cast<double>(equal - rejected.begin()) + static_cast<double>(above - equal) / 2;
    }
    return pairs;
  }

  std::vector<double> selected_, rejected_;
  double sent_ = 0;
  double sent_selected_ = 0;
};

class Replay {
 public:
  Replay(const CommandContext& context, const Settings& settings)
      : world_(context), settings_(settings), scorer_(settings.interests) {
    Errors faults;
    const Feedback feedback = read_feedback(context, faults);
    warn_of_feedback(context, faults);
    tasted_ = read_tastes(tastes(context, settings.arxiv, feedback, Date(), nullptr));
  }

  // Learned from, with all labels, before anything is told. What they would have scored is asked only of those from
  // which the threshold is taken.
  void warm_up(const LabelledDay& day, bool is_late) {
    if (is_late) return learn_from(day, scored(day), known_before());
    note_model(day);
    forget(day.date);
    recent_.push_back(read(day));
    learn_from(day, {}, known_before());
  }

  std::string summary() const { return tally_.words(); }

  // A line for each paper: date, id, score, sent.
  std::string play(const LabelledDay& day) {
    const std::vector<Score> scores = scored(day);
    std::string lines;
    for (std::size_t i = 0; i < day.papers.size(); ++i) {
      char score[16];
      std::snprintf(score, sizeof score, "%.4f", *scores[i].local_score);
      const bool sent = routing(day, i, scores[i]) != Routing::discarded;
      tally_.add(day.papers[i].selected, sent, *scores[i].local_score);
      lines += day.date.iso() + '\t' + day.papers[i].paper.id + '\t' + score + '\t' + (sent ? "1" : "0") + '\n';
    }
    learn_from(day, scores, world_.options.labels);
    return lines;
  }

 private:
  Labels known_before() const { return world_.options.labels == Labels::none ? Labels::none : Labels::all; }

  ReadDay read(const LabelledDay& day) {
    std::vector<Paper> papers;
    for (const LabelledPaper& paper : day.papers) papers.push_back(paper.paper);
    return read_locally(world_, scorer_, day.date, papers);
  }

  std::vector<Score> scored(const LabelledDay& day) {
    note_model(day);
    ReadDay today = read(day);
    forget(day.date);
    const LocalModel model = learn(labels_, settings_.interests.cutoffs.relevance);
    std::vector<Score> scores = scorer_.score(today.papers, {recent_, tasted_, &model});
    std::vector<double> local;
    for (const Score& score : scores) local.push_back(*score.local_score);
    policy_ =
        where_it_pays(cascade_policy({day.date, since_.value_or(day.date), local}, labels_, settings_.scoring), local);
    recent_.push_back(std::move(today));
    return scores;
  }

  Routing routing(const LabelledDay& day, std::size_t i, const Score& score) const {
    const Paper& paper = day.papers[i].paper;
    const bool is_followed = followed_author(paper, settings_.interests.authors) != nullptr;
    return route(policy_, {day.date, settings_.scoring.explore, is_followed}, paper, *score.local_score);
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
      JudgedPaper judged{paper.paper.id, recent_.back().papers[i].features, paper.selected, paper.relevance};
      if (!scores.empty()) judged.local_score = scores[i].local_score;
      if (labels == Labels::sent) {
        const Routing decided = routing(day, i, scores[i]);
        if (decided == Routing::discarded) {
          label_day.discarded.push_back(*judged.local_score);
          continue;
        }
        if (decided == Routing::explored) judged.sample_weight = 1 / settings_.scoring.explore;
      }
      label_day.papers.push_back(std::move(judged));
    }
    if (is_label_day(label_day)) labels_.push_back(std::move(label_day));
  }

  // What `daybook run` would not see either on that day.
  void forget(Date today) {
    std::erase_if(labels_, [&](const LabelDay& day) { return day.date < today - days_learned; });
    std::erase_if(recent_, [&](const ReadDay& day) { return day.date < today - days_of_background; });
  }

  const CommandContext& world_;
  const Settings& settings_;
  LocalScorer scorer_;
  std::vector<LabelDay> labels_;
  std::vector<ReadDay> recent_;
  std::vector<Tasted> tasted_;
  std::string model_;
  std::optional<Date> since_;
  CascadePolicy policy_;
  Tally tally_;
};

std::string files_of(const Options& options) {
  std::string names;
  for (const std::string& path : options.warmups) names += path + ", ";
  return names + options.labelled;
}

// Each day once, and none that is learned from before it is played.
Errors faults_of(const std::vector<LabelledDay>& before, const std::vector<LabelledDay>& days, const Options& options) {
  Errors errors;
  for (std::size_t i = 1; i < before.size(); ++i)
    if (before[i].date == before[i - 1].date)
      errors.push_back({Kind::misuse,
                        {files_of(options)},
                        before[i].date.iso() + " is in two warm-up files",
                        "remove it from one of them"});
  if (!before.empty() && !days.empty() && before.back().date >= days.front().date)
    errors.push_back(
        {Kind::misuse,
         {files_of(options)},
         "the warm-up ends on " + before.back().date.iso() + ", but the replay begins on " + days.front().date.iso(),
         "warm up only with earlier days"});
  return errors;
}

// The scores must not take the place of what they are made from.
std::optional<Error> overwrites(const Options& options) {
  const bool is_input = options.scores_file == options.labelled ||
                        std::count(options.warmups.begin(), options.warmups.end(), options.scores_file) > 0;
  if (!is_input) return std::nullopt;
  return Error{Kind::misuse, {options.scores_file}, "--scores names an input file", "give it another name"};
}

}  // namespace

Exit replay_command(const CommandContext& context) {
  const auto settings = load_settings(context);
  if (!settings) return exit_misuse;
  if (const auto fault = overwrites(context.options)) return context.fail(*fault);
  std::vector<LabelledDay> before;
  Errors errors;
  for (const std::string& path : context.options.warmups) {
    auto days = read_days(path, errors);
    std::move(days.begin(), days.end(), std::back_inserter(before));
  }
  const std::vector<LabelledDay> days = read_days(context.options.labelled, errors);
  if (!errors.empty()) return context.fail(errors);
  std::stable_sort(before.begin(), before.end(),
                   [](const LabelledDay& a, const LabelledDay& b) { return a.date < b.date; });
  if (errors = faults_of(before, days, context.options); !errors.empty()) return context.fail(errors);
  Replay replay(context, *settings);
  Progress progress(context.console, "replaying", before.size() + days.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    replay.warm_up(before[i], !days.empty() && before[i].date >= days.front().date - days_learned);
    progress.advance();
  }
  std::string lines;
  for (const LabelledDay& day : days) {
    lines += replay.play(day);
    progress.advance();
  }
  if (const auto wrote = write_atomically(context.options.scores_file, lines); !wrote)
    return context.fail(wrote.error());
  context.console.say(replay.summary());
  return exit_done;
}

}  // namespace daybook
