// daybook run --dry-run: what each day would take, why it is in it, and what all would.
#include "pipeline/day_job.h"
#include "pipeline/estimate.h"
#include "pipeline/to_ask.h"
#include "site/links.h"

namespace daybook {

namespace {

// The day, and of one before today why it is there.
std::string named(const RunContext& run, Date date, const std::optional<Holder>& holder) {
  if (date >= run.on) return date.iso();
  const std::string why = holder
                              ? "recorded as " + std::string(status_name(holder->day.status)) + ", will be scored again"
                              : "no record yet";
  return date.iso() + " (" + why + ')';
}

class DryRun {
 public:
  explicit DryRun(const RunContext& run) : job_(run) {}

  void say(const Candidates& candidates, const std::optional<Holder>& holder) {
    const bool asks = job_.llm.endpoint && !(holder && is_settled(*holder, candidates, job_.llm));
    const std::string what = asks ? what_is_asked(candidates, holder) : without_request(candidates.papers.size());
    job_.context.console.print(named(job_, candidates.day.date, holder) + ": " + what);
    ++days_;
  }

  void say_sum() const {
    if (days_ < 2) return;
    std::string line = counted(days_, "day", "days") + ": " + counted(papers_, "paper", "papers") + "; ";
    line += sum_.requests() == 0 ? "no request" : sum_.words(job_.settings.llm, job_.llm.prices) + beyond_budget(sum_);
    if (job_.settings.llm.title_filter && sum_.requests() > 0) line += "; less what titles leave out";
    job_.context.console.print(line);
  }

 private:
  std::string without_request(std::size_t papers) {
    papers_ += papers;
    return counted(papers, "paper", "papers") + "; no request";
  }

  Estimate estimated(const ToAsk& to_ask, const Known& known, Pass pass, const std::vector<AskedPaper>& papers) {
    Estimate estimate;
    estimate.add(make_asking(assignment_for(job_.settings, job_.llm, job_.state, to_ask, known, pass), known, papers)
                     .estimate());
    sum_.add(estimate);
    return estimate;
  }

  std::string beyond_budget(const Estimate& estimate) const {
    const Price* price = price_of(job_.llm.prices, job_.settings.llm.model);
    if (price == nullptr || !budget_left_ || estimate.dollars(*price) <= *budget_left_) return {};
    return ", which is more than is left of the day's budget, " + money(*budget_left_);
  }

  std::string what_is_asked(const Candidates& candidates, const std::optional<Holder>& holder) {
    const LlmSettings& llm = job_.settings.llm;
    ToAsk to_ask{candidates.day.date, job_.on,
                 sent_papers(triage_of(job_, candidates, holder, Reach::cascade), candidates.papers), Exchange()};
    if (holder) to_ask.known = verdicts_in(*holder, candidates, job_.settings, job_.llm);
    const Known known = known_of(job_.context, job_.settings, job_.llm, job_.state, to_ask);
    const std::vector<AskedPaper> papers = guarded_papers(job_.context, to_ask.papers);
    budget_left_ = known.budget_left;
    papers_ += papers.size();
    const Estimate estimate = estimated(to_ask, known, Pass::scores, papers);
    std::string line = counted(papers.size(), "paper", "papers");
    if (estimate.papers() < papers.size())
      line += ", " + std::to_string(papers.size() - estimate.papers()) + " of them scored already";
    if (estimate.requests() == 0) return line + "; no request";
    line += "; " + estimate.words(llm, job_.llm.prices) + beyond_budget(estimate);
    if (!llm.title_filter) return line;
    const Estimate titles = estimated(to_ask, known, Pass::titles, judged_by_title(job_.settings, to_ask, papers));
    return line + "\n  before that the titles: " + titles.words(llm, job_.llm.prices) +
           "; what they leave out is saved above";
  }

  const RunContext& job_;
  Estimate sum_;
  std::size_t days_ = 0;
  std::size_t papers_ = 0;
  std::optional<double> budget_left_;
};

}  // namespace

Exit say_what_it_takes(const RunContext& run, const std::optional<Candidates>& today,
                       const std::vector<Candidates>& older) {
  std::vector<Candidates> days = older;
  if (today) days.insert(days.begin(), *today);
  if (!run.llm.endpoint) run.context.console.print("papers are scored locally, at no cost");
  DryRun dry_run(run);
  for (const Candidates& candidates : days) {
    const auto holder = read_holder(run, candidates.day.date);
    if (!holder) return run.context.fail(holder.error());
    dry_run.say(candidates, *holder);
  }
  dry_run.say_sum();
  return exit_done;
}

}  // namespace daybook
