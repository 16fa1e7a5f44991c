#include "pipeline/to_ask.h"

#include <algorithm>

#include "authors/names.h"
#include "guard/guarded.h"
#include "llm/cost.h"
#include "rank/local.h"

namespace daybook {

namespace {

double waiting_dollars(const State& state, Date on, const Prices& prices) {
  double sum = 0;
  for (const Submission& submission : state.submissions())
    if (submission.is_open() && submission.on == on) sum += dollars_of(submission.requests, prices);
  return sum;
}

// Followed authors' papers are always read, and so are those whose words can't be trusted.
bool is_judged_by_title(const Settings& settings, const Paper& paper, const AskedPaper& asked) {
  return !asked.alone && followed_author(paper, settings.interests.authors) == nullptr;
}

}  // namespace

Known known_of(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
               const ToAsk& to_ask) {
  Known known{{}, state.journal_file(to_ask.date), {}, {}};
  std::set<std::string> ids;
  for (const Paper& paper : to_ask.papers) ids.insert(paper.id);
  auto journal = state.journal(to_ask.date);
  if (journal) known.journal = std::move(*journal);
  if (!journal) context.console.warning(journal.error());
  Answers answers = state.answers(ids, to_ask.date, to_ask.on);
  known.kept = std::move(answers.kept);
  known.kept.add(to_ask.known);
  if (settings.llm.budget > 0)
    known.budget_left = std::max(0.0, settings.llm.budget - dollars_of(answers.spent_on, llm.prices) -
                                          waiting_dollars(state, to_ask.on, llm.prices));
  return known;
}

std::vector<AskedPaper> guarded_papers(const CommandContext& context, const std::vector<Paper>& papers) {
  std::vector<AskedPaper> asked;
  for (const Paper& paper : papers) {
    Guarded words = guarded(paper);
    for (const std::string& removed : words.removed)
      context.console.say(paper.id + " is asked about alone, without what reads like an order to the scorer: \"" +
                          removed + '"');
    asked.push_back(
        {{paper.id, paper.version}, std::move(words.title), std::move(words.abstract), !words.removed.empty()});
  }
  return asked;
}

std::string endpoint_name(const Settings& settings, const Llm& llm) {
  return std::string(host_of(llm.endpoint->base_url)) + ' ' + settings.llm.model;
}

Assignment assignment_for(const Settings& settings, const Llm& llm, const State& state, const ToAsk& to_ask,
                          const Known& known, Pass pass) {
  Assignment assignment;
  assignment.pass = pass;
  assignment.prompt = pass == Pass::titles ? llm.prompts.titles : llm.prompts.scoring;
  assignment.prompt_hash = pass == Pass::titles ? llm.prompt_hash : llm.scores_hash;
  assignment.topics = settings.interests.topics;
  assignment.llm = settings.llm;
  assignment.endpoint = *llm.endpoint;
  assignment.schema = state.schema_use(endpoint_name(settings, llm));
  if (const Price* price = price_of(llm.prices, settings.llm.model)) assignment.price = *price;
  assignment.budget_left = known.budget_left;
  assignment.on = to_ask.on;
  return assignment;
}

Asking make_asking(Assignment assignment, const Known& known, std::vector<AskedPaper> papers) {
  const auto& exchanges = known.journal.exchanges;
  const auto open = exchanges.begin() + static_cast<std::ptrdiff_t>(known.journal.ended);
  return {std::move(assignment), std::move(papers), known.kept, {open, exchanges.end()}};
}

std::vector<AskedPaper> judged_by_title(const Settings& settings, const ToAsk& to_ask,
                                        const std::vector<AskedPaper>& papers) {
  std::vector<AskedPaper> judged;
  for (std::size_t i = 0; i < papers.size(); ++i)
    if (is_judged_by_title(settings, to_ask.papers[i], papers[i])) judged.push_back(papers[i]);
  return judged;
}

std::vector<bool> left_out_by_titles(const Settings& settings, const ToAsk& to_ask,
                                     const std::vector<AskedPaper>& papers, const std::vector<Asked>& outcome) {
  std::vector<bool> left_out(papers.size());
  std::size_t judged = 0;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    if (!is_judged_by_title(settings, to_ask.papers[i], papers[i])) continue;
    left_out[i] = outcome[judged].verdict && !outcome[judged].verdict->keep;
    ++judged;
  }
  return left_out;
}

}  // namespace daybook
