// A day's papers, asked of the LLM: guarded words -> batches -> requests side by side -> journal -> verdicts.
#include <algorithm>

#include "core/repeats.h"
#include "day/usage.h"
#include "llm/cost.h"
#include "pipeline/budget.h"
#include "pipeline/to_ask.h"
#include "platform/clock.h"
#include "platform/side_by_side.h"

namespace daybook {

namespace {

constexpr double longest_wait = 1;  // seconds between two looks at what is under way

// Sends and takes until there is no more to ask.
class Conversation {
 public:
  Conversation(const CommandContext& context, const Llm& llm, Known& known, Asking& asking, Progress& progress)
      : world_(context), llm_(llm), known_(known), asking_(asking), progress_(progress) {}

  void hold() {
    advance();
    if (!asking_.done())
      if (const auto opened = known_.file.open(); !opened) cannot_keep(opened.error());
    while (!asking_.done()) {
      while (auto sending = asking_.next(steady_seconds())) requests_.start(sending->number, sending->request);
      say();
      if (asking_.done()) break;
      const double now = steady_seconds();
      const auto next = asking_.next_at(now);
      if (auto ended = requests_.wait(std::clamp(next.value_or(now + longest_wait) - now, 0.0, longest_wait)))
        take(*ended);
    }
    say();
    for (const std::string& line : said_.counted()) world_.console.say(line);
  }

 private:
  void take(const SideBySide::Ended& ended) {
    const auto exchange = asking_.take(ended.number, ended.result, steady_seconds(), system_now());
    if (!exchange) return;
    warn_of_answer(world_, llm_, *exchange);
    const auto kept = known_.file.append(write_exchange(*exchange));
    if (!kept) cannot_keep(kept.error());
    known_.journal.exchanges.push_back(*exchange);
    asking_.use_taken(steady_seconds());
    advance();
  }

  // What cannot be kept would be paid for again.
  void cannot_keep(const Error& error) {
    asking_.stop("the answers can't be kept: " + error.place.source + ": " + error.what, error.mend,
                 "the answers can't be kept");
  }

  void advance() {
    progress_.advance(asking_.settled() - shown_);
    shown_ = asking_.settled();
  }

  void say() {
    for (const std::string& message : asking_.take_messages())
      if (said_.is_news(message)) world_.console.say(message);
  }

  const CommandContext& world_;
  const Llm& llm_;
  Known& known_;
  Asking& asking_;
  Progress& progress_;
  SideBySide requests_;
  Repeats said_;
  std::size_t shown_ = 0;
};

void hold_conversation(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
                       Known& known, Asking& asking, const char* label, Answered& answered) {
  Progress progress(context.console, label, asking.outcome().size());
  const std::size_t before = known.journal.exchanges.size();
  Conversation(context, llm, known, asking, progress).hold();
  if (known.budget_left) {
    const std::vector<Exchange> fresh(known.journal.exchanges.begin() + static_cast<std::ptrdiff_t>(before),
                                      known.journal.exchanges.end());
    known.budget_left = std::max(0.0, *known.budget_left - dollars_of(fresh, llm.prices));
  }
  if (const auto kept = state.remember(endpoint_name(settings, llm), asking.schema()); !kept)
    context.console.warning(kept.error());
  if (answered.failure.empty()) {
    answered.failure = asking.failure();
    answered.failure_words = asking.failure_words();
    answered.mend = asking.mend();
  }
  answered.out_of_budget = answered.out_of_budget || asking.out_of_budget();
  if (asking.too_dear() > 0) {
    const Error fault = budget_too_small(settings.llm, asking.too_dear());
    answered.failure = answered.failure_words = fault.what;
    answered.mend = fault.mend;
    answered.budget_is_too_small = true;
  }
}

// The papers whose titles say that they are not wanted.
std::vector<bool> left_out_by_title(const CommandContext& context, const Settings& settings, const Llm& llm,
                                    const State& state, const ToAsk& to_ask, const std::vector<AskedPaper>& papers,
                                    Known& known, Answered& answered) {
  if (!settings.llm.title_filter) return std::vector<bool>(papers.size());
  Asking asking = make_asking(assignment_for(settings, llm, state, to_ask, known, Pass::titles), known,
                              judged_by_title(settings, to_ask, papers));
  hold_conversation(context, settings, llm, state, known, asking, "titles", answered);
  return left_out_by_titles(settings, to_ask, papers, asking.outcome());
}

}  // namespace

Answered ask(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
             const ToAsk& to_ask) {
  Answered answered;
  Known known = known_of(context, settings, llm, state, to_ask);
  const std::vector<AskedPaper> papers = guarded_papers(context, to_ask.papers);
  answered.asked.resize(papers.size());
  answered.left_out = left_out_by_title(context, settings, llm, state, to_ask, papers, known, answered);

  std::vector<std::size_t> places;
  std::vector<AskedPaper> asked;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    if (answered.left_out[i]) continue;
    places.push_back(i);
    asked.push_back(papers[i]);
  }
  Asking asking =
      make_asking(assignment_for(settings, llm, state, to_ask, known, Pass::scores), known, std::move(asked));
  if (!answered.failure.empty()) asking.stop(answered.failure, answered.mend, answered.failure_words);
  hold_conversation(context, settings, llm, state, known, asking, "asking", answered);
  const auto outcome = asking.outcome();
  for (std::size_t k = 0; k < places.size(); ++k) answered.asked[places[k]] = outcome[k];

  if (const auto synced = known.file.sync(); !synced) context.console.warning(synced.error());
  const auto& exchanges = known.journal.exchanges;
  answered.usage =
      usage_of({exchanges.begin() + static_cast<std::ptrdiff_t>(known.journal.ended), exchanges.end()}, llm.prices);
  return answered;
}

}  // namespace daybook
