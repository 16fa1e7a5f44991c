// What asking of a day's papers begins with, however they are asked: what is known already, the words that are sent,
// and the money that is left.
#pragma once

#include "llm/asking.h"
#include "pipeline/llm.h"

namespace daybook {

struct Known {
  Journal journal;
  JournalFile file;
  KeptVerdicts kept;
  std::optional<double> budget_left;  // US dollars, of the day of the run; none: no limit
};
// What open batches of that day will cost is spent.
Known known_of(const CommandContext& context, const Settings& settings, const Llm& llm, const State& state,
               const ToAsk& to_ask);

// The words of each paper that are sent. Who tries to speak to the scorer is asked about alone, and named.
std::vector<AskedPaper> guarded_papers(const CommandContext& context, const std::vector<Paper>& papers);

Assignment assignment_for(const Settings& settings, const Llm& llm, const State& state, const ToAsk& to_ask,
                          const Known& known, Pass pass);
// Takes up what the journal's open end has.
Asking make_asking(Assignment assignment, const Known& known, std::vector<AskedPaper> papers);

// What state/endpoints.json knows an endpoint by.
std::string endpoint_name(const Settings& settings, const Llm& llm);

// The first pass, over titles: of `papers`, which are parallel to those to ask about, the ones that it is asked about;
// and of all, which its outcome leaves out.
std::vector<AskedPaper> judged_by_title(const Settings& settings, const ToAsk& to_ask,
                                        const std::vector<AskedPaper>& papers);
std::vector<bool> left_out_by_titles(const Settings& settings, const ToAsk& to_ask,
                                     const std::vector<AskedPaper>& papers, const std::vector<Asked>& outcome);

}  // namespace daybook
