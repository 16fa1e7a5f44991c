// The site's feeds: which there are, and which papers and days each holds.
//
// The window. The main feed holds whole days, the newest first, up to the end of the day that reaches 50 papers: if it
// were cut inside a day, papers could leave it between two polls of a reader, unseen. Feeds of a topic and of the top
// papers hold 50 papers, the feed by day 30 days.
#pragma once

#include <string>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "settings/settings.h"
#include "site/summary.h"

namespace daybook {

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

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site);

}  // namespace daybook
