// Scores past days through OpenAI's Batch API: half the price, and answers within 24 hours. A first call submits
// batches and says which days have to wait; later calls collect. Each may be killed at any moment, and nothing is paid
// for twice: a batch is written to state/batches before it is made, and found again by its token (llm/batch_api.h).
//
// Replies go into the day's journal as if a live run had been killed after asking. The run that then scores the day
// takes its answers from there, sends what is missing as live requests, and records usage and cost. So there is one way
// from an answer to a record.
//
// Limits: a file of 50,000 requests or 190 MB; the day's budget, by estimate; four fifths of the tokens that the
// endpoint lets wait, since our token counts are estimates. Papers that a batch left unanswered go into a second batch
// if there are more than 20, and then into live requests.
//
// The daily run never comes here: its readers do not wait for a day.
#pragma once

#include <set>
#include <vector>

#include "pipeline/run_context.h"

namespace daybook {

struct InBatches {
  Exit exit = exit_done;   // exit_later if any day waits
  std::set<Date> waiting;  // days not to be scored now: some papers are in open batches or wait to be sent
};

// `days`: days with candidates in state/; settled ones are skipped. With [llm] batch_api = false no batch is made, but
// open ones are still waited for; without an endpoint nothing waits. Prints what it does. `patience`: seconds to wait
// for open batches, which are polled each minute; 0: they are polled once.
InBatches execute_batch(const RunContext& run, const std::vector<Date>& days, double patience);

}  // namespace daybook
