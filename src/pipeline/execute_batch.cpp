// A look at what is under way -> replies into the journals -> new batches of what is left.
#include "pipeline/execute_batch.h"

#include <algorithm>
#include <map>

#include "pipeline/batch_endpoint.h"
#include "pipeline/batch_plan.h"
#include "platform/clock.h"
#include "site/links.h"

namespace daybook {

namespace {

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
  BatchReplies(const RunContext& run, const Submission& submission)
      : run_(run), submission_(submission), file_(run.state.journal_file(submission.date)) {
    asked_.schema = "any";  // so that what may be a schema's fault is read as such
  }

  // The batch's files; empty where there is none.
  Result<Collected> collect(const std::string& output, const std::string& errors) {
    const auto journal = run_.state.journal(submission_.date);
    if (!journal) return journal.error();
    for (const Exchange& exchange : journal->exchanges) kept_.insert(exchange.batch);
    std::map<std::string, Result<Response>> replies;
    for (const std::string* file : {&output, &errors})
      for (BatchReply& reply : read_replies(*file, *run_.llm.endpoint))
        replies.emplace(std::move(reply.name), std::move(reply.response));
    for (const Exchange& request : submission_.requests) {
      const auto reply = replies.find(request.batch);
      if (reply == replies.end()) continue;
      const auto exchange = read(request, reply->second);
      if (!exchange) continue;
      if (auto wrote = file_.append(write_exchange(*exchange)); !wrote) return wrote.error();
    }
    if (auto synced = file_.sync(); !synced) return synced.error();
    // What took others with a schema refused one for something else.
    collected_.without_schema = refused_schema_ && collected_.answered == 0;
    return collected_;
  }

 private:
  // As it is to be kept; nothing where the reply is worth nothing.
  std::optional<Exchange> read(Exchange request, const Result<Response>& reply) {
    const ChatOutcome outcome = read_chat(reply, *run_.llm.endpoint, asked_, system_now());
    if (const auto* fault = std::get_if<ChatFault>(&outcome)) {
      if (collected_.first_fault.empty()) collected_.first_fault = fault->what;
      refused_schema_ = refused_schema_ || fault->remedy == Remedy::without_schema;
      if (kept_.count(request.batch) != 0 || !fault->sure || !take_refusal(request, *fault)) return std::nullopt;
      return request;
    }
    ++collected_.answered;
    if (kept_.count(request.batch) != 0) return std::nullopt;
    for (const std::string& refused :
         take_reply(request, std::get<ChatReply>(outcome), run_.settings.interests.topics, limit_))
      run_.console.say("refused: " + refused);
    warn_of_answer(run_, run_.llm, request);
    return request;
  }

  const RunContext& run_;
  const Submission& submission_;
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
    for (const Submission& submission : run_.state.submissions())
      if (submission.is_open() && is_ours(submission.date)) waiting_.insert(submission.date);
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
  std::vector<Submission> submissions(Is is) const {
    std::vector<Submission> found = run_.state.submissions();
    std::erase_if(found, [&](const Submission& one) { return !is(one); });
    return found;
  }

  void keep(const Submission& submission) {
    if (const auto kept = run_.state.keep(submission); !kept) stop(kept.error());
  }
  template <typename Is>
  void forget_all(Is is) {
    for (const Submission& submission : submissions(is)) forget(submission);
  }
  void forget(const Submission& submission) {
    if (const auto forgotten = run_.state.forget(submission); !forgotten) stop(forgotten.error());
  }
  void stop(const Error& error) {
    exit_ = worse(exit_, run_.fail(error));
    stopped_ = true;
  }
  void warn(const std::string& what, const std::string& hint) { run_.console.warning({Kind::failed, {}, what, hint}); }

  // Its answers are in the journal now, or there are none.
  void end(Submission submission, const std::string& how) {
    submission.end = how;
    keep(submission);
    any_ended_ = true;
  }

  // What is under way, and what was, where the run was killed before it could say so.
  void look() {
    std::vector<Submission> asked;
    std::vector<Request> requests;
    for (Submission& submission :
         submissions([&](const Submission& one) { return one.is_open() && is_ours(one.date); })) {
      if (stopped_) return;
      if (submission.endpoint != endpoint_.endpoint().base_url) {
        if (!is_given_up(submission))
          warn(submission.date.iso() + " waits for a batch at " + std::string(host_of(submission.endpoint)) +
                   ", which is not asked now",
               "ask there again, or wait: after " + std::to_string(days_at_most) + " days it is given up");
        continue;
      }
      if (submission.id.empty() && !find_again(submission)) continue;
      requests.push_back(status_request(endpoint_.endpoint(), submission.id));
      asked.push_back(std::move(submission));
    }
    const auto states = endpoint_.ask(requests, Retry::yes, read_batch);
    for (std::size_t i = 0; i < asked.size() && !stopped_; ++i) take(asked[i], states[i]);
  }

  // A batch that was to be made when a run was killed: the endpoint knows whether it was.
  bool find_again(Submission& submission) {
    const auto outcome = endpoint_.by_token();
    if (const auto* error = std::get_if<Error>(&outcome)) {
      stop(*error);
      return false;
    }
    const auto* known = std::get_if<std::map<std::string, BatchState>>(&outcome);
    if (known == nullptr || known->count(submission.token) == 0) {
      forget(submission);
      return false;
    }
    submission.id = known->at(submission.token).id;
    keep(submission);
    return true;
  }

  bool is_given_up(const Submission& submission) {
    if (run_.on <= submission.on + days_at_most) return false;
    warn("the batch of " + submission.date.iso() + " has not ended in " + std::to_string(days_at_most) + " days",
         "nothing: its papers are asked about again");
    end(submission, end_lost);
    return true;
  }

  void take(const Submission& submission, const BatchOutcome<BatchState>& outcome) {
    if (const auto* error = std::get_if<Error>(&outcome)) return stop(*error);
    if (std::holds_alternative<NoBatches>(outcome)) {
      warn(std::string(host_of(submission.endpoint)) + " does not know the batch of " + submission.date.iso() + ", " +
               submission.id,
           "nothing: its papers are asked about again");
      return end(submission, end_lost);
    }
    const BatchState& batch = std::get<BatchState>(outcome);
    if (batch.status == BatchStatus::failed) return take_refusal(submission, batch);
    if (batch.status == BatchStatus::over) return take_answers(submission, batch);
    if (is_given_up(submission)) return;
    ++open_;
    requests_ += submission.requests.size();
    ended_ += std::min(static_cast<std::size_t>(batch.ended), submission.requests.size());
  }

  void take_refusal(Submission submission, const BatchState& batch) {
    if (!batch.is_queue_full) {
      warn("the batch of " + submission.date.iso() + " was refused" + batch.why,
           "nothing: its papers are asked about without a batch, at the full price");
      return end(std::move(submission), end_refused);
    }
    run_.console.say("the batch of " + submission.date.iso() + " has to wait" + batch.why);
    submission.queue_tokens = batch.queue_tokens_most;
    if (submission.queue_tokens == 0)  // it is less than this one has
      for (const Exchange& request : submission.requests)
        submission.queue_tokens += request.estimate.prompt.value_or(0) / 2;
    submission.requests.clear();
    forget_all([&](const Submission& one) { return one.date == submission.date && one.end == end_queue_full; });
    const bool any_before = any_ended_;
    end(std::move(submission), end_queue_full);
    any_ended_ = any_before;  // there is no more room than before
  }

  void take_answers(Submission submission, const BatchState& batch) {
    const auto output = content(batch.output_file);
    const auto errors = content(batch.error_file);
    if (!output || !errors) return;
    const auto collected = BatchReplies(run_, submission).collect(*output, *errors);
    if (!collected) return stop(collected.error());
    run_.console.say("the batch of " + submission.date.iso() + " answered " + std::to_string(collected->answered) +
                     " of " + counted(submission.requests.size(), "request", "requests") +
                     (collected->first_fault.empty() ? "" : "; " + collected->first_fault));
    submission.without_schema = collected->without_schema;
    end(std::move(submission), batch.word);
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
    BatchPlanner planner(run_, run_.state.submissions());
    std::vector<PlannedBatch> planned;
    for (const Date date : days_) {
      BatchPlan plan = planner.plan(date);
      if (plan.waits) waiting_.insert(date);
      if (plan.is_settled) forget_all([&](const Submission& one) { return one.date == date && !one.is_open(); });
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
    const auto found = known->find(planned.submission.token);
    if (found == known->end() || found->second.status == BatchStatus::failed) return false;
    planned.submission.id = found->second.id;
    keep(planned.submission);
    adopted_ = true;
    return true;
  }

  // What is not made has to be forgotten; whether the batch was made where no answer came is found out by the next run.
  template <typename T>
  bool is_refused(const PlannedBatch& planned, const BatchOutcome<T>& outcome) {
    if (const auto* none = std::get_if<NoBatches>(&outcome)) {
      forget(planned.submission);
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
      keep(batch.submission);
      uploads.push_back(upload_request(endpoint_.endpoint(), batch.submission.name() + ".jsonl", batch.lines));
    }
    const auto uploaded = endpoint_.ask(uploads, Retry::yes, read_uploaded);
    std::vector<Request> creations;
    std::vector<PlannedBatch> sent;
    for (std::size_t i = 0; i < planned.size(); ++i) {
      if (is_refused(planned[i], uploaded[i])) {
        forget(planned[i].submission);
        continue;
      }
      creations.push_back(
          create_request(endpoint_.endpoint(), std::get<std::string>(uploaded[i]), planned[i].submission.token));
      sent.push_back(std::move(planned[i]));
    }
    const auto created = endpoint_.ask(creations, Retry::no, read_batch);
    for (std::size_t i = 0; i < sent.size(); ++i)
      if (!is_refused(sent[i], created[i])) note_made(sent[i].submission, std::get<BatchState>(created[i]));
  }

  void note_made(Submission& submission, const BatchState& batch) {
    submission.id = batch.id;
    keep(submission);
    ++open_;
    requests_ += submission.requests.size();
    run_.console.say("a batch of " + counted(submission.requests.size(), "request", "requests") + " is under way for " +
                     submission.date.iso());
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
  const auto& all = run.state.submissions();
  return std::any_of(all.begin(), all.end(), [&](const Submission& one) {
    return one.is_open() && std::find(days.begin(), days.end(), one.date) != days.end();
  });
}

}  // namespace

InBatches execute_batch(const RunContext& run, const std::vector<Date>& days, double patience) {
  if (!run.llm.endpoint || days.empty()) return {};
  const bool submits = run.settings.llm.batch_api;
  if (!submits && !has_open_batches(run, days)) return {};
  const Group group(run.console, submits ? "Asking in batches" : "Collecting what batches answered");
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
