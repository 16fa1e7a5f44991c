#include "pipeline/estimate.h"

#include "llm/cost.h"
#include "site/links.h"
#include "site/summary.h"

namespace daybook {

namespace {

void add_to(RequestScheduler::Estimate& sum, const RequestScheduler::Estimate& more) {
  sum.papers += more.papers;
  sum.requests += more.requests;
  sum.prompt_tokens += more.prompt_tokens;
  sum.completion_tokens += more.completion_tokens;
}

double dollars(const RequestScheduler::Estimate& estimate, const Price& price) {
  return cost_of({estimate.prompt_tokens, 0, estimate.completion_tokens, {}}, price)->sum();
}

// The day, and of one before today why it is there.
std::string named(const RunContext& run, const DayPlan& plan) {
  const Date date = plan.candidates.day.date;
  if (date >= run.on) return date.iso();
  const std::string why =
      plan.existing ? "recorded as " + std::string(status_name(plan.existing->day.status)) + ", will be scored again"
                    : "no record yet";
  return date.iso() + " (" + why + ')';
}

std::string beyond_budget(const RunContext& run, const RequestScheduler::Estimate& estimate,
                          std::optional<double> budget_left) {
  const Price* price = price_of(run.llm.prices, run.settings.llm.model);
  if (price == nullptr || !budget_left || dollars(estimate, *price) <= *budget_left) return {};
  return ", more than the rest of the day's budget, " + money(*budget_left);
}

std::string day_words(const RunContext& run, const ScoringTask& task, const Estimate& estimate) {
  std::string line = counted(task.papers.size(), "paper", "papers");
  if (estimate.scores.papers < task.papers.size())
    line += ", " + std::to_string(task.papers.size() - estimate.scores.papers) + " of them scored already";
  if (estimate.scores.requests == 0) return line + "; no request";
  line += "; " + cost_words(run, estimate.scores) + beyond_budget(run, estimate.scores, task.budget_left);
  if (!run.settings.llm.title_filter) return line;
  return line + "\n  titles first: " + cost_words(run, estimate.titles) +
         "; papers rejected by title reduce the cost above";
}

}  // namespace

void Estimate::add(const Estimate& other) {
  add_to(titles, other.titles);
  add_to(scores, other.scores);
  papers += other.papers;
}

Estimate estimate(const RunContext& run, const ScoringTask& task) {
  Estimate estimate;
  estimate.papers = task.papers.size();
  estimate.scores = make_scheduler(assignment_for(run, task, Pass::scores), task, task.papers).estimate();
  if (run.settings.llm.title_filter && estimate.scores.requests > 0)
    estimate.titles = make_scheduler(assignment_for(run, task, Pass::titles), task, papers_for_titles(task)).estimate();
  return estimate;
}

RequestScheduler::Estimate both_passes(const Estimate& estimate) {
  RequestScheduler::Estimate sum = estimate.titles;
  add_to(sum, estimate.scores);
  return sum;
}

std::string cost_words(const RunContext& run, const RequestScheduler::Estimate& estimate) {
  std::string text = counted(estimate.requests, "request", "requests") + ", about " +
                     std::to_string(estimate.prompt_tokens) + " tokens to send and " +
                     std::to_string(estimate.completion_tokens) + " to get; ";
  const std::string& model = run.settings.llm.model;
  const Price* price = price_of(run.llm.prices, model);
  if (price == nullptr) return text + "cost unknown: config/prices.toml has no " + model;
  return text + "about " + money(dollars(estimate, *price)) + " with " + model;
}

Exit say_estimates(const RunContext& run, std::vector<Candidates> days) {
  if (!run.llm.endpoint) run.console.print("papers are scored locally, at no cost");
  Estimate sum;
  std::optional<double> budget_left;
  for (Candidates& candidates : days) {
    const auto plan = plan_day(run, std::move(candidates), Reach::cascade);
    if (!plan) return run.fail(plan.error());
    std::string words;
    if (plan->stands || !run.llm.endpoint) {
      sum.papers += plan->candidates.papers.size();
      words = counted(plan->candidates.papers.size(), "paper", "papers") + "; no request";
    } else {
      for (const std::string& note : plan->task.notes) run.console.say(note);
      const Estimate of_day = estimate(run, plan->task);
      sum.add(of_day);
      budget_left = plan->task.budget_left;
      words = day_words(run, plan->task, of_day);
    }
    run.console.print(named(run, *plan) + ": " + words);
  }
  if (days.size() < 2) return exit_done;
  std::string line = counted(days.size(), "day", "days") + ": " + counted(sum.papers, "paper", "papers") + "; ";
  const RequestScheduler::Estimate both = both_passes(sum);
  line += both.requests == 0 ? "no request" : cost_words(run, both) + beyond_budget(run, both, budget_left);
  if (run.settings.llm.title_filter && both.requests > 0) line += "; less for papers rejected by title";
  run.console.print(line);
  return exit_done;
}

}  // namespace daybook
