// Which feeds there are, what is in them, and their items; each in three formats: Atom (RFC 4287), RSS 2.0
// (rssboard.org/rss-specification), JSON Feed 1.1 (jsonfeed.org). Other XML for machines: OPML, the sitemap.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "settings/templates.h"
#include "site/index_pages.h"
#include "site/parts.h"

namespace daybook {

struct FeedItem {
  std::string id;                    // permanent, a tag: URI
  std::string url;                   // absolute: its place on the site
  std::string external_url;          // absolute: at arXiv; empty: none
  std::string title;                 // plain text
  std::vector<std::string> authors;  // plain text; empty: the feed's
  std::string summary;               // plain text
  std::string html;                  // the content
  std::vector<std::string> tags;     // topic, categories
  Instant published;                 // unique within a feed, as is `updated`
  Instant updated;                   // later than `published` where it was re-scored
};

struct FeedChannel {
  std::string id;                      // permanent
  std::string title;                   // plain text
  std::string description;             // plain text
  std::string home_url;                // absolute: the page that it belongs to
  std::string folder_url;              // absolute: `path`'s
  std::string author;                  // of the feed as a whole
  std::string language;                // BCP 47
  Instant updated;                     // the newest item's, or of the newest day where there is none
  std::vector<const FeedItem*> items;  // newest first
};

std::string atom_feed(const FeedChannel& channel);
std::string rss_feed(const FeedChannel& channel);
std::string json_feed(const FeedChannel& channel);

// From which relevance on a paper is in the feed of the top papers.
inline constexpr int top_relevance = 9;

// A feed before its items are rendered. Its three files stand in `path`.
struct FeedPlan {
  std::string path;   // "", "daily/", "top/", "topics/SLUG/"
  std::string title;  // plain text
  std::string description;
  std::string home;              // path of the page that it belongs to
  std::vector<PaperRef> papers;  // one entry each, newest first
  std::vector<Date> days;        // in their place: one entry a day, newest first
};

// The site's own, by day, of the top papers, and one a topic. A day's papers never straddle the end of the main feed:
// it holds whole days, so that no paper falls between two polls.
std::vector<FeedPlan> feed_plans(const Summaries& days, const std::vector<TopicName>& topics, const SiteSettings& site);

// The days whose records must be read again for the items.
std::vector<Date> days_in(const std::vector<FeedPlan>& plans);

// When a paper's entry says it was published: midnight in New York of its day, plus a second for each rank below it, so
// that no two entries of a day share one and the best is the newest. From the record alone, never from a clock.
Instant entry_time(Date date, std::size_t rank, std::size_t count);

// When a paper's or a day's entry that was published at `published` says it was updated, after the papers of `date`
// were scored anew on the day `on`: its second of the day, on that day, and some minutes later for each day between the
// two, so that it is neither an entry of `on` nor of another day that was scored anew then.
Instant rescored_time(Instant published, Date date, Date on);

FeedItem paper_item(const Day& day, std::size_t index, const SiteParts& parts, Renderer& renderer);
FeedItem day_item(const Day& day, const SiteParts& parts, Renderer& renderer);

// The templates' fields, offered to check_names too.
Fields feed_day_fields(const Day& day, const SiteParts& parts);

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site);

struct SitemapPage {
  std::string path;
  std::optional<Date> changed;  // the last day that changed what it shows, where that is known
};

// https://www.sitemaps.org/protocol.html
std::string sitemap(const std::vector<SitemapPage>& pages, const SiteSettings& site);
std::string robots(const SiteSettings& site);

}  // namespace daybook
