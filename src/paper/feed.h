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
  std::size_t entries = 0;       // in the text, with those that are left out
};

// arXiv's feeds hold no more entries than this, and leave new ones out first: one that is as long is not whole.
// https://info.arxiv.org/help/rss_specifications.html
inline constexpr std::size_t feed_entries_max = 2000;

inline constexpr std::size_t feed_bytes_max = 16U << 20U;  // a whole archive's busiest day is under 5 MB

// Errors (place, fact, hint): empty; not XML; HTML; another XML; declared in another encoding than UTF-8; a document
// type with declarations; nested too deep; too large; broken off before the end of the first entry; entries of which
// none is a paper; an error entry of the API; a query of the API that found nothing. Kind::later where another try may
// help.
//
// What can be read is returned, and `errors` names the rest: an entry that is not well-formed, or whose id or title
// can't be read (left out); an announce type that is unknown, bytes that are not UTF-8 (U+FFFD for each; kept).
// A paper that the feed holds twice is merged as in wanted_papers(). `listed_in` is the feed's category; of several,
// those that the paper has. RSS and Atom without entries are a quiet day's.
Result<Feed> read_feed(std::string_view body, const std::string& source, Errors& errors);

// The same for a page of what a query of the API found, which may be nothing. An error too: a reply that is not the
// API's, or does not say how many papers it found.
Result<Feed> read_found(std::string_view body, const std::string& source, Errors& errors);

// The names in a dc:creator or author list joined by commas: affiliations in brackets (with commas and brackets inside)
// taken off, groups kept whole, blanks folded. Affiliations given as numbers are looked up in the key at the end; a
// nickname that arXiv took for an affiliation, "Xu (Zed), Li", goes back into its name, "Xu (Zed) Li".
struct Names {
  std::vector<std::string> names;
  std::vector<std::string> affiliations;  // as in Paper
};
Names split_authors(std::string_view joined);

}  // namespace daybook
