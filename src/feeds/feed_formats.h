// Three formats of a feed: Atom (RFC 4287), RSS 2.0 (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org),
// and Atom's archive documents (RFC 5005).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"

namespace daybook {

struct FeedCategory {
  std::string term;    // "cs.LG", a topic's slug
  std::string scheme;  // an address that says whose term it is
  std::string label;   // plain text; empty: the term
};

// What a program may want of a paper's entry, the extension "_daybook" of a JSON feed (docs/formats.md).
struct FeedPaper {
  std::string arxiv_id;
  std::optional<int> relevance;
  std::optional<int> novelty;
  std::string topic;  // slug; empty: none
  std::string scorer;
};

struct FeedItem {
  std::string id;                    // permanent, a tag: URI
  std::string url;                   // absolute: a paper's at arXiv, a day's on the site
  std::string page_url;              // absolute, where the site has it; empty: `url` is on the site
  std::string title;                 // plain text
  std::vector<std::string> authors;  // plain text; empty: the feed's
  std::string summary;               // plain text
  std::string html;                  // the content; empty: none, as in archive documents
  std::vector<FeedCategory> categories;
  std::optional<FeedPaper> paper;
  Instant published;  // unique within a feed, as is `updated` of days that changed within 270 days
  Instant updated;    // later than `published` if it was scored again
};

// What has the address of an archive document (RFC 5005, 4) keeps its bytes: readers need not ask for it again.
enum class FeedDocument { current, archive };

struct FeedChannel {
  std::string id;                      // permanent
  std::string title;                   // plain text
  std::string description;             // plain text
  std::string home_url;                // absolute, of the page that it belongs to
  std::string folder_url;              // absolute, of FeedPlan::path
  std::string author;                  // of the feed as a whole
  std::string language;                // BCP 47
  Instant updated;                     // the newest item's; without items, the newest day's
  std::vector<const FeedItem*> items;  // newest first
  std::string hub = {};                // absolute, of a WebSub hub (w3.org/TR/websub); empty: none
  std::string style_path = {};         // of the style sheet for browsers, from the feed's folder; empty: none
  std::string about_url = {};          // absolute, what says more of "_daybook"; empty: none
  FeedDocument document = FeedDocument::current;
  std::string self_url = {};      // absolute, of this Atom document; empty: atom.xml in its folder
  std::string current = {};       // absolute, of the feed that an archive document belongs to; empty: none
  std::string prev_archive = {};  // absolute, of the archive document before; empty: none
};

// One <entry>, exactly as atom_feed() writes it.
std::string atom_entry(const FeedItem& item);

// The feed with entries that are written already, in place of its items.
std::string atom_feed(const FeedChannel& channel, std::string_view entries);

std::string atom_feed(const FeedChannel& channel);
std::string rss_feed(const FeedChannel& channel);
std::string json_feed(const FeedChannel& channel);

}  // namespace daybook
