// A look at what is under way -> replies into the journals -> new batches of what is left.
#include "pipeline/batch_asking.h"

#include <algorithm>

#include "pipeline/batch_collect.h"
#include "pipeline/batch_plan.h"
#include "pipeline/batch_remote.h"
#include "platform/clock.h"
#include "site/links.h"

namespace daybook {

namespace {

constexpr int days_at_most = 3;  // a batch ends within one
constexpr double seconds_between_looks = 60;

class BatchAsking {
 public:
  BatchAsking(const RunContext& run, const std::vector<Date>& days)
      : job_(run),
        console_(run.context.console),
        days_(days),
        remote_(*run.llm.endpoint, run.settings.llm.concurrency) {}

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
    InBatches in_batches{exit_, {}};
    for (const Submission& submission : job_.state.submissions())
      if (submission.is_open() && is_ours(submission.date)) waiting_.insert(submission.date);
    if (stopped_ && submits()) waiting_.insert(days_.begin(), days_.end());  // rather than asking at the full price
    in_batches.waiting = waiting_;
    if (!waiting_.empty()) in_batches.exit = worse(exit_, exit_later);
    return in_batches;
  }

  void say_how_far() const {
    if (open_ > 0)
      console_.say(counted(open_, "batch is", "batches are") + " under way: " + std::to_string(ended_) + " of " +
                   counted(requests_, "request", "requests") + " answered");
  }

 private:
  // Else what is under way is collected, and no more: it is paid for, whatever the settings say by now.
  bool submits() const { return job_.settings.llm.batch_api; }
  bool is_ours(Date date) const { return std::find(days_.begin(), days_.end(), date) != days_.end(); }
  // As they were, whatever is kept or forgotten meanwhile.
  template <typename Is>
  std::vector<Submission> submissions(Is is) const {
    std::vector<Submission> found;
    for (const Submission& submission : job_.state.submissions())
      if (is(submission)) found.push_back(submission);
    return found;
  }

  void keep(const Submission& submission) {
    if (const auto kept = job_.state.keep(submission); !kept) stop(kept.error());
  }
  void forget(const Submission& submission) {
    if (const auto forgotten = job_.state.forget(submission); !forgotten) stop(forgotten.error());
  }
  void forget_ended(Date date) {
    const auto is_ended = [&](const Submission& one) { return one.date == date && !one.is_open(); };
    for (const Submission& submission : submissions(is_ended)) forget(submission);
  }
  void stop(const Error& error) {
    exit_ = worse(exit_, job_.context.fail(error));
    stopped_ = true;
  }
  void warn(const std::string& what, const std::string& mend) { console_.warning({Kind::failed, {}, what, mend}); }

  // Its answers are in the journal now, or there are none.
  void end(Submission submission, const std::string& how) {
    submission.end = how;
    keep(submission);
    any_ended_ = true;
  }

  void look();
  bool find_again(Submission& submission);
  bool is_given_up(const Submission& submission);
  void take(const Submission& submission, const BatchOutcome<BatchState>& outcome);
  void take_refusal(Submission submission, const BatchState& batch);
  void take_answers(Submission submission, const BatchState& batch);
  std::optional<std::string> content(const std::string& file);
  void say_collected(const Submission& submission, const Collected& collected) const;

  void submit();
  void send(std::vector<PlannedBatch> planned);
  bool adopt(PlannedBatch& planned);
  template <typename T>
  bool is_refused(const PlannedBatch& planned, const BatchOutcome<T>& outcome);

  const RunContext& job_;
  Console& console_;
  const std::vector<Date>& days_;
  BatchRemote remote_;
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

// What is under way, and what was, where the run was killed before it could say so.
void BatchAsking::look() {
  std::vector<Submission> asked;
  std::vector<std::string> ids;
  const auto is_open = [&](const Submission& one) { return one.is_open() && is_ours(one.date); };
  for (Submission& submission : submissions(is_open)) {
    if (stopped_) return;
    if (submission.endpoint != job_.llm.endpoint->base_url) {
      if (is_given_up(submission)) continue;
      warn(submission.date.iso() + " waits for a batch at " + std::string(host_of(submission.endpoint)) +
               ", which is not asked now",
           "ask there again, or wait: after " + std::to_string(days_at_most) + " days it is given up");
      continue;
    }
    if (submission.id.empty() && !find_again(submission)) continue;
    ids.push_back(submission.id);
    asked.push_back(std::move(submission));
  }
  const auto states = remote_.states(ids);
  for (std::size_t i = 0; i < asked.size() && !stopped_; ++i) take(asked[i], states[i]);
}

// A batch that was to be made when a run was killed: the endpoint knows whether it was.
bool BatchAsking::find_again(Submission& submission) {
  const auto outcome = remote_.by_token();
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

bool BatchAsking::is_given_up(const Submission& submission) {
  if (job_.on <= submission.on + days_at_most) return false;
  warn("the batch of " + submission.date.iso() + " has not ended in " + std::to_string(days_at_most) + " days",
       "nothing: its papers are asked about again");
  end(submission, end_lost);
  return true;
}

void BatchAsking::take(const Submission& submission, const BatchOutcome<BatchState>& outcome) {
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

void BatchAsking::take_refusal(Submission submission, const BatchState& batch) {
  if (!batch.is_queue_full) {
    warn("the batch of " + submission.date.iso() + " was refused" + batch.why,
         "nothing: its papers are asked about without a batch, at the full price");
    return end(std::move(submission), end_refused);
  }
  console_.say("the batch of " + submission.date.iso() + " has to wait" + batch.why);
  submission.queue_tokens = batch.queue_tokens_most;
  if (submission.queue_tokens == 0)  // it is less than this one has
    for (const Exchange& request : submission.requests)
      submission.queue_tokens += request.estimate.prompt.value_or(0) / 2;
  submission.requests.clear();
  const auto is_earlier = [&](const Submission& one) {
    return one.date == submission.date && one.end == end_queue_full;
  };
  for (const Submission& earlier : submissions(is_earlier)) forget(earlier);
  const bool any_before = any_ended_;
  end(std::move(submission), end_queue_full);
  any_ended_ = any_before;  // there is no more room than before
}

void BatchAsking::take_answers(Submission submission, const BatchState& batch) {
  const auto output = content(batch.output_file);
  const auto errors = content(batch.error_file);
  if (!output || !errors) return;
  const auto collected = collect(job_, submission, *output, *errors);
  if (!collected) return stop(collected.error());
  say_collected(submission, *collected);
  submission.without_schema = collected->without_schema;
  end(std::move(submission), batch.word);
}

// Empty where there is none; nothing where it could not be had now.
std::optional<std::string> BatchAsking::content(const std::string& file) {
  if (file.empty() || stopped_) return stopped_ ? std::nullopt : std::optional<std::string>("");
  auto outcome = std::move(remote_.contents({file}).front());
  if (const auto* error = std::get_if<Error>(&outcome)) {
    stop(*error);
    return std::nullopt;
  }
  if (std::holds_alternative<NoBatches>(outcome)) return "";  // the endpoint has thrown it away
  return std::get<std::string>(std::move(outcome));
}

void BatchAsking::say_collected(const Submission& submission, const Collected& collected) const {
  std::string line = "the batch of " + submission.date.iso() + " answered " + std::to_string(collected.answered) +
                     " of " + counted(submission.requests.size(), "request", "requests");
  if (!collected.first_fault.empty()) line += "; " + collected.first_fault;
  console_.say(line);
}

void BatchAsking::submit() {
  if (no_batches_) return;
  waiting_.clear();
  BatchPlanner planner(job_, job_.state.submissions());
  std::vector<PlannedBatch> planned;
  for (const Date date : days_) {
    BatchPlan plan = planner.plan(date);
    if (plan.waits) waiting_.insert(date);
    if (plan.is_settled) forget_ended(date);
    for (PlannedBatch& batch : plan.batches) planned.push_back(std::move(batch));
    if (planned.size() < static_cast<std::size_t>(job_.settings.llm.concurrency)) continue;
    send(std::exchange(planned, {}));
    if (stopped_ || no_batches_) break;
  }
  if (!stopped_ && !no_batches_) send(std::move(planned));
  if (no_batches_) waiting_.clear();
  if (planner.out_of_budget())
    console_.say("the day's budget of " + money(job_.settings.llm.budget) + " allows no further batch");
  if (planner.queue_is_full()) console_.say("the endpoint's queue has no room for further batches now");
}

// One that was made before, and forgotten with a lost state, has its answers still.
bool BatchAsking::adopt(PlannedBatch& planned) {
  const auto outcome = remote_.by_token();
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
bool BatchAsking::is_refused(const PlannedBatch& planned, const BatchOutcome<T>& outcome) {
  if (const auto* none = std::get_if<NoBatches>(&outcome)) {
    forget(planned.submission);
    if (!no_batches_) console_.warning(none->error);
    no_batches_ = true;
    return true;
  }
  const auto* error = std::get_if<Error>(&outcome);
  if (error == nullptr) return false;
  if (!stopped_) stop(*error);
  return true;
}

void BatchAsking::send(std::vector<PlannedBatch> planned) {
  std::erase_if(planned, [&](PlannedBatch& batch) { return stopped_ || no_batches_ || adopt(batch); });
  if (stopped_ || no_batches_) return;
  for (const PlannedBatch& batch : planned) keep(batch.submission);
  std::vector<BatchRemote::File> files;
  for (const PlannedBatch& batch : planned) files.push_back({batch.submission.name() + ".jsonl", &batch.lines});
  const auto uploaded = remote_.upload(files);
  std::vector<BatchRemote::Wanted> wanted;
  std::vector<PlannedBatch> sent;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (is_refused(planned[i], uploaded[i])) {
      forget(planned[i].submission);
      continue;
    }
    wanted.push_back({std::get<std::string>(uploaded[i]), planned[i].submission.token});
    sent.push_back(std::move(planned[i]));
  }
  const auto created = remote_.create(wanted);
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (is_refused(sent[i], created[i])) continue;
    Submission& submission = sent[i].submission;
    submission.id = std::get<BatchState>(created[i]).id;
    keep(submission);
    ++open_;
    requests_ += submission.requests.size();
    console_.say("a batch of " + counted(submission.requests.size(), "request", "requests") + " is under way for " +
                 submission.date.iso());
  }
}

bool has_open_batches(const State& state, const std::vector<Date>& days) {
  const auto& all = state.submissions();
  return std::any_of(all.begin(), all.end(), [&](const Submission& one) {
    return one.is_open() && std::find(days.begin(), days.end(), one.date) != days.end();
  });
}

}  // namespace

InBatches ask_in_batches(const RunContext& run, const std::vector<Date>& days, double patience) {
  if (!run.llm.endpoint || days.empty()) return {};
  const bool submits = run.settings.llm.batch_api;
  if (!submits && !has_open_batches(run.state, days)) return {};
  const Group group(run.context.console, submits ? "Asking in batches" : "Collecting what batches answered");
  const double until = steady_seconds() + patience;
  BatchAsking asking(run, days);
  while (asking.step()) {
    asking.say_how_far();
    const double left = until - steady_seconds();
    if (!(left > 0)) break;
    sleep_seconds(std::min(left, seconds_between_looks));
  }
  return asking.outcome();
}

}  // namespace daybook
