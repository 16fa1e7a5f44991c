// Days of the past, asked through OpenAI's Batch API: half the price, and answers within 24 hours. A first call submits
// and says what has to wait, later ones collect; each may be killed at any moment, and nothing is paid for twice.
//
// What batches answered stands in the day's journal as if a run had been killed after asking: the run that scores the
// day takes its answers from there, asks for what is missing in the ordinary way, and records usage and cost.
#pragma once

#include <set>
#include <vector>

#include "pipeline/run_context.h"

namespace daybook {

struct InBatches {
  Exit exit = exit_done;   // exit_later where any day waits
  std::set<Date> waiting;  // days that are not to be scored now: they have papers in open batches, or wait to be sent
};

// `days`: whose candidates are kept in state/; those that are settled are passed over. With [llm] batch_api = false no
// batch is made, and those that are open are waited for all the same; without an endpoint nothing waits. Says what it
// does. `patience`: seconds to wait for batches that are under way, with a look at them each minute; 0: one look.
InBatches execute_batch(const RunContext& run, const std::vector<Date>& days, double patience);

}  // namespace daybook
