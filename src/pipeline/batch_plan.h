// Which of a day's papers go into a batch now: the questions that the ordinary way would ask, in files that the
// endpoint takes, the budget bears, and its queue has room for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/day_plan.h"

namespace daybook {

struct PlannedBatch {
  Submission submission;  // without an id: it is not made yet
  std::string lines;      // of its file
};

struct BatchPlan {
  std::vector<PlannedBatch> batches;
  bool is_settled = false;  // the LLM has said all that there is to say of the day
  bool waits = false;       // the day has papers in open batches, or that have to wait for money or room
};

// What batches left unanswered goes into a second one where it is more than a handful, and is then left to the ordinary
// way; so is at once what a batch was refused for.
class BatchPlanner {
 public:
  BatchPlanner(const RunContext& run, std::vector<Submission> submissions);

  // What is planned counts for the days planned after it, as if it was made.
  BatchPlan plan(Date date);

  bool out_of_budget() const { return out_of_budget_; }
  bool queue_is_full() const { return queue_is_full_; }

 private:
  struct Prepared {
    Asking::Sending sending;
    long long tokens = 0;
    double dollars = 0;
  };
  std::vector<Prepared> questions(Asking asking) const;
  std::vector<Prepared> for_a_batch(std::vector<Prepared> prepared) const;
  Asking asking_of(const ScoringTask& task, Pass pass, std::vector<AskedPaper> papers) const;
  void plan_pass(const ScoringTask& task, Pass pass, std::vector<AskedPaper> papers, BatchPlan& plan);
  void cut(Date date, const std::vector<Prepared>& prepared, BatchPlan& plan);
  bool has_room(const Prepared& prepared, BatchPlan& plan);
  void count_in_flight(const Submission& submission);
  void add(PlannedBatch batch, BatchPlan& plan);

  const RunContext& run_;
  std::vector<Submission> submissions_;
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

}  // namespace daybook
