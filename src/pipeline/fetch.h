// What arXiv announced: its feeds, from files or over the network with its manners; its API; and its listing pages,
// where the feeds leave something in doubt.
#pragma once

#include <vector>

#include "day/coverage.h"
#include "paper/feed.h"
#include "paper/submissions.h"
#include "pipeline/run_context.h"
#include "platform/rate_limited_client.h"
#include "settings/settings.h"
#include "store/context.h"

namespace daybook {

// One for all that a command asks: one connection, and the pause between two requests holds for all of them.
RateLimitedClient arxiv_client(const CommandContext& context, const ArxivSettings& arxiv);

// Papers by their ids, from arXiv's API; those that it does not have are missing, and others that it
// sends are left out.
Result<std::vector<Paper>> fetch_papers(const CommandContext& context, const ArxivSettings& arxiv,
                                        RateLimitedClient& client, const std::vector<std::string>& ids);

// All papers that arXiv's API finds in the window, as announced. Its search is known to send empty or short pages: they
// are asked for again, and so is a window that seems to have none. Kind::later where not all papers came.
Result<std::vector<Paper>> fetch_submissions(const CommandContext& context, const ArxivSettings& arxiv,
                                             RateLimitedClient& client, const SubmissionWindow& window);

/// Announced is what the feeds of a run hold, and the day that they are read for.
struct Announced {
  Date date;
  std::vector<CategoryFeed> feeds;  // none at weekends
};

// From the files that --feed names, or over the network, with what state/ kept of the last fetch asked for
// conditionally. An archive's feed ("cs") that is as long as arXiv's feeds get is asked for class by class.
// Kind::later: arXiv is down.
Result<Announced> read_announced(const CommandContext& context, const Settings& settings, RateLimitedClient& arxiv);

// A feed of a later day than today in New York: the clock of this machine is behind, and no day is what it seems.
std::optional<Error> clock_behind(const CommandContext& context, const Announced& announced);

// That a day has no papers yet, and which of its categories lack what.
Error not_announced_yet(Date day, const Coverage& coverage);

Error no_categories(const std::string& source);

// Asks arXiv's listing pages about the categories in doubt: once a day and category, when the announcement is due, at
// noon in New York; on Wednesdays about all categories, as an audit. A page that can't be read is no witness, which is
// said once.
void ask_witnesses(const RunContext& run, Coverage& coverage, Date day);

// Whether arXiv's API, asked when the announcement is due, knows no paper of a day whose feeds are all empty: a
// holiday, where the listing pages can't be read.
bool api_says_nothing_new(const RunContext& run, const Coverage& coverage, Date day);

}  // namespace daybook
