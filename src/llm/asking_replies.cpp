// What becomes of each reply.
#include <algorithm>
#include <cmath>

#include "core/duration.h"
#include "llm/asking.h"

namespace daybook {

namespace {

constexpr int tries_max = 10;     // for one batch, without any reply that can be read
constexpr int rounds_max = 8;     // for one paper alone, without a verdict that can be used
constexpr int failures_max = 16;  // in a row, whatever the batch: the endpoint is down ...
constexpr double busy_for = 30;   // ... or, where it is busy, when that lasts for so many seconds too
constexpr int failures_before_pause = 4;
constexpr int tries_in_full = 4;          // a batch that fails so often while others do not may have the cause in it
constexpr std::size_t failing_least = 8;  // batches, until the endpoint is taken for down after it had answered
constexpr int declined_max = 8;           // papers alone, without a verdict on any: it takes none
constexpr std::size_t part = 4;           // a batch that came back incomplete is asked again in such parts
constexpr double longest_backoff = 8;     // seconds: with ten tries most of a minute
constexpr double longest_wait = 600;      // asked for by the endpoint: beyond it, the day goes without
constexpr double patience = 1200;         // seconds without any verdict, whatever the reasons

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
    Exchange refused = exchange_for(sent.batch);
    if (!(fault->sure || any_verdict_) || !take_refusal(refused, *fault)) {
      remedy(std::move(sent), *fault, now);
      return std::nullopt;
    }
    if (sent.is_probe) probe_ = Probe::not_yet;
    if (sent.batch.in_doubt) learn_of_schema(sent, false);
    messages_.push_back(papers_[sent.batch.papers.front()].paper.id + ": " + fault->what);
    taken_ = Taken{std::move(refused), std::move(sent.batch), ""};
    return taken_->exchange;
  }
  taken_ = read(sent, std::get<ChatReply>(outcome));
  const bool useful = !taken_->exchange.verdicts.empty();
  const bool cut = taken_->exchange.question_cut;  // then an answer tells nothing
  const bool kept_back = taken_->moderated && !useful;
  if (sent.is_probe && (cut || kept_back)) probe_ = Probe::not_yet;
  if (!(sent.is_probe && kept_back) && (!cut || sent.batch.in_doubt)) learn_of_schema(sent, useful);
  return taken_->exchange;
}

Asking::Taken Asking::read(const UnderWay& sent, const ChatReply& reply) {
  Taken taken;
  taken.batch = sent.batch;
  taken.exchange = exchange_for(sent.batch);
  const std::vector<std::string> refused = take_reply(taken.exchange, reply, assignment_.topics, limit_);
  for (const std::string& one : refused) messages_.push_back("refused: " + one);
  if (!refused.empty()) taken.refused = refused.front();
  taken.moderated = reply.moderated;
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
      settle(i, *found);
    }
  }
  if (missing.size() < taken.batch.papers.size()) {
    failures_in_a_row_ = 0;
    failing_.clear();
    any_success_ = true;
    last_progress_ = now;
  }
  if (missing.empty()) return;
  const Declined declined = taken.exchange.declined;
  if (declined != Declined::no) {
    const FaultKind kind = declined == Declined::moderation ? FaultKind::moderation : FaultKind::too_long;
    decline(missing.front(), declined);
    return count_refusal({Remedy::smaller, std::string(fault_words(kind)), 0, mend_for(kind, 0), false, 0, kind}, now);
  }
  // A title of which nothing was said is kept: its abstract will be read.
  if (assignment_.pass == Pass::titles)
    return give_up_on({missing}, "nothing was said of its title", "nothing was said of its title");
  ask_again(taken, missing, now);
}

void Asking::settle(std::size_t paper, Verdict verdict) {
  asked_[paper].verdict = std::move(verdict);
  any_verdict_ = true;
  ++settled_;
}

void Asking::decline(std::size_t paper, Declined declined) {
  give_up_on({{paper}}, std::string(declined_words(declined)), declined_words(declined));
  asked_[paper].declined = true;
  ++declined_;
}

// What is as long or longer is not asked as it is: it would be cut too.
void Asking::ask_less_at_once(const Taken& taken, double now) {
  const ChatFault fault{Remedy::smaller,
                        std::string(host_of(assignment_.endpoint.base_url)) + " cut the question to " +
                            std::to_string(taken.exchange.tokens.prompt.value_or(0)) + " tokens",
                        0,
                        longer_context,
                        false,
                        0,
                        FaultKind::short_context};
  if (taken.batch.papers.size() == 1) {
    count_failure(taken.batch, fault, now);
    return give_up_on(taken.batch, fault.what, fault_words(fault.kind));
  }
  messages_.push_back(fault.what + "; asking in smaller batches");
  const long long length = prompt_tokens_of(taken.batch);
  if (cut_at_ == 0 || length < cut_at_) cut_at_ = length;
  push(taken.batch);
  for (Batch& batch : std::exchange(queue_, {})) push(std::move(batch));
}

void Asking::ask_again(const Taken& taken, const std::vector<std::size_t>& missing, double now) {
  const bool nothing = missing.size() == taken.batch.papers.size();
  if (nothing && taken.moderated)
    return ask_smaller(taken.batch,
                       {Remedy::smaller, "the reply was kept back by moderation", 0, mend_for(FaultKind::moderation, 0),
                        false, 0, FaultKind::moderation},
                       now);
  const std::string words = !taken.refused.empty()   ? "the reply has no scores for it that can be used"
                            : taken.exchange.cut_off ? "the reply was cut off"
                                                     : "the reply left it out";
  const std::string why = taken.refused.empty() ? words : "in its reply, " + taken.refused;
  if (nothing)
    count_failure(taken.batch,
                  {Remedy::smaller, "the LLM's reply has no verdict that can be used", 0, "try another model in [llm]",
                   false, 0, FaultKind::no_completion},
                  now);
  if (taken.batch.papers.size() == 1 || (nothing && taken.batch.rounds == 0 && !taken.exchange.cut_off)) {
    Batch again = taken.batch;
    again.plain = true;  // a schema that brings nothing is better left out
    if (++again.rounds >= rounds_max) return give_up_on(again, why + ", " + counted_times(again.rounds), words);
    again.not_before = now;
    return push(std::move(again));
  }
  const std::size_t size = std::max<std::size_t>(taken.batch.papers.size() / part, 1);
  for (Batch& batch : split_batch(missing, size)) push(std::move(batch));
}

void Asking::remedy(UnderWay sent, const ChatFault& fault, double now) {
  const bool may_be =
      fault.kind == FaultKind::down || fault.kind == FaultKind::not_found || fault.kind == FaultKind::request;
  const bool maybe_of_schema = fault.remedy == Remedy::without_schema || (sent.is_probe && fault.status != 0 && may_be);
  if (maybe_of_schema && !sent.question.schema.empty()) return ask_without_schema(std::move(sent), fault);
  if (sent.is_probe) probe_ = Probe::not_yet;  // nothing was learned
  if (sent.batch.in_doubt) learn_of_schema(sent, false);
  switch (fault.remedy) {
    case Remedy::give_up:
      return stop(fault.what, fault.mend, std::string(fault_words(fault.kind)));
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
  const std::string words(fault_words(fault.kind));
  if (fault.wait_seconds > longest_wait)
    return stop(fault.what + ", and asks to wait " + wait_words(fault.wait_seconds), fault.mend, words);
  ++batch.tries;
  count_failure(batch, fault, now);
  if (batch.tries >= tries_max && !any_success_)
    return stop(fault.what + ", " + counted_times(batch.tries), fault.mend, words);
  if (batch.tries >= tries_max) return give_up_on(batch, fault.what + ", " + counted_times(batch.tries), words);
  batch.not_before = now + std::max(fault.wait_seconds, backoff_seconds(batch.tries, last_number_));
  if (batch.tries >= tries_in_full && batch.papers.size() > 1 && !fault.busy) return halve(batch, fault);
  messages_.push_back(fault.what + "; asking again");
  queue_.insert(queue_.begin(), std::move(batch));
}

void Asking::ask_smaller(const Batch& batch, const ChatFault& fault, double now) {
  if (is_of_papers(fault.kind)) {
    static_cast<void>(is_out_of_patience(fault, now));
  } else {
    count_failure(batch, fault, now);
  }
  if (batch.papers.size() > 1) return halve(batch, fault);
  give_up_on(batch, fault.what, fault_words(fault.kind));
  if (!is_of_papers(fault.kind)) return;
  ++declined_;
  ChatFault in_our_words = fault;
  in_our_words.what = fault_words(fault.kind);
  count_refusal(in_our_words, now);
}

void Asking::halve(const Batch& batch, const ChatFault& fault) {
  messages_.push_back(fault.what + "; asking in smaller batches");
  std::vector<Batch> halves = split_batch(batch.papers, (batch.papers.size() + 1) / 2);
  for (Batch& half : halves) {
    half.plain = batch.plain;
    half.not_before = batch.not_before;
  }
  push_first(std::move(halves));
}

void Asking::give_up_on(const Batch& batch, const std::string& why, std::string_view words) {
  for (const std::size_t i : batch.papers) {
    asked_[i].reason = words;
    ++settled_;
    if (assignment_.pass == Pass::scores)
      messages_.push_back(papers_[i].paper.id + " is left to the local scorer: " + why);
  }
}

bool Asking::is_out_of_patience(const ChatFault& fault, double now) {
  if (now - last_progress_ <= std::max(patience, 2.0 * assignment_.llm.timeout)) return false;
  stop(fault.what + "; no verdict came for " + std::to_string(std::llround(now - last_progress_)) + " s", fault.mend,
       std::string(fault_words(fault.kind)));
  return true;
}

// All requests wait where one was told to, or where several came to nothing in a row. What had answered before is down
// only when several batches fail: one or two may have the cause in them.
void Asking::count_failure(const Batch& batch, const ChatFault& fault, double now) {
  if (failures_in_a_row_ == 0) first_failure_ = now;
  ++failures_in_a_row_;
  failing_.insert(batch.papers.front());
  const int most = std::max(failures_max, 2 * assignment_.llm.concurrency);
  const bool long_enough = !fault.busy || now - first_failure_ >= busy_for;
  const bool several = !any_success_ || failing_.size() >= failing_least;
  if (failures_in_a_row_ >= most && long_enough && several)
    return stop(fault.what + ", " + std::to_string(failures_in_a_row_) + " times in a row", fault.mend,
                std::string(fault_words(fault.kind)));
  if (is_out_of_patience(fault, now) || fault.remedy != Remedy::retry) return;
  const int pauses = failures_in_a_row_ / failures_before_pause;
  const double pause = pauses == 0 ? 0 : backoff_seconds(std::min(pauses, 4), failures_in_a_row_);
  pace_.pause_until(now + std::max(pause, fault.wait_seconds));
}

// A paper's refusal is no failure of the endpoint's, unless it takes none at all.
void Asking::count_refusal(const ChatFault& fault, double now) {
  if (!any_verdict_ && declined_ >= declined_max)
    return stop("every paper is " + fault.what, fault.mend, "every paper is " + fault.what);
  static_cast<void>(is_out_of_patience(fault, now));
}

}  // namespace daybook
