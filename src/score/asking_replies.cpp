// What becomes of each reply.
#include <algorithm>
#include <cmath>

#include "core/duration.h"
#include "score/asking.h"

namespace daybook {

namespace {

constexpr int tries_max = 10;     // for one batch, without any reply that can be read
constexpr int rounds_max = 8;     // for one paper alone, without a verdict that can be used
constexpr int failures_max = 16;  // in a row, whatever the batch: the endpoint is down ...
constexpr double busy_for = 30;   // ... or, where it is busy, when that lasts for so many seconds too
constexpr int failures_before_pause = 4;
constexpr std::size_t part = 4;        // a batch that came back incomplete is asked again in such parts
constexpr double longest_backoff = 8;  // seconds: with ten tries most of a minute
constexpr double longest_wait = 600;   // asked for by the endpoint: beyond it, the day goes without
constexpr double patience = 1200;      // seconds without any verdict, whatever the reasons

// Doubled with each try, and spread so that not all come back at once; by the request's number, since nothing here is
// random.
double backoff_seconds(int tries, int number) {
  const double doubled = std::min(std::ldexp(1.0, std::min(tries, 10) - 1), longest_backoff);
  const double spread = static_cast<double>((static_cast<unsigned>(number) * 2654435761U) >> 16U & 0xFFU) / 255;
  return doubled * (0.5 + spread / 2);
}

std::string counted_times(int times) { return std::to_string(times) + (times == 1 ? " time" : " times"); }

}  // namespace

std::optional<Exchange> Asking::take(int number, const Result<Response>& reply, double now, Instant wall) {
  const auto found = under_way_.find(number);
  if (found == under_way_.end()) return std::nullopt;
  UnderWay sent = std::move(found->second);
  under_way_.erase(found);
  if (reply) pace_.heard(reply->headers, now);
  const ChatOutcome outcome = read_chat(reply, assignment_.endpoint, sent.question, wall);
  if (const auto* fault = std::get_if<ChatFault>(&outcome)) {
    remedy(std::move(sent), *fault, now);
    return std::nullopt;
  }
  taken_ = read(sent, std::get<ChatReply>(outcome));
  const bool cut = taken_->exchange.question_cut;  // then an answer tells nothing
  if (cut && sent.is_probe) probe_ = Probe::not_yet;
  if (!cut || sent.batch.in_doubt) learn_of_schema(sent, !taken_->exchange.verdicts.empty());
  return taken_->exchange;
}

Asking::Taken Asking::read(const UnderWay& sent, const ChatReply& reply) {
  Taken taken;
  taken.batch = sent.batch;
  taken.exchange = exchange_for(sent.batch);
  const std::vector<std::string> refused = take_reply(taken.exchange, reply, assignment_.topics, limit_);
  for (const std::string& one : refused) messages_.push_back("refused: " + one);
  if (!refused.empty()) taken.refused = refused.front();
  return taken;
}

void Asking::use_taken(double now) {
  if (!taken_) return;
  const Taken taken = std::move(*taken_);
  taken_.reset();
  spent_ += dollars_of(taken.exchange);
  estimated_ += dollars_of(taken.batch);
  use(taken, now);
}

void Asking::use(const Taken& taken, double now) {
  if (taken.exchange.question_cut) return ask_less_at_once(taken, now);
  std::vector<std::size_t> missing;
  for (const std::size_t i : taken.batch.papers) {
    const auto& verdicts = taken.exchange.verdicts;
    const auto found = std::find_if(verdicts.begin(), verdicts.end(),
                                    [&](const Verdict& verdict) { return verdict.id == papers_[i].paper.id; });
    if (found == verdicts.end()) {
      missing.push_back(i);
    } else {
      asked_[i].verdict = *found;
      ++settled_;
    }
  }
  if (missing.size() < taken.batch.papers.size()) {
    failures_in_a_row_ = 0;
    any_success_ = true;
    last_progress_ = now;
  }
  if (missing.empty()) return;
  // A title of which nothing was said is kept: its abstract will be read.
  if (assignment_.pass == Pass::titles) return give_up_on({missing}, "nothing was said of its title");
  ask_again(taken, missing, now);
}

// What is as long or longer is not asked as it is: it would be cut too.
void Asking::ask_less_at_once(const Taken& taken, double now) {
  const ChatFault fault{Remedy::smaller,
                        std::string(host_of(assignment_.endpoint.base_url)) + " cut the question to " +
                            std::to_string(taken.exchange.tokens.prompt.value_or(0)) + " tokens",
                        0, longer_context};
  if (taken.batch.papers.size() == 1) {
    count_failure(fault, now);
    return give_up_on(taken.batch, fault.what);
  }
  messages_.push_back(fault.what + "; asking in smaller batches");
  const long long length = prompt_tokens_of(taken.batch);
  if (cut_at_ == 0 || length < cut_at_) cut_at_ = length;
  push(taken.batch);
  for (Batch& batch : std::exchange(queue_, {})) push(std::move(batch));
}

void Asking::ask_again(const Taken& taken, const std::vector<std::size_t>& missing, double now) {
  const bool nothing = missing.size() == taken.batch.papers.size();
  const std::string why = taken.refused.empty()
                              ? taken.exchange.cut_off ? "the reply was cut off" : "the reply left it out"
                              : "in its reply, " + taken.refused;
  if (nothing)
    count_failure({Remedy::smaller, "the LLM's reply has no verdict that can be used", 0, "try another model in [llm]"},
                  now);
  if (taken.batch.papers.size() == 1 || (nothing && taken.batch.rounds == 0 && !taken.exchange.cut_off)) {
    Batch again = taken.batch;
    again.plain = true;  // a schema that brings nothing is better left out
    if (++again.rounds >= rounds_max) return give_up_on(again, why + ", " + counted_times(again.rounds));
    again.not_before = now;
    return push(std::move(again));
  }
  const std::size_t size = std::max<std::size_t>(taken.batch.papers.size() / part, 1);
  for (Batch& batch : split_batch(missing, size)) push(std::move(batch));
}

void Asking::remedy(UnderWay sent, const ChatFault& fault, double now) {
  const bool of_the_account = fault.status == 401 || fault.status == 402 || fault.status == 403 || fault.status == 429;
  const bool maybe_of_schema =
      fault.remedy == Remedy::without_schema || (sent.is_probe && fault.status != 0 && !of_the_account);
  if (maybe_of_schema && !sent.question.schema.empty()) return ask_without_schema(std::move(sent), fault);
  if (sent.is_probe) probe_ = Probe::not_yet;  // nothing was learned
  if (sent.batch.in_doubt) learn_of_schema(sent, false);
  switch (fault.remedy) {
    case Remedy::give_up:
      return stop(fault.what, fault.mend);
    case Remedy::without_schema:
    case Remedy::smaller:
      return ask_smaller(sent.batch, fault, now);
    case Remedy::retry:
      return retry(std::move(sent.batch), fault, now);
  }
}

// Whether it was the schema's fault shows when the same papers are asked about without.
void Asking::ask_without_schema(UnderWay sent, const ChatFault& fault) {
  messages_.push_back(fault.what + "; asking without a schema for the reply");
  sent.batch.plain = true;
  sent.batch.in_doubt = sent.is_probe;
  if (sent.is_probe) probe_ = fault.remedy == Remedy::without_schema ? Probe::in_doubt : Probe::unwilling;
  queue_.insert(queue_.begin(), std::move(sent.batch));
}

void Asking::learn_of_schema(const UnderWay& sent, bool useful) {
  if (sent.is_probe) probe_ = useful ? Probe::taken : Probe::unwilling;
  if (!sent.batch.in_doubt || probe_ != Probe::in_doubt) return;
  // The endpoint said that it was the request, and without the schema it took it.
  probe_ = useful ? Probe::refused : Probe::unwilling;
}

void Asking::retry(Batch batch, const ChatFault& fault, double now) {
  if (fault.wait_seconds > longest_wait)
    return stop(fault.what + ", and asks to wait " + wait_words(fault.wait_seconds), fault.mend);
  ++batch.tries;
  count_failure(fault, now);
  if (batch.tries >= tries_max && !any_success_)
    return stop(fault.what + ", " + counted_times(batch.tries), fault.mend);
  if (batch.tries >= tries_max) return give_up_on(batch, fault.what + ", " + counted_times(batch.tries));
  const double wait = std::max(fault.wait_seconds, backoff_seconds(batch.tries, last_number_));
  messages_.push_back(fault.what + "; asking again");
  batch.not_before = now + wait;
  queue_.insert(queue_.begin(), std::move(batch));
}

void Asking::ask_smaller(const Batch& batch, const ChatFault& fault, double now) {
  count_failure(fault, now);
  if (batch.papers.size() == 1) return give_up_on(batch, fault.what);
  messages_.push_back(fault.what + "; asking in smaller batches");
  for (Batch& half : split_batch(batch.papers, (batch.papers.size() + 1) / 2)) push(std::move(half));
}

void Asking::give_up_on(const Batch& batch, const std::string& why) {
  for (const std::size_t i : batch.papers) {
    asked_[i].reason = why;
    ++settled_;
    if (assignment_.pass == Pass::scores)
      messages_.push_back(papers_[i].paper.id + " is left to the local scorer: " + why);
  }
}

// All requests wait where one was told to, or where several came to nothing in a row.
void Asking::count_failure(const ChatFault& fault, double now) {
  if (failures_in_a_row_ == 0) first_failure_ = now;
  ++failures_in_a_row_;
  const int most = std::max(failures_max, 2 * assignment_.llm.concurrency);
  const bool long_enough = !fault.busy || now - first_failure_ >= busy_for;
  if (failures_in_a_row_ >= most && long_enough)
    return stop(fault.what + ", " + std::to_string(failures_in_a_row_) + " times in a row", fault.mend);
  if (now - last_progress_ > std::max(patience, 2.0 * assignment_.llm.timeout))
    return stop(fault.what + "; no verdict came for " + std::to_string(std::llround(now - last_progress_)) + " s",
                fault.mend);
  if (fault.remedy != Remedy::retry) return;
  const int pauses = failures_in_a_row_ / failures_before_pause;
  const double pause = pauses == 0 ? 0 : backoff_seconds(std::min(pauses, 4), failures_in_a_row_);
  pace_.pause_until(now + std::max(pause, fault.wait_seconds));
}

}  // namespace daybook
