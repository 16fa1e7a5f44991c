// Papers: from files, or over the network with arXiv's manners.
#pragma once

#include <vector>

#include "day/coverage.h"
#include "paper/feed.h"
#include "paper/submissions.h"
#include "pipeline/context.h"
#include "platform/polite.h"
#include "settings/settings.h"

namespace daybook {

// Files in the order given. Faults of single entries are said as warnings; the first feed that can't be read is the
// error.
Result<std::vector<CategoryFeed>> read_feed_files(const CommandContext& context);

// One for all that a command asks: one connection, and the pause between two requests holds for all of them.
PoliteClient arxiv_client(const CommandContext& context, const ArxivSettings& arxiv);

// One feed for each category, with what state/ kept of the last fetch asked for conditionally. One that can't be had is
// said and kept from none of the others; where none can be had, that is the error. An archive's feed ("cs") that is as
// long as arXiv's feeds get is asked for class by class.
Result<std::vector<CategoryFeed>> fetch_feeds(const CommandContext& context, const ArxivSettings& arxiv,
                                              PoliteClient& client);

// Papers by their ids, from arXiv's API; those that it does not have are missing, and others that it
// sends are left out.
Result<std::vector<Paper>> fetch_papers(const CommandContext& context, const ArxivSettings& arxiv, PoliteClient& client,
                                        const std::vector<std::string>& ids);

// All papers that arXiv's API finds in the window, as announced. Its search is known to send empty or short pages: they
// are asked for again, and so is a window that seems to have none. Kind::later where not all papers came.
Result<std::vector<Paper>> fetch_submissions(const CommandContext& context, const ArxivSettings& arxiv,
                                             PoliteClient& client, const SubmissionWindow& window);

}  // namespace daybook
