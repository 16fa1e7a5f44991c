// Three formats of a feed: Atom (RFC 4287), RSS 2.0 (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org).
#pragma once

#include <string>
#include <vector>

#include "core/date.h"

namespace daybook {

struct FeedItem {
  std::string id;                    // permanent, a tag: URI
  std::string url;                   // absolute, on the site
  std::string external_url;          // absolute, at arXiv; empty: none
  std::string title;                 // plain text
  std::vector<std::string> authors;  // plain text; empty: the feed's
  std::string summary;               // plain text
  std::string html;                  // the content
  std::vector<std::string> tags;     // topic, categories
  Instant published;                 // unique within a feed, as is `updated`
  Instant updated;                   // later than `published` if it was scored again
};

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
};

std::string atom_feed(const FeedChannel& channel);
std::string rss_feed(const FeedChannel& channel);
std::string json_feed(const FeedChannel& channel);

}  // namespace daybook
