// The site's feeds: which there are, their items, and three formats of each, Atom (RFC 4287), RSS 2.0
// (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org). Also OPML, the sitemap and robots.txt.
//
// The window. The main feed holds whole days, the newest first, up to the end of the day that reaches 50 papers: if it
// were cut inside a day, papers could leave it between two polls of a reader, unseen. Feeds of a topic and of the top
// papers hold 50 papers, the feed by day 30 days.
//
// Ids and times come from the record alone, never from a clock: a rebuilt site gives the same bytes, and readers see
// nothing new. Ids are permanent tag: URIs, and stay when the site moves (store/archive.h, site.json). Each entry of a
// day has a second of its own, because readers sort by time: the best paper is the newest. A paper that was scored
// again keeps `published` and gets a later `updated`, which collides neither with its own day nor with another day
// rescored at the same time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "settings/templates.h"
#include "site/parts.h"
#include "site/summary.h"

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

// The least relevance of a paper in the feed of the top papers.
inline constexpr int top_relevance = 9;

// A feed before its items are rendered. Its three files are in the folder `path`.
struct FeedPlan {
  std::string path;   // "", "daily/", "top/", "topics/SLUG/"
  std::string title;  // plain text
  std::string description;
  std::string home;              // path of the page that it belongs to
  std::vector<PaperRef> papers;  // an entry for each, newest first
  std::vector<Date> days;        // instead of papers, in the feed by day; newest first
};

// The main feed, the feed by day, the top papers, and one for each topic.
std::vector<FeedPlan> feed_plans(const Summaries& days, const std::vector<TopicName>& topics, const SiteSettings& site);

// The days whose records are needed to render the items.
std::vector<Date> days_in(const std::vector<FeedPlan>& plans);

// When a paper's entry was published: midnight in New York of its day, plus a second for each paper ranked below it.
Instant entry_time(Date date, std::size_t rank, std::size_t count);

// When an entry of `date` was updated that was published at `published` and scored again on the day `on`: at its second
// of the day, but on `on`, and five minutes later for each day between the two, so that times stay unique.
Instant rescored_time(Instant published, Date date, Date on);

FeedItem paper_item(const Day& day, std::size_t index, const SiteParts& parts, Renderer& renderer);
FeedItem day_item(const Day& day, const SiteParts& parts, Renderer& renderer);

// The fields of the templates; check_names() uses them too.
Fields feed_day_fields(const Day& day, const SiteParts& parts);

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site);

struct SitemapPage {
  std::string path;
  std::optional<Date> changed;  // the last day that changed its content; nothing: unknown
};

// https://www.sitemaps.org/protocol.html
std::string sitemap(const std::vector<SitemapPage>& pages, const SiteSettings& site);
std::string robots(const SiteSettings& site);

}  // namespace daybook
