// Which papers the owner's own choices of feeds hold: [feeds] best and each [[feed]].
#pragma once

#include "day/day.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// Writes down, for each paper of the day's summary, which filters want it: that of the best papers first, then the own
// feeds' in their order. How many a day a feed takes at most is not decided here.
void note_feeds(DaySummary& summary, const Day& day, const FeedSettings& feeds);

// A day's summary with what the settings make of it now: followed authors and filters.
DaySummary site_summary(const Day& day, const SiteParts& parts);

}  // namespace daybook
