#include "pipeline/batch_plan.h"

#include <algorithm>

#include "llm/batch_api.h"
#include "llm/cost.h"
#include "llm/prompt_hash.h"
#include "pipeline/rescore.h"

namespace daybook {

namespace {

constexpr int tries_most = 2;
constexpr std::size_t handful = 20;      // papers; so few are asked about at once
constexpr double share_of_queue = 0.8;   // our counts of tokens are estimates
constexpr int side_by_side = 1'000'000;  // a batch takes all

std::string key_of(const PaperVersion& paper, Pass pass) {
  return paper.id + 'v' + std::to_string(paper.version) + (pass == Pass::titles ? " titles" : " scores");
}

int tries_for(const Submission& submission) {
  if (submission.end == end_queue_full) return 0;
  return submission.end == end_refused ? tries_most : 1;
}

int next_number(const std::vector<Submission>& submissions, Date date) {
  int number = 1;
  for (const Submission& submission : submissions)
    if (submission.date == date) number = std::max(number, submission.number + 1);
  return number;
}

}  // namespace

BatchPlanner::BatchPlanner(const RunContext& run, std::vector<Submission> submissions)
    : run_(run), submissions_(std::move(submissions)) {
  for (const Submission& submission : submissions_) {
    if (submission.is_open()) count_in_flight(submission);
    if (!submission.is_open())
      for (const Exchange& request : submission.requests)
        for (const PaperVersion& paper : request.asked) tries_[key_of(paper, request.pass)] += tries_for(submission);
    const bool tells = submission.queue_tokens > 0 && submission.endpoint == run.llm.endpoint->base_url;
    if (tells && (queue_most_ == 0 || submission.queue_tokens < queue_most_)) queue_most_ = submission.queue_tokens;
  }
}

void BatchPlanner::count_in_flight(const Submission& submission) {
  for (const Exchange& request : submission.requests) {
    queued_ += request.estimate.prompt.value_or(0);
    for (const PaperVersion& paper : request.asked) ++in_flight_[key_of(paper, request.pass)];
  }
}

BatchPlan BatchPlanner::plan(Date date) {
  BatchPlan plan;
  auto candidates = run_.archive.has(date) ? kept_papers_of(run_, date) : kept_candidates(run_.state, date);
  if (!candidates) return plan;
  leave_out_shown(run_, *candidates);
  const auto day = plan_day(run_, std::move(*candidates), Reach::full);
  plan.is_settled = day && day->stands;
  if (!day || day->stands) return plan;
  const ScoringTask& task = day->task;
  std::vector<bool> left_out(task.papers.size());
  if (run_.settings.llm.title_filter) {
    plan_pass(task, Pass::titles, papers_for_titles(task), plan);
    if (plan.waits) return plan;
    left_out = left_out_by_titles(task, asking_of(task, Pass::titles, papers_for_titles(task)).outcome());
  }
  std::vector<AskedPaper> read;
  for (std::size_t i = 0; i < left_out.size(); ++i)
    if (!left_out[i]) read.push_back(task.papers[i]);
  plan_pass(task, Pass::scores, std::move(read), plan);
  if (!plan.batches.empty())
    for (const std::string& note : task.notes) run_.console.say(note);
  return plan;
}

Asking BatchPlanner::asking_of(const ScoringTask& task, Pass pass, std::vector<AskedPaper> papers) const {
  Assignment assignment = assignment_for(run_, task, pass);
  assignment.llm.concurrency = side_by_side;
  assignment.llm.requests_per_minute = 0;
  assignment.llm.tokens_per_minute = 0;
  assignment.budget_left.reset();  // what batches may cost is reckoned here
  // No request can go ahead to find out whether the endpoint takes a schema; those that have batches do.
  if (assignment.schema == SchemaUse::unknown) assignment.schema = SchemaUse::taken;
  for (const Submission& submission : submissions_)
    if (submission.date == task.date && submission.without_schema) assignment.schema = SchemaUse::refused;
  return make_asking(std::move(assignment), task, std::move(papers));
}

// What is in flight already waits.
void BatchPlanner::plan_pass(const ScoringTask& task, Pass pass, std::vector<AskedPaper> papers, BatchPlan& plan) {
  const auto flying =
      std::erase_if(papers, [&](const AskedPaper& asked) { return in_flight_.count(key_of(asked.paper, pass)) != 0; });
  plan.waits = plan.waits || flying > 0;
  if (!money_is_known_) {
    money_ = task.budget_left;
    money_is_known_ = true;
    nothing_spent_ = money_ && *money_ >= run_.settings.llm.budget;
  }
  cut(task.date, for_a_batch(questions(asking_of(task, pass, std::move(papers)))), plan);
}

std::vector<BatchPlanner::Prepared> BatchPlanner::questions(Asking asking) const {
  std::vector<Prepared> all;
  while (auto sending = asking.next(0)) {
    sending->asked.batch = "-";  // so that it costs half; its name comes with its batch
    const double dollars = dollars_of({sending->asked}, run_.llm.prices);
    const long long tokens = sending->asked.estimate.prompt.value_or(0);
    all.push_back({std::move(*sending), tokens, dollars});
  }
  return all;
}

std::vector<BatchPlanner::Prepared> BatchPlanner::for_a_batch(std::vector<Prepared> prepared) const {
  std::size_t papers = 0;
  bool any_new = false;
  std::erase_if(prepared, [&](const Prepared& one) {
    int tries = 0;
    for (const PaperVersion& paper : one.sending.asked.asked) {
      const auto found = tries_.find(key_of(paper, one.sending.asked.pass));
      const int its_tries = found == tries_.end() ? 0 : found->second;
      any_new = any_new || its_tries == 0;
      tries = std::max(tries, its_tries);
    }
    if (tries < tries_most) papers += one.sending.asked.asked.size();
    return tries >= tries_most;
  });
  if (!any_new && papers <= handful) return {};
  return prepared;
}

bool BatchPlanner::has_room(const Prepared& prepared, BatchPlan& plan) {
  if (money_ && prepared.dollars > *money_) {
    if (nothing_spent_) return false;  // nor will it be enough on another day: the ordinary way says so
    out_of_budget_ = plan.waits = true;
    return false;
  }
  const auto most = static_cast<long long>(static_cast<double>(queue_most_) * share_of_queue);
  if (queue_most_ > 0 && queued_ > 0 && queued_ + prepared.tokens > most) {
    queue_is_full_ = plan.waits = true;
    return false;
  }
  return true;
}

void BatchPlanner::cut(Date date, const std::vector<Prepared>& prepared, BatchPlan& plan) {
  PlannedBatch batch;
  const auto finish = [&] {
    if (!batch.submission.requests.empty()) add(std::move(batch), plan);
    batch = {};
  };
  for (const Prepared& one : prepared) {
    if (!has_room(one, plan)) break;
    Submission& submission = batch.submission;
    const std::size_t bytes = batch.lines.size() + one.sending.request.body.size() + 200;
    if (submission.requests.size() >= batch_requests_max || bytes > batch_bytes_max) finish();
    submission.date = date;
    submission.number = next_number(submissions_, date);
    Exchange request = one.sending.asked;
    request.batch = submission.name() + '/' + std::to_string(submission.requests.size() + 1);
    batch.lines += batch_line(request.batch, one.sending.request);
    submission.requests.push_back(std::move(request));
    queued_ += one.tokens;
    if (money_) *money_ -= one.dollars;
    nothing_spent_ = nothing_spent_ && one.dollars == 0;
  }
  finish();
}

void BatchPlanner::add(PlannedBatch batch, BatchPlan& plan) {
  Submission& submission = batch.submission;
  submission.on = run_.on;
  submission.endpoint = run_.llm.endpoint->base_url;
  submission.token = submission.name() + ' ' + prompt_hash(batch.lines);
  for (const Exchange& request : submission.requests)
    for (const PaperVersion& paper : request.asked) ++in_flight_[key_of(paper, request.pass)];
  submissions_.push_back(submission);
  plan.batches.push_back(std::move(batch));
  plan.waits = true;
}

}  // namespace daybook
