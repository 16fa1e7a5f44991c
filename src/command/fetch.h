// The day's feeds: from files, or over the network with arXiv's manners.
#pragma once

#include <vector>

#include "command/world.h"
#include "paper/feed.h"

namespace daybook {

// Files in the order given. Faults of single entries are said as warnings; the first feed that can't be read is the
// error.
Result<std::vector<Feed>> read_feed_files(const World& world);

// One feed for each category, with what state/ kept of the last fetch asked for conditionally.
Result<std::vector<Feed>> fetch_feeds(const World& world, const ArxivSettings& arxiv);

// Papers by their ids, from arXiv's API; those that it does not have are missing.
Result<std::vector<Paper>> fetch_papers(const World& world, const ArxivSettings& arxiv,
                                        const std::vector<std::string>& ids);

}  // namespace daybook
