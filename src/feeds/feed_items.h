// The entries of feeds: of a paper, of a day, of days that were lost, of a week.
//
// Ids and times come from the record alone, never from a clock: a rebuilt site gives the same bytes, and readers see
// nothing new. Ids are permanent tag: URIs, and stay when the site moves (store/archive.h, site.json). Each entry of a
// day has a second of its own, because readers sort by time: the best paper is the newest. A paper that was scored
// again keeps `published` and gets a later `updated`, which collides neither with its own day nor with another day
// rescored at the same time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "feeds/feed_formats.h"
#include "settings/template_fields.h"
#include "settings/templates.h"
#include "site/parts.h"
#include "site/period.h"
#include "site/summary.h"

namespace daybook {

// When a paper's entry was published: midnight in New York of its day, plus a second for each paper ranked below it.
Instant entry_time(Date date, std::size_t rank, std::size_t count);

// When an entry of `date` was updated that was published at `published` and scored again on the day `on`: at its second
// of the day, but on `on`, and five minutes later for each day between the two, so that times stay unique.
Instant rescored_time(Instant published, Date date, Date on);

// A paper's name: what its title has before a colon, else the title, cut between two words where it is long.
std::string short_title(std::string_view title);

// Without content: what a feed's history has.
FeedItem brief_paper_item(const PaperRef& ref, const SiteParts& parts);

// `day` is the paper's, in full.
FeedItem paper_item(const PaperRef& ref, const Day& day, const SiteParts& parts, Renderer& renderer);

// "14 May: Cognifold and 32 more": the day's papers as a list.
FeedItem day_item(const DaySummary& day, const SiteParts& parts, Renderer& renderer);

// "19–29 May: 8 days were lost": lost days in a row, newest first, with quiet ones between them.
FeedItem lost_days_item(DaySpan days, const SiteParts& parts);

// "Best of 11–15 May: Cognifold and 14 more", of the week that begins on `monday`; it is out on its Saturday.
FeedItem week_item(Date monday, const std::vector<PaperRef>& best, const SiteParts& parts, Renderer& renderer);

// The fields of feed-day.html; check_names() uses them too.
Fields feed_day_fields(const DaySummary& day, const SiteParts& parts);

}  // namespace daybook
