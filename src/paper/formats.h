// The entries of arXiv's replies as papers. Three formats: RSS 2.0 and Atom of rss.arxiv.org
// (https://info.arxiv.org/help/rss_specifications.html), and the API's Atom
// (https://info.arxiv.org/help/api/user-manual.html#32-api-response).
#pragma once

#include <tinyxml2.h>

#include <optional>

#include "core/error.h"
#include "paper/feed.h"

namespace daybook {

// Fills kind, category, announced, skip_days, total_results and papers from the document's root, and counts the
// entries; `errors` says why an entry is left out. Returns why nothing can be read: no channel, the API's own error.
std::optional<Error> read_entries(const tinyxml2::XMLElement& root, Feed& feed, Errors& errors);

}  // namespace daybook
