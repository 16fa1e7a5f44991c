#include "pipeline/triage.h"

#include <algorithm>

#include "authors/names.h"
#include "core/text.h"
#include "paper/withdrawn.h"
#include "pipeline/feedback.h"

namespace daybook {

namespace {

std::vector<Score> local_scores(const CommandContext& context, const Settings& settings, const State& state,
                                const Learned& learned, const Candidates& candidates, std::vector<LabelDay>& labels) {
  const Date date = candidates.day.date;
  const LocalScorer scorer(settings.interests);
  ReadLocally read = read_locally(context, scorer, date, candidates.papers);
  const LocalModel model = local_model(context, learned.archive, state, settings.interests.cutoffs, labels);
  score_day_locally(read.scores, read.day, unlabelled_days(context, state, scorer, date), learned.tasted, model);
  std::vector<Score> scores(read.scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) scores[read.order[i]] = std::move(read.scores[i]);
  return scores;
}

Sieve sieve_of(const CommandContext& context, const Settings& settings, const Llm& llm, const Learned& learned,
               Date date, const std::vector<LabelDay>& labels, const std::vector<Score>& scores, Reach reach) {
  if (!llm.endpoint) return {};
  if (context.options.scorer == ScorerChoice::llm) return {std::nullopt, "--scorer llm was given"};
  if (reach == Reach::full) return {std::nullopt, "a day that is caught up with is read in full"};
  std::vector<double> local;
  for (const Score& score : scores) local.push_back(score.local_score.value_or(0));
  return where_it_pays(sieve_for(date, learned.in_force.since, labels, settings.scoring.target_recall), local);
}

// One that an LLM has read is not discarded any more; one that was kept from it has its threshold still.
Fate decide(Triage& triage, const Draw& draw, const Paper& paper, const Score* earlier, std::size_t i) {
  Score& score = triage.scores[i];
  if (earlier != nullptr && earlier->threshold) {
    score.local_score = earlier->local_score;
    score.threshold = earlier->threshold;
    if (is_explored(*earlier)) return Fate::explored;
    if (!scored_locally(*earlier)) return Fate::sent;
    // One that was drawn, and not read since the LLM failed, looks like a discarded one: the same draw tells them
    // apart.
    return fate_of({earlier->threshold, {}}, draw, paper, score.local_score.value_or(0));
  }
  if (earlier != nullptr && !scored_locally(*earlier)) return Fate::sent;
  score.threshold = triage.sieve.threshold;
  return fate_of(triage.sieve, draw, paper, score.local_score.value_or(0));
}

// What a run that was killed, or a backfill that waits, has asked the LLM already.
KeptVerdicts paid_for(const State& state, Date date) {
  KeptVerdicts paid;
  const auto journal = state.journal(date);
  if (!journal) return paid;  // asking names it
  for (std::size_t i = journal->ended; i < journal->exchanges.size(); ++i) paid.add(journal->exchanges[i]);
  return paid;
}

// Its answer costs nothing any more, and may be a good one. It was asked about like any other: no threshold decided.
void send_what_is_paid_for(Triage& triage, const Settings& settings, const Llm& llm, const State& state,
                           const Candidates& candidates) {
  const KeptVerdicts paid = paid_for(state, candidates.day.date);
  for (std::size_t i = 0; i < triage.fates.size(); ++i) {
    const Paper& paper = candidates.papers[i];
    if (triage.fates[i] != Fate::discarded ||
        paid.find({paper.id, paper.version}, Pass::scores, llm.scores_hash, settings.llm.model) == nullptr)
      continue;
    triage.fates[i] = Fate::sent;
    triage.scores[i].threshold.reset();
  }
}

std::size_t count(const Triage& triage, Fate fate) {
  return static_cast<std::size_t>(std::count(triage.fates.begin(), triage.fates.end(), fate));
}

std::size_t count_sent(const Triage& triage) {
  return static_cast<std::size_t>(std::count_if(triage.fates.begin(), triage.fates.end(), is_sent));
}

}  // namespace

std::optional<InForce> known_in_force(const CommandContext& context) {
  auto kept = kept_in_force(context.options.state);
  if (kept) return std::move(*kept);
  context.console.warning(kept.error());
  return std::nullopt;
}

Learned learned_of(const CommandContext& context, const Settings& settings, const Llm& llm, const Archive& archive,
                   PoliteClient* arxiv, Date on) {
  Errors faults;
  const Feedback feedback = read_feedback(context, faults);
  warn_of_feedback(context, faults);
  const auto before = known_in_force(context);
  Learned learned{archive, {}, in_force_after(before, settings, llm.scores_hash, on), before.has_value()};
  for (const Taste& taste : tastes(context, settings.arxiv, feedback, on, arxiv))
    learned.tasted.push_back({Featurizer().read(taste.paper), taste.liked});
  return learned;
}

Triage triage(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
              const Learned& learned, const Candidates& candidates, const std::optional<Holder>& holder, Reach reach) {
  const Date date = candidates.day.date;
  Triage triage;
  std::vector<LabelDay> labels = label_days(context, learned.archive, settings.interests.cutoffs, date);
  if (!candidates.papers.empty()) triage.scores = local_scores(context, settings, state, learned, candidates, labels);
  triage.explore = settings.scoring.explore;
  triage.sieve = sieve_of(context, settings, llm, learned, date, labels, triage.scores, reach);
  const bool all = context.options.scorer == ScorerChoice::llm || reach == Reach::full;
  // What was discarded by other interests than those of now, or for another model, is not surely unwanted.
  const bool decided_alike = date >= learned.in_force.since + days_sent_in_full;
  if (holder && holder->day.cascade && llm.endpoint && !all && decided_alike) {
    triage.sieve = {holder->day.cascade->threshold, {}};
    triage.explore = holder->day.cascade->explore;
  }
  const EarlierScores earlier = earlier_scores(holder);
  for (std::size_t i = 0; i < candidates.papers.size(); ++i) {
    const auto known = earlier.find(candidates.papers[i].id);
    const Score* score = known == earlier.end() ? nullptr : &known->second;
    const Paper& paper = candidates.papers[i];
    const Draw draw{date, triage.explore, followed_author(paper, settings.interests.authors) != nullptr};
    triage.fates.push_back(is_withdrawn(paper)      ? Fate::withdrawn
                           : triage.sieve.threshold ? decide(triage, draw, paper, score, i)
                                                    : Fate::sent);
  }
  if (triage.sieve.threshold) send_what_is_paid_for(triage, settings, llm, state, candidates);
  return triage;
}

std::vector<Paper> sent_papers(const Triage& triage, const std::vector<Paper>& papers) {
  std::vector<Paper> sent;
  for (std::size_t i = 0; i < papers.size(); ++i)
    if (is_sent(triage.fates[i])) sent.push_back(papers[i]);
  return sent;
}

std::optional<Cascade> cascade_of(const Triage& triage, const std::optional<Usage>& usage) {
  if (!triage.sieve.threshold) return std::nullopt;
  Cascade cascade;
  cascade.threshold = *triage.sieve.threshold;
  cascade.explore = triage.explore;
  cascade.explored = static_cast<int>(count(triage, Fate::explored));
  cascade.discarded = static_cast<int>(count(triage, Fate::discarded));
  cascade.sent = static_cast<int>(count_sent(triage));
  if (usage && usage->cost && cascade.sent > 0) cascade.saved = *usage->cost / cascade.sent * cascade.discarded;
  return cascade;
}

std::string triage_words(const Triage& triage) {
  const std::size_t all = triage.fates.size() - count(triage, Fate::withdrawn);
  const std::string papers = counted(all, "paper", "papers");
  if (!triage.sieve.threshold)
    return "the LLM is asked about all " + papers + (triage.sieve.full.empty() ? "" : ": " + triage.sieve.full);
  return "the LLM is asked about " + std::to_string(count_sent(triage)) + " of " + papers + ", " +
         std::to_string(count(triage, Fate::explored)) + " of them drawn from below the threshold";
}

}  // namespace daybook
