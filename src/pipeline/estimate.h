#pragma once

#include <string>

#include "pipeline/day_plan.h"

namespace daybook {

/// Estimate is what asking would take, over both passes, summed up over days.
struct Estimate {
  RequestScheduler::Estimate titles;  // the first pass; what it leaves out is saved in `scores`
  RequestScheduler::Estimate scores;
  std::size_t papers = 0;  // of the days

  void add(const Estimate& other);
  std::size_t requests() const { return titles.requests + scores.requests; }
};
Estimate estimate(const RunContext& run, const ScoringTask& task);

// "3 requests, about 9000 tokens to send and 2800 to get; about $0.02 with gpt-4.1-mini", of both passes.
std::string cost_words(const RunContext& run, const RequestScheduler::Estimate& estimate);
RequestScheduler::Estimate both_passes(const Estimate& estimate);

// --dry-run: says what a run would ask about each day, why the day is in it, and what that would cost.
Exit say_estimates(const RunContext& run, std::vector<Candidates> days);

}  // namespace daybook
