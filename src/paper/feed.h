// arXiv's replies read: RSS 2.0 and Atom of rss.arxiv.org, Atom of the API at export.arxiv.org.
//
// https://info.arxiv.org/help/rss.html, https://info.arxiv.org/help/rss_specifications.html,
// https://info.arxiv.org/help/api/user-manual.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/result.h"
#include "paper/paper.h"

namespace daybook {

enum class FeedKind { rss, atom, api };

struct Feed {
  FeedKind kind = FeedKind::rss;
  std::string source;              // where it came from, for messages
  std::string category;            // "cs.AI" or "cs.AI+cs.LG"; empty for the API
  std::optional<Date> announced;   // the day in New York that it announces; the API's: none
  std::vector<Weekday> skip_days;  // RSS only
  std::vector<Paper> papers;
  std::optional<Error> cut_off;  // it broke off: where; `papers` are the whole entries before
  long long total_results = -1;  // the API's opensearch:totalResults; -1: not said
};

inline constexpr std::size_t feed_bytes_max = 16U << 20U;  // a whole archive's busiest day is under 5 MB

// Errors (place, fact, mend): not XML; HTML; another XML; a document type with entities; nested too deep; too large;
// an error entry of the API; a query of the API that found nothing; an item whose id or title can't be read is named
// in `errors` and left out, the rest stays.
Result<Feed> read_feed(std::string_view body, const std::string& source, Errors& errors);

// The papers of several feeds that the settings want, one of each id: announce types, primary_only. A paper in several
// feeds keeps the first's fields, `listed_in` names all, the announce type is the strongest (new, cross, replace,
// replace-cross), the version the highest. Order: first met.
std::vector<Paper> wanted_papers(const std::vector<Feed>& feeds, const ArxivSettings& settings);

// The names in a dc:creator or author list joined by commas: affiliations in brackets (with commas and brackets inside)
// taken off, groups kept whole, blanks folded.
struct Names {
  std::vector<std::string> names;
  std::vector<std::string> affiliations;  // as in Paper
};
Names split_authors(std::string_view joined);

}  // namespace daybook
