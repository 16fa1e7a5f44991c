// candidates -> existing record -> local scores -> routing -> scoring task.
#include "pipeline/day_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "authors/names.h"
#include "core/text.h"
#include "guard/sanitize_for_prompt.h"
#include "llm/cost.h"
#include "paper/withdrawn.h"
#include "pipeline/learning.h"

namespace daybook {

namespace {

bool scores_all(const std::map<std::string, Score>& scores, const std::vector<Paper>& papers) {
  return std::all_of(papers.begin(), papers.end(), [&](const Paper& paper) { return scores.count(paper.id) != 0; });
}

// It is not paid again, whatever changed since.
bool is_settled(const RunContext& run, const ExistingRecord& existing, const std::vector<Paper>& papers) {
  return run.llm.endpoint && existing.day.status == Status::complete && existing.day.cut_off.empty() &&
         scores_all(existing.scores(), papers);
}

// Local scores depend on the candidates of the weeks before. Where state/ is gone, so are those: the same papers would
// be scored otherwise, though nobody has edited anything.
bool is_kept_without_state(const RunContext& run, const ExistingRecord& existing, const Candidates& candidates) {
  const bool same_papers = existing.day.cut_off == candidates.day.cut_off &&
                           existing.day.counts.scanned == static_cast<int>(candidates.papers.size());
  return !run.llm.endpoint && !run.evidence.knows_before && same_papers &&
         scores_all(existing.scores(), candidates.papers);
}

// With what is learned from the LLM's past decisions; parallel to the papers.
std::vector<Score> local_scores(const RunContext& run, const Candidates& candidates, std::vector<LabelDay>& labels) {
  const Date date = candidates.day.date;
  const LocalScorer scorer(interests_on(run.settings.interests, date));
  std::vector<Paper> papers = candidates.papers;  // by id: the order in which they came says nothing
  std::sort(papers.begin(), papers.end(), [](const Paper& a, const Paper& b) { return a.id < b.id; });
  const LocalModel model = local_model(run, run.archive, run.state, run.settings.interests.cutoffs, labels);
  const std::vector<ReadDay> recent = recent_days(run, run.archive, run.state, scorer, date);
  std::vector<Score> by_id =
      scorer.score(read_locally(run, scorer, date, papers).papers, {recent, run.evidence.tasted, &model});
  std::map<std::string, Score> scores;
  for (std::size_t i = 0; i < papers.size(); ++i) scores.insert_or_assign(papers[i].id, std::move(by_id[i]));
  std::vector<Score> in_order;
  for (const Paper& paper : candidates.papers) in_order.push_back(scores.at(paper.id));
  return in_order;
}

void decide_policy(const RunContext& run, DayPlan& plan, const std::vector<LabelDay>& labels) {
  const Date date = plan.candidates.day.date;
  const Date since = run.evidence.snapshot.since;
  plan.explore = run.settings.scoring.explore;
  // What was discarded by other interests than those of now, or for another model, is not surely unwanted.
  if (plan.existing && plan.existing->day.cascade && date >= since + days_sent_in_full) {
    plan.policy.threshold = plan.existing->day.cascade->threshold;
    plan.explore = plan.existing->day.cascade->explore;
    plan.policy.certificate = plan.existing->day.cascade->certificate;
    return;
  }
  std::vector<double> local;
  for (const Score& score : plan.scores) local.push_back(score.local_score.value_or(0));
  plan.policy = where_it_pays(cascade_policy({date, since, local}, labels, run.settings.scoring), local);
}

// One that an LLM has read is not discarded any more; one that was kept from it has its threshold still.
Routing routed(const DayPlan& plan, const Exploration& exploration, const Paper& paper, const Score* earlier,
               Score& score) {
  if (earlier != nullptr && earlier->threshold) {
    score.local_score = earlier->local_score;
    score.threshold = earlier->threshold;
    if (is_explored(*earlier)) return Routing::explored;
    if (!scored_locally(*earlier)) return Routing::sent;
    // One that was drawn, and not read since the LLM failed, looks like a discarded one: the same draw tells them
    // apart.
    return route({earlier->threshold, {}}, exploration, paper, score.local_score.value_or(0));
  }
  if (earlier != nullptr && !scored_locally(*earlier)) return Routing::sent;
  score.threshold = plan.policy.threshold;
  return route(plan.policy, exploration, paper, score.local_score.value_or(0));
}

// What a run that was killed, or a backfill that waits, has asked already: its answer costs nothing any more, and may
// be a good one. It was asked about like any other: no threshold decided.
void send_what_is_paid_for(const RunContext& run, DayPlan& plan) {
  const auto journal = run.state.journal(plan.candidates.day.date);
  if (!journal) return;  // the task names it
  const std::string& scores_hash = run.llm.asked_on(plan.candidates.day.date).scores_hash;
  KeptVerdicts paid;
  for (std::size_t i = journal->ended; i < journal->calls.size(); ++i) paid.add(journal->calls[i]);
  for (std::size_t i = 0; i < plan.routing.size(); ++i) {
    const Paper& paper = plan.candidates.papers[i];
    if (plan.routing[i] != Routing::discarded ||
        paid.find({paper.id, paper.version}, Pass::scores, scores_hash, run.settings.llm.model) == nullptr)
      continue;
    plan.routing[i] = Routing::sent;
    plan.scores[i].threshold.reset();
  }
}

void route_by_cascade(const RunContext& run, DayPlan& plan) {
  const std::vector<Paper>& papers = plan.candidates.papers;
  std::vector<LabelDay> labels = label_days(run, run.archive, run.settings.interests.cutoffs, plan.candidates.day.date);
  if (!papers.empty()) plan.scores = local_scores(run, plan.candidates, labels);
  decide_policy(run, plan, labels);
  if (!plan.policy.threshold) return;
  const auto earlier = plan.existing ? plan.existing->scores() : std::map<std::string, Score>();
  for (std::size_t i = 0; i < papers.size(); ++i) {
    if (plan.routing[i] == Routing::withdrawn) continue;
    const auto known = earlier.find(papers[i].id);
    const Exploration exploration{plan.candidates.day.date, plan.explore,
                                  followed_author(papers[i], run.settings.interests.authors) != nullptr};
    plan.routing[i] =
        routed(plan, exploration, papers[i], known == earlier.end() ? nullptr : &known->second, plan.scores[i]);
  }
  send_what_is_paid_for(run, plan);
}

void route(const RunContext& run, DayPlan& plan, Reach reach) {
  for (const Paper& paper : plan.candidates.papers)
    plan.routing.push_back(is_withdrawn(paper) ? Routing::withdrawn : Routing::sent);
  if (!run.llm.endpoint) return;
  if (run.options.scorer == ScorerChoice::llm) {
    plan.policy.full = "--scorer llm was given";
  } else if (reach == Reach::full) {
    plan.policy.full = "missed days are read in full";
  } else {
    route_by_cascade(run, plan);
  }
}

// What open batches of this run's day will cost is spent.
double waiting_dollars(const RunContext& run) {
  double sum = 0;
  for (const BatchJob& batch : run.state.batch_jobs())
    if (batch.is_open() && batch.on == run.on) sum += dollars_of(batch.requests, run.llm.prices);
  return sum;
}

std::size_t count(const DayPlan& plan, Routing routing) {
  return static_cast<std::size_t>(std::count(plan.routing.begin(), plan.routing.end(), routing));
}

std::size_t count_sent(const DayPlan& plan) { return count(plan, Routing::sent) + count(plan, Routing::explored); }

// The verdicts of an LLM in a record, as if they had just been given.
LlmCall verdicts_in(const RunContext& run, const ExistingRecord& existing, const std::vector<Paper>& papers) {
  LlmCall known;
  known.prompt = run.llm.asked_on(existing.day.date).scores_hash;
  known.model = run.settings.llm.model;
  const auto scores = existing.scores();
  for (const Paper& paper : papers) {
    const auto found = scores.find(paper.id);
    if (found == scores.end()) continue;
    const Score& score = found->second;
    if (scored_locally(score) || !score.relevance || !score.novelty) continue;
    known.asked.push_back({paper.id, paper.version});
    known.verdicts.push_back({paper.id, *score.relevance, *score.novelty, score.topic, comment_of_llm(score), true});
  }
  return known;
}

Result<std::optional<ExistingRecord>> read_existing(const RunContext& run, Date date) {
  if (!run.archive.has(date)) return std::optional<ExistingRecord>();
  auto day = run.archive.read(date);
  if (!day) return day.error();
  ExistingRecord existing{std::move(*day), {}};
  if (auto others = run.archive.read_others(date)) {
    existing.others = std::move(*others);
  } else {
    run.console.warning(others.error());
  }
  return std::optional(std::move(existing));
}

}  // namespace

std::map<std::string, Score> ExistingRecord::scores() const {
  std::map<std::string, Score> scores;
  for (const auto* entries : {&day.papers, &day.near_misses})
    for (const Entry& entry : *entries) scores.emplace(entry.paper.id, entry.score);
  for (const Other& other : others) scores.emplace(other.id, other.score);
  return scores;
}

Result<DayPlan> begin_plan(const RunContext& run, Candidates candidates) {
  auto existing = read_existing(run, candidates.day.date);
  if (!existing) return existing.error();
  DayPlan plan;
  plan.candidates = std::move(candidates);
  plan.existing = std::move(*existing);
  plan.stands = plan.existing && (is_settled(run, *plan.existing, plan.candidates.papers) ||
                                  is_kept_without_state(run, *plan.existing, plan.candidates));
  return plan;
}

void complete_plan(const RunContext& run, DayPlan& plan, Reach reach) {
  const std::vector<Paper>& papers = plan.candidates.papers;
  route(run, plan, reach);
  if (!run.llm.endpoint) return;
  std::vector<Paper> sent;
  for (std::size_t i = 0; i < papers.size(); ++i)
    if (is_sent(plan.routing[i])) sent.push_back(papers[i]);
  const LlmCall recorded = plan.existing ? verdicts_in(run, *plan.existing, papers) : LlmCall();
  plan.task = scoring_task(run, plan.candidates.day.date, sent, recorded);
}

Result<DayPlan> plan_day(const RunContext& run, Candidates candidates, Reach reach) {
  auto plan = begin_plan(run, std::move(candidates));
  if (plan && !plan->stands) complete_plan(run, *plan, reach);
  return plan;
}

ScoringTask scoring_task(const RunContext& run, Date date, const std::vector<Paper>& papers, const LlmCall& recorded) {
  ScoringTask task;
  task.date = date;
  std::set<std::string> ids;
  for (const Paper& paper : papers) {
    ids.insert(paper.id);
    PromptText text = sanitize_for_prompt(paper);
    const std::string alone = paper.id + " is sent on its own";
    for (const std::string& removed : text.removed)
      task.notes.push_back(alone + ", without text that reads like an instruction to the scorer: \"" + removed + '"');
    if (text.removed.empty() && !text.suspicion.empty()) task.notes.push_back(alone + ": its text " + text.suspicion);
    // Followed authors' papers are always read, and so are those whose words can't be trusted.
    task.judged_by_title.push_back(text.suspicion.empty() &&
                                   followed_author(paper, run.settings.interests.authors) == nullptr);
    task.papers.push_back(
        {{paper.id, paper.version}, std::move(text.title), std::move(text.abstract), std::move(text.suspicion)});
  }
  auto journal = run.state.journal(date);
  if (journal) task.journal = std::move(*journal);
  if (!journal) run.console.warning(journal.error());
  Answers answers = run.state.answers(ids, date, run.on);
  task.verdicts = std::move(answers.kept);
  task.verdicts.add(recorded);
  const double budget = run.settings.llm.budget;
  if (budget > 0)
    task.budget_left = std::max(0.0, budget - dollars_of(answers.spent_on, run.llm.prices) - waiting_dollars(run));
  return task;
}

std::string endpoint_name(const RunContext& run) {
  return std::string(host_of(run.llm.endpoint->base_url)) + ' ' + run.settings.llm.model;
}

Assignment assignment_for(const RunContext& run, const ScoringTask& task, Pass pass) {
  const Llm& llm = run.llm;
  const Asked& asked = llm.asked_on(task.date);
  Assignment assignment;
  assignment.pass = pass;
  assignment.prompt = pass == Pass::titles ? asked.prompts.titles : asked.prompts.scoring;
  assignment.prompt_hash = pass == Pass::titles ? asked.prompt_hash : asked.scores_hash;
  assignment.topics = interests_on(run.settings.interests, task.date).topics;
  assignment.llm = run.settings.llm;
  assignment.endpoint = *llm.endpoint;
  assignment.schema = run.state.schema_use(endpoint_name(run));
  if (const Price* price = price_of(llm.prices, run.settings.llm.model)) assignment.price = *price;
  assignment.budget_left = task.budget_left;
  assignment.on = run.on;
  return assignment;
}

RequestScheduler make_scheduler(Assignment assignment, const ScoringTask& task, std::vector<PromptPaper> papers) {
  const auto& calls = task.journal.calls;
  const auto open = calls.begin() + static_cast<std::ptrdiff_t>(task.journal.ended);
  return {std::move(assignment), std::move(papers), task.verdicts, {open, calls.end()}};
}

std::vector<PromptPaper> papers_for_titles(const ScoringTask& task) {
  std::vector<PromptPaper> judged;
  for (std::size_t i = 0; i < task.papers.size(); ++i)
    if (task.judged_by_title[i]) judged.push_back(task.papers[i]);
  return judged;
}

std::vector<bool> left_out_by_titles(const ScoringTask& task, const std::vector<PaperOutcome>& outcome) {
  std::vector<bool> left_out(task.papers.size());
  auto judged = outcome.begin();
  for (std::size_t i = 0; i < left_out.size() && judged != outcome.end(); ++i) {
    if (!task.judged_by_title[i]) continue;
    left_out[i] = judged->verdict && !judged->verdict->keep;
    ++judged;
  }
  return left_out;
}

void fill_local_scores(const RunContext& run, DayPlan& plan) {
  if (!plan.scores.empty() || plan.candidates.papers.empty()) return;
  std::vector<LabelDay> labels = label_days(run, run.archive, run.settings.interests.cutoffs, plan.candidates.day.date);
  plan.scores = local_scores(run, plan.candidates, labels);
}

std::optional<Cascade> cascade_of(const DayPlan& plan, const std::optional<Usage>& usage) {
  if (!plan.policy.threshold) return std::nullopt;
  Cascade cascade;
  cascade.threshold = *plan.policy.threshold;
  cascade.explore = plan.explore;
  cascade.explored = static_cast<int>(count(plan, Routing::explored));
  cascade.discarded = static_cast<int>(count(plan, Routing::discarded));
  cascade.sent = static_cast<int>(count_sent(plan));
  cascade.certificate = plan.policy.certificate;
  if (usage && usage->cost && cascade.sent > 0) cascade.saved = *usage->cost / cascade.sent * cascade.discarded;
  return cascade;
}

std::string routing_words(const DayPlan& plan) {
  const std::size_t all = plan.routing.size() - count(plan, Routing::withdrawn);
  const std::string papers = counted(all, "paper", "papers");
  if (!plan.policy.threshold)
    return "the LLM is asked about all " + papers + (plan.policy.full.empty() ? "" : ": " + plan.policy.full);
  return "the LLM is asked about " + std::to_string(count_sent(plan)) + " of " + papers + ", " +
         std::to_string(count(plan, Routing::explored)) + " of them sampled from below the threshold";
}

}  // namespace daybook
