// The site's feeds: which there are, and which entries each holds.
//
// The window. A reader that asks seldom must not lose a paper, so a feed holds whole days: those of the last 14
// announcement days, and older ones until there are 30 entries. Entries of some 2.5 kB make that about 1 MB; where it
// would be more than 400 of them, the window ends after 10 announcement days. A day goes by when its papers came, not
// by its date: one that is backfilled weeks later is in the window like today's. All older papers are in the feed's
// history, a document a month (RFC 5005, section 4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "settings/settings.h"
#include "site/parts.h"
#include "site/period.h"
#include "site/summary.h"

namespace daybook {

// Where the page of feeds and the outlines have it.
enum class FeedGroup { first, weekly, topic, author, own, moved };

struct WeekPlan {
  Date monday;
  std::vector<PaperRef> best;
};

struct HistoryMonth {
  int year = 0;
  int month = 0;
  std::vector<PaperRef> papers;    // all of the feed's of that month, newest first
  std::optional<Date> until = {};  // the site's newest day, where the month may not be over
};

// A feed before its items are rendered. Its three files are in the folder `path`. Its entries are papers, days or
// weeks.
struct FeedPlan {
  FeedGroup group = FeedGroup::own;
  std::string path;   // "", "daily/", "topics/SLUG/"
  std::string title;  // plain text, with the site's
  std::string name;   // plain text, on the page of feeds
  std::string description;
  std::string home;                        // path of the page that it belongs to
  std::vector<PaperRef> papers = {};       // newest first
  std::vector<DaySpan> days = {};          // newest first; several in one are a run of lost days
  std::vector<WeekPlan> weeks = {};        // newest first
  std::vector<HistoryMonth> history = {};  // newest first; empty: it keeps none
  std::string moved_to = {};               // the path of the topic that took its place; empty: none did
  std::optional<Date> moved_on = {};       // the first day after it
};

// First the three that the page of feeds offers first: a day an entry, the best, everything. Then the week's best,
// topics, followed authors, the owner's own, and those of topics that have another name now.
std::vector<FeedPlan> feed_plans(const Summaries& days, const SiteParts& parts);

// The days whose records are needed to render the items.
std::vector<Date> days_in(const std::vector<FeedPlan>& plans);

// "topics/maps/history/2025-08.xml". That of a month which may not be over is "…/2025-08-14.xml", another each day:
// what a reader has once, it need not ask for again (RFC 5005).
std::string history_path(const FeedPlan& plan, const HistoryMonth& month);

// Outlines for feed readers (OPML 2.0, http://opml.org/spec2.opml) in which no paper is twice: one of the first feeds,
// one of the topics.
std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site);
std::string topics_opml(const std::vector<FeedPlan>& plans, const SiteSettings& site);

}  // namespace daybook
