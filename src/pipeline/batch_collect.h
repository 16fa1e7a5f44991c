// What came back of a batch, put into its day's journal.
#pragma once

#include <string>

#include "pipeline/day_job.h"

namespace daybook {

struct Collected {
  std::size_t answered = 0;     // requests
  std::string first_fault;      // why others were not; empty: it is not said, or all were
  bool without_schema = false;  // the endpoint refused requests, maybe for their schema
};

// `output`, `errors`: the batch's files, empty where there is none. Replies are read as those to single requests are.
// What the journal has already, from a run that was killed here, is not written again.
Result<Collected> collect(const RunContext& run, const Submission& submission, const std::string& output,
                          const std::string& errors);

}  // namespace daybook
