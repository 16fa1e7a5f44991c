// A look at what is under way -> replies into the journals -> new batches of what is left.
#include "pipeline/execute_batch.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "llm/batch_api.h"
#include "llm/cost.h"
#include "llm/prompt_hash.h"
#include "pipeline/candidates.h"
#include "pipeline/day_plan.h"
#include "pipeline/run_context.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "site/links.h"

namespace daybook {

namespace {

constexpr int sends_most = 3;
constexpr int pages_most = 10;
constexpr double look_again = 1;  // seconds, at the latest

bool may_pass(const Result<Response>& response) {
  if (!response) return response.error().kind == Kind::later;
  return response->status == 429 || response->status >= 500;
}

// A request that makes something is sent once: without an answer it may have been made all the same.
enum class Retry { no, yes };

/// BatchEndpoint asks what llm/batch_api.h says, side by side, and again where that may help.
class BatchEndpoint {
 public:
  explicit BatchEndpoint(const RunContext& run)
      : endpoint_(*run.llm.endpoint), at_once_(std::max(run.settings.llm.concurrency, 1)) {}

  const Endpoint& endpoint() const { return endpoint_; }

  // What `read` (read_batch() and its like) makes of each reply; parallel to the requests.
  template <typename Read>
  auto ask(const std::vector<Request>& requests, Retry retry, Read read) {
    std::vector<decltype(read(std::declval<Result<Response>>(), endpoint_))> outcomes;
    for (const auto& response : send(requests, retry)) outcomes.push_back(read(response, endpoint_));
    return outcomes;
  }

  // The newest thousand batches by our tokens; asked for once, and before any is made.
  BatchOutcome<std::map<std::string, BatchState>> by_token() {
    if (by_token_) return *by_token_;
    std::map<std::string, BatchState> found;
    std::string after;
    for (int page = 0; page < pages_most; ++page) {
      auto outcome = ask({list_request(endpoint_, after)}, Retry::yes, read_batch_list).front();
      if (auto* none = std::get_if<NoBatches>(&outcome)) return std::move(*none);
      if (auto* error = std::get_if<Error>(&outcome)) return std::move(*error);
      auto& list = std::get<BatchList>(outcome);
      for (BatchState& batch : list.batches)
        if (!batch.token.empty()) found.emplace(batch.token, batch);
      after = list.next;
      if (after.empty()) break;
    }
    by_token_ = found;
    return found;
  }

 private:
  void send_once(const std::vector<Request>& requests, const std::vector<std::size_t>& which,
                 std::vector<Result<Response>>& responses) {
    std::size_t next = 0;
    std::size_t ended = 0;
    while (ended < which.size()) {
      for (; next < which.size() && next - ended < static_cast<std::size_t>(at_once_); ++next)
        requests_.start(static_cast<int>(which[next]), requests[which[next]]);
      if (auto one = requests_.wait(look_again)) {
        responses[static_cast<std::size_t>(one->number)] = std::move(one->result);
        ++ended;
      }
    }
  }

  std::vector<Result<Response>> send(const std::vector<Request>& requests, Retry retry) {
    std::vector<Result<Response>> responses(requests.size(), Result<Response>(Error{}));
    std::vector<std::size_t> which(requests.size());
    std::iota(which.begin(), which.end(), std::size_t{0});
    for (int tries = 1; !which.empty(); ++tries) {
      send_once(requests, which, responses);
      std::erase_if(which, [&](std::size_t i) { return !may_pass(responses[i]); });
      if (which.empty() || retry == Retry::no || tries == sends_most) break;
      sleep_seconds(tries);
    }
    return responses;
  }

  const Endpoint& endpoint_;
  int at_once_;
  HttpMulti requests_;
  std::optional<std::map<std::string, BatchState>> by_token_;
};

constexpr int tries_most = 2;
constexpr std::size_t handful = 20;      // papers; so few are asked about at once
constexpr double share_of_queue = 0.8;   // our counts of tokens are estimates
constexpr int side_by_side = 1'000'000;  // a batch takes all

std::string key_of(const PaperVersion& paper, Pass pass) {
  return paper.id + 'v' + std::to_string(paper.version) + (pass == Pass::titles ? " titles" : " scores");
}

int tries_for(const BatchJob& job) {
  if (job.end == end_queue_full) return 0;
  return job.end == end_refused ? tries_most : 1;
}

int next_number(const std::vector<BatchJob>& jobs, Date date) {
  int number = 1;
  for (const BatchJob& job : jobs)
    if (job.date == date) number = std::max(number, job.number + 1);
  return number;
}

struct PlannedBatch {
  BatchJob job;       // without an id: it is not made yet
  std::string lines;  // of its file
};

struct BatchPlan {
  std::vector<PlannedBatch> batches;
  bool is_settled = false;  // the LLM has said all that there is to say of the day
  bool waits = false;       // the day has papers in open batches, or that have to wait for money or room
};

/// BatchPlanner decides which of a day's papers go into a batch now: the questions that the ordinary way would ask, in
/// files that the endpoint takes, the budget bears, and its queue has room for.
///
/// What batches left unanswered goes into a second one where it is more than a handful, and is then left to the
/// ordinary way; so is at once what a batch was refused for.
class BatchPlanner {
 public:
  BatchPlanner(const RunContext& run, std::vector<BatchJob> jobs) : run_(run), jobs_(std::move(jobs)) {
    for (const BatchJob& job : jobs_) {
      if (job.is_open()) count_in_flight(job);
      if (!job.is_open())
        for (const LlmCall& request : job.requests)
          for (const PaperVersion& paper : request.asked) tries_[key_of(paper, request.pass)] += tries_for(job);
      const bool tells = job.queue_tokens > 0 && job.endpoint == run.llm.endpoint->base_url;
      if (tells && (queue_most_ == 0 || job.queue_tokens < queue_most_)) queue_most_ = job.queue_tokens;
    }
  }

  // What is planned counts for the days planned after it, as if it was made.
  BatchPlan plan(Date date) {
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
      left_out = left_out_by_titles(task, scheduler_of(task, Pass::titles, papers_for_titles(task)).outcome());
    }
    std::vector<PromptPaper> read;
    for (std::size_t i = 0; i < left_out.size(); ++i)
      if (!left_out[i]) read.push_back(task.papers[i]);
    plan_pass(task, Pass::scores, std::move(read), plan);
    if (!plan.batches.empty())
      for (const std::string& note : task.notes) run_.console.say(note);
    return plan;
  }

  bool out_of_budget() const { return out_of_budget_; }
  bool queue_is_full() const { return queue_is_full_; }

 private:
  struct Prepared {
    RequestScheduler::Sending sending;
    long long tokens = 0;
    double dollars = 0;
  };

  void count_in_flight(const BatchJob& job) {
    for (const LlmCall& request : job.requests) {
      queued_ += request.estimate.prompt.value_or(0);
      for (const PaperVersion& paper : request.asked) ++in_flight_[key_of(paper, request.pass)];
    }
  }

  RequestScheduler scheduler_of(const ScoringTask& task, Pass pass, std::vector<PromptPaper> papers) const {
    Assignment assignment = assignment_for(run_, task, pass);
    assignment.llm.concurrency = side_by_side;
    assignment.llm.requests_per_minute = 0;
    assignment.llm.tokens_per_minute = 0;
    assignment.budget_left.reset();  // what batches may cost is reckoned here
    // No request can go ahead to find out whether the endpoint takes a schema; those that have batches do.
    if (assignment.schema == SchemaUse::unknown) assignment.schema = SchemaUse::taken;
    for (const BatchJob& job : jobs_)
      if (job.date == task.date && job.without_schema) assignment.schema = SchemaUse::refused;
    return make_scheduler(std::move(assignment), task, std::move(papers));
  }

  // What is in flight already waits.
  void plan_pass(const ScoringTask& task, Pass pass, std::vector<PromptPaper> papers, BatchPlan& plan) {
    const auto flying = std::erase_if(
        papers, [&](const PromptPaper& asked) { return in_flight_.count(key_of(asked.paper, pass)) != 0; });
    plan.waits = plan.waits || flying > 0;
    if (!money_is_known_) {
      money_ = task.budget_left;
      money_is_known_ = true;
      nothing_spent_ = money_ && *money_ >= run_.settings.llm.budget;
    }
    cut(task.date, for_a_batch(questions(scheduler_of(task, pass, std::move(papers)))), plan);
  }

  std::vector<Prepared> questions(RequestScheduler scheduler) const {
    std::vector<Prepared> all;
    while (auto sending = scheduler.next(0)) {
      sending->asked.batch = "-";  // so that it costs half; its name comes with its batch
      const double dollars = dollars_of({sending->asked}, run_.llm.prices);
      const long long tokens = sending->asked.estimate.prompt.value_or(0);
      all.push_back({std::move(*sending), tokens, dollars});
    }
    return all;
  }

  std::vector<Prepared> for_a_batch(std::vector<Prepared> prepared) const {
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

  bool has_room(const Prepared& prepared, BatchPlan& plan) {
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

  void cut(Date date, const std::vector<Prepared>& prepared, BatchPlan& plan) {
    PlannedBatch batch;
    const auto finish = [&] {
      if (!batch.job.requests.empty()) add(std::move(batch), plan);
      batch = {};
    };
    for (const Prepared& one : prepared) {
      if (!has_room(one, plan)) break;
      BatchJob& job = batch.job;
      const std::size_t bytes = batch.lines.size() + one.sending.request.body.size() + 200;
      if (job.requests.size() >= batch_requests_max || bytes > batch_bytes_max) finish();
      job.date = date;
      job.number = next_number(jobs_, date);
      LlmCall request = one.sending.asked;
      request.batch = job.name() + '/' + std::to_string(job.requests.size() + 1);
      batch.lines += batch_line(request.batch, one.sending.request);
      job.requests.push_back(std::move(request));
      queued_ += one.tokens;
      if (money_) *money_ -= one.dollars;
      nothing_spent_ = nothing_spent_ && one.dollars == 0;
    }
    finish();
  }

  void add(PlannedBatch batch, BatchPlan& plan) {
    BatchJob& job = batch.job;
    job.on = run_.on;
    job.endpoint = run_.llm.endpoint->base_url;
    job.token = job.name() + ' ' + prompt_hash(batch.lines);
    for (const LlmCall& request : job.requests)
      for (const PaperVersion& paper : request.asked) ++in_flight_[key_of(paper, request.pass)];
    jobs_.push_back(job);
    plan.batches.push_back(std::move(batch));
    plan.waits = true;
  }

  const RunContext& run_;
  std::vector<BatchJob> jobs_;
  std::map<std::string, int> tries_;      // by paper and pass: batches that left it unanswered
  std::map<std::string, int> in_flight_;  // the same, of open ones
  std::optional<double> money_;           // US dollars that are left; known from the first day on
  bool money_is_known_ = false;
  bool nothing_spent_ = false;
  long long queue_most_ = 0;  // tokens that may wait; 0: not known
  long long queued_ = 0;
  bool out_of_budget_ = false;
  bool queue_is_full_ = false;
};

constexpr int days_at_most = 3;  // a batch ends within one
constexpr double seconds_between_looks = 60;

// What came back of a batch.
struct Collected {
  std::size_t answered = 0;     // requests
  std::string first_fault;      // why others were not; empty: it is not said, or all were
  bool without_schema = false;  // the endpoint refused requests, maybe for their schema
};

/// BatchReplies puts a batch's replies into its day's journal. Replies are read as those to single requests are. What
/// the journal has already, from a run that was killed here, is not written again.
class BatchReplies {
 public:
  BatchReplies(const RunContext& run, const BatchJob& job)
      : run_(run),
        job_(job),
        topics_(interests_on(run.settings.interests, job.date).topics),
        file_(run.state.journal_file(job.date)) {
    asked_.schema = "any";  // so that what may be a schema's fault is read as such
  }

  // The batch's files; empty where there is none.
  Result<Collected> collect(const std::string& output, const std::string& errors) {
    const auto journal = run_.state.journal(job_.date);
    if (!journal) return journal.error();
    for (const LlmCall& call : journal->calls) kept_.insert(call.batch);
    std::map<std::string, Result<Response>> replies;
    for (const std::string* file : {&output, &errors})
      for (BatchReply& reply : read_replies(*file, *run_.llm.endpoint))
        replies.emplace(std::move(reply.name), std::move(reply.response));
    for (const LlmCall& request : job_.requests) {
      const auto reply = replies.find(request.batch);
      if (reply == replies.end()) continue;
      const auto call = read(request, reply->second);
      if (!call) continue;
      if (auto wrote = file_.append(write_llm_call(*call)); !wrote) return wrote.error();
    }
    if (auto synced = file_.sync(); !synced) return synced.error();
    // What took others with a schema refused one for something else.
    collected_.without_schema = refused_schema_ && collected_.answered == 0;
    return collected_;
  }

 private:
  // As it is to be kept; nothing where the reply is worth nothing.
  std::optional<LlmCall> read(LlmCall request, const Result<Response>& reply) {
    const ChatOutcome outcome = read_chat(reply, *run_.llm.endpoint, asked_, system_now());
    if (const auto* fault = std::get_if<ChatFault>(&outcome)) {
      if (collected_.first_fault.empty()) collected_.first_fault = fault->what;
      refused_schema_ = refused_schema_ || fault->remedy == Remedy::without_schema;
      if (kept_.count(request.batch) != 0 || !fault->sure || !take_refusal(request, *fault)) return std::nullopt;
      return request;
    }
    ++collected_.answered;
    if (kept_.count(request.batch) != 0) return std::nullopt;
    for (const std::string& refused : take_reply(request, std::get<ChatReply>(outcome), topics_, limit_))
      run_.console.say("refused: " + refused);
    warn_of_answer(run_, run_.llm, request);
    return request;
  }

  const RunContext& run_;
  const BatchJob& job_;
  std::vector<Topic> topics_;
  JournalFile file_;
  Question asked_;
  ContextLimit limit_;
  std::set<std::string> kept_;
  Collected collected_;
  bool refused_schema_ = false;
};

/// BatchExecution looks at the batches that are under way for some days, collects those that have ended, and makes new
/// ones of what is left to ask. state/batches/ has each batch before it is made.
class BatchExecution {
 public:
  BatchExecution(const RunContext& run, const std::vector<Date>& days) : run_(run), days_(days), endpoint_(run) {}

  // Whether batches that are under way may be looked at again.
  bool step() {
    do {
      open_ = requests_ = ended_ = 0;
      adopted_ = false;
      look();
      if (submits() && !stopped_ && (first_ || any_ended_)) submit();
      first_ = any_ended_ = false;
    } while (adopted_ && !stopped_);
    return !stopped_ && open_ > 0;
  }

  InBatches outcome() {
    for (const BatchJob& job : run_.state.batch_jobs())
      if (job.is_open() && is_ours(job.date)) waiting_.insert(job.date);
    if (stopped_ && submits()) waiting_.insert(days_.begin(), days_.end());  // rather than asking at the full price
    return {waiting_.empty() ? exit_ : worse(exit_, exit_later), waiting_};
  }

  void say_how_far() const {
    if (open_ > 0)
      run_.console.say(counted(open_, "batch is", "batches are") + " under way: " + std::to_string(ended_) + " of " +
                       counted(requests_, "request", "requests") + " answered");
  }

 private:
  // Else what is under way is collected, and no more: it is paid for, whatever the settings say by now.
  bool submits() const { return run_.settings.llm.batch_api; }
  bool is_ours(Date date) const { return std::find(days_.begin(), days_.end(), date) != days_.end(); }
  // As they were, whatever is kept or forgotten meanwhile.
  template <typename Is>
  std::vector<BatchJob> jobs(Is is) const {
    std::vector<BatchJob> found = run_.state.batch_jobs();
    std::erase_if(found, [&](const BatchJob& one) { return !is(one); });
    return found;
  }

  void keep(const BatchJob& job) {
    if (const auto kept = run_.state.keep(job); !kept) stop(kept.error());
  }
  template <typename Is>
  void forget_all(Is is) {
    for (const BatchJob& job : jobs(is)) forget(job);
  }
  void forget(const BatchJob& job) {
    if (const auto forgotten = run_.state.forget(job); !forgotten) stop(forgotten.error());
  }
  void stop(const Error& error) {
    exit_ = worse(exit_, run_.fail(error));
    stopped_ = true;
  }
  void warn(const std::string& what, const std::string& hint) { run_.console.warning({Kind::failed, {}, what, hint}); }

  // Its answers are in the journal now, or there are none.
  void end(BatchJob job, const std::string& how) {
    job.end = how;
    keep(job);
    any_ended_ = true;
  }

  // What is under way, and what was, where the run was killed before it could say so.
  void look() {
    std::vector<BatchJob> asked;
    std::vector<Request> requests;
    for (BatchJob& job : jobs([&](const BatchJob& one) { return one.is_open() && is_ours(one.date); })) {
      if (stopped_) return;
      if (job.endpoint != endpoint_.endpoint().base_url) {
        if (!is_given_up(job))
          warn(job.date.iso() + " waits for a batch at " + std::string(host_of(job.endpoint)) +
                   ", which is not the current endpoint",
               "set that endpoint again, or wait: after " + std::to_string(days_at_most) +
                   " days the batch is given up");
        continue;
      }
      if (job.id.empty() && !find_again(job)) continue;
      requests.push_back(status_request(endpoint_.endpoint(), job.id));
      asked.push_back(std::move(job));
    }
    const auto states = endpoint_.ask(requests, Retry::yes, read_batch);
    for (std::size_t i = 0; i < asked.size() && !stopped_; ++i) take(asked[i], states[i]);
  }

  // A batch that was to be made when a run was killed: the endpoint knows whether it was.
  bool find_again(BatchJob& job) {
    const auto outcome = endpoint_.by_token();
    if (const auto* error = std::get_if<Error>(&outcome)) {
      stop(*error);
      return false;
    }
    const auto* known = std::get_if<std::map<std::string, BatchState>>(&outcome);
    if (known == nullptr || known->count(job.token) == 0) {
      forget(job);
      return false;
    }
    job.id = known->at(job.token).id;
    keep(job);
    return true;
  }

  bool is_given_up(const BatchJob& job) {
    if (run_.on <= job.on + days_at_most) return false;
    warn("the batch of " + job.date.iso() + " has not ended in " + std::to_string(days_at_most) + " days",
         "no action needed: its papers are sent again");
    end(job, end_lost);
    return true;
  }

  void take(const BatchJob& job, const BatchOutcome<BatchState>& outcome) {
    if (const auto* error = std::get_if<Error>(&outcome)) return stop(*error);
    if (std::holds_alternative<NoBatches>(outcome)) {
      warn(std::string(host_of(job.endpoint)) + " does not know the batch of " + job.date.iso() + ", " + job.id,
           "no action needed: its papers are sent again");
      return end(job, end_lost);
    }
    const BatchState& batch = std::get<BatchState>(outcome);
    if (batch.status == BatchStatus::failed) return take_refusal(job, batch);
    if (batch.status == BatchStatus::over) return take_answers(job, batch);
    if (is_given_up(job)) return;
    ++open_;
    requests_ += job.requests.size();
    ended_ += std::min(static_cast<std::size_t>(batch.ended), job.requests.size());
  }

  void take_refusal(BatchJob job, const BatchState& batch) {
    if (!batch.is_queue_full) {
      warn("the batch of " + job.date.iso() + " was refused" + batch.why,
           "no action needed: its papers are sent without a batch, at full price");
      return end(std::move(job), end_refused);
    }
    run_.console.say("the batch of " + job.date.iso() + " has to wait" + batch.why);
    job.queue_tokens = batch.queue_tokens_most;
    if (job.queue_tokens == 0)  // it is less than this one has
      for (const LlmCall& request : job.requests) job.queue_tokens += request.estimate.prompt.value_or(0) / 2;
    job.requests.clear();
    forget_all([&](const BatchJob& one) { return one.date == job.date && one.end == end_queue_full; });
    const bool any_before = any_ended_;
    end(std::move(job), end_queue_full);
    any_ended_ = any_before;  // there is no more room than before
  }

  void take_answers(BatchJob job, const BatchState& batch) {
    const auto output = content(batch.output_file);
    const auto errors = content(batch.error_file);
    if (!output || !errors) return;
    const auto collected = BatchReplies(run_, job).collect(*output, *errors);
    if (!collected) return stop(collected.error());
    run_.console.say("the batch of " + job.date.iso() + " answered " + std::to_string(collected->answered) + " of " +
                     counted(job.requests.size(), "request", "requests") +
                     (collected->first_fault.empty() ? "" : "; " + collected->first_fault));
    job.without_schema = collected->without_schema;
    end(std::move(job), batch.word);
  }

  // Empty where there is none; nothing where it could not be had now.
  std::optional<std::string> content(const std::string& file) {
    if (stopped_) return std::nullopt;
    if (file.empty()) return "";
    auto outcome = endpoint_.ask({content_request(endpoint_.endpoint(), file)}, Retry::yes, read_content).front();
    if (const auto* error = std::get_if<Error>(&outcome)) {
      stop(*error);
      return std::nullopt;
    }
    if (std::holds_alternative<NoBatches>(outcome)) return "";  // the endpoint has thrown it away
    return std::get<std::string>(std::move(outcome));
  }

  void submit() {
    if (no_batches_) return;
    waiting_.clear();
    BatchPlanner planner(run_, run_.state.batch_jobs());
    std::vector<PlannedBatch> planned;
    for (const Date date : days_) {
      BatchPlan plan = planner.plan(date);
      if (plan.waits) waiting_.insert(date);
      if (plan.is_settled) forget_all([&](const BatchJob& one) { return one.date == date && !one.is_open(); });
      std::move(plan.batches.begin(), plan.batches.end(), std::back_inserter(planned));
      if (planned.size() < static_cast<std::size_t>(run_.settings.llm.concurrency)) continue;
      send(std::exchange(planned, {}));
      if (stopped_ || no_batches_) break;
    }
    if (!stopped_ && !no_batches_) send(std::move(planned));
    if (no_batches_) waiting_.clear();
    if (planner.out_of_budget())
      run_.console.say("the day's budget of " + money(run_.settings.llm.budget) + " allows no further batch");
    if (planner.queue_is_full()) run_.console.say("the endpoint's queue has no room for further batches now");
  }

  // One that was made before, and forgotten with a lost state, has its answers still.
  bool adopt(PlannedBatch& planned) {
    const auto outcome = endpoint_.by_token();
    const auto* known = std::get_if<std::map<std::string, BatchState>>(&outcome);
    if (known == nullptr) return is_refused(planned, outcome);
    const auto found = known->find(planned.job.token);
    if (found == known->end() || found->second.status == BatchStatus::failed) return false;
    planned.job.id = found->second.id;
    keep(planned.job);
    adopted_ = true;
    return true;
  }

  // What is not made has to be forgotten; whether the batch was made where no answer came is found out by the next run.
  template <typename T>
  bool is_refused(const PlannedBatch& planned, const BatchOutcome<T>& outcome) {
    if (const auto* none = std::get_if<NoBatches>(&outcome)) {
      forget(planned.job);
      if (!no_batches_) run_.console.warning(none->error);
      no_batches_ = true;
      return true;
    }
    const auto* error = std::get_if<Error>(&outcome);
    if (error != nullptr && !stopped_) stop(*error);
    return error != nullptr;
  }

  void send(std::vector<PlannedBatch> planned) {
    std::erase_if(planned, [&](PlannedBatch& batch) { return stopped_ || no_batches_ || adopt(batch); });
    if (stopped_ || no_batches_) return;
    std::vector<Request> uploads;
    for (const PlannedBatch& batch : planned) {
      keep(batch.job);
      uploads.push_back(upload_request(endpoint_.endpoint(), batch.job.name() + ".jsonl", batch.lines));
    }
    const auto uploaded = endpoint_.ask(uploads, Retry::yes, read_uploaded);
    std::vector<Request> creations;
    std::vector<PlannedBatch> sent;
    for (std::size_t i = 0; i < planned.size(); ++i) {
      if (is_refused(planned[i], uploaded[i])) {
        forget(planned[i].job);
        continue;
      }
      creations.push_back(
          create_request(endpoint_.endpoint(), std::get<std::string>(uploaded[i]), planned[i].job.token));
      sent.push_back(std::move(planned[i]));
    }
    const auto created = endpoint_.ask(creations, Retry::no, read_batch);
    for (std::size_t i = 0; i < sent.size(); ++i)
      if (!is_refused(sent[i], created[i])) note_made(sent[i].job, std::get<BatchState>(created[i]));
  }

  void note_made(BatchJob& job, const BatchState& batch) {
    job.id = batch.id;
    keep(job);
    ++open_;
    requests_ += job.requests.size();
    run_.console.say("a batch of " + counted(job.requests.size(), "request", "requests") + " is under way for " +
                     job.date.iso());
  }

  const RunContext& run_;
  const std::vector<Date>& days_;
  BatchEndpoint endpoint_;
  Exit exit_ = exit_done;
  bool stopped_ = false;  // an error that no further request will do better than
  bool first_ = true;
  bool any_ended_ = false;
  bool adopted_ = false;     // what was made earlier, and has not been looked at
  bool no_batches_ = false;  // at this endpoint
  std::set<Date> waiting_;
  std::size_t open_ = 0;
  std::size_t requests_ = 0;  // of those that are open
  std::size_t ended_ = 0;
};

bool has_open_batches(const RunContext& run, const std::vector<Date>& days) {
  const auto& all = run.state.batch_jobs();
  return std::any_of(all.begin(), all.end(), [&](const BatchJob& one) {
    return one.is_open() && std::find(days.begin(), days.end(), one.date) != days.end();
  });
}

}  // namespace

InBatches execute_batch(const RunContext& run, const std::vector<Date>& days, double patience) {
  if (!run.llm.endpoint || days.empty()) return {};
  const bool submits = run.settings.llm.batch_api;
  if (!submits && !has_open_batches(run, days)) return {};
  const Group group(run.console, submits ? "Asking in batches" : "Collecting batch results");
  const double until = steady_seconds() + patience;
  BatchExecution execution(run, days);
  while (execution.step()) {
    execution.say_how_far();
    const double left = until - steady_seconds();
    if (!(left > 0)) break;
    sleep_seconds(std::min(left, seconds_between_looks));
  }
  return execution.outcome();
}

}  // namespace daybook
