// The entries of feeds: of a paper, of a day.
//
// Ids and times come from the record alone, never from a clock: a rebuilt site gives the same bytes, and readers see
// nothing new. Ids are permanent tag: URIs, and stay when the site moves (store/archive.h, site.json). Each entry of a
// day has a second of its own, because readers sort by time: the best paper is the newest. A paper that was scored
// again keeps `published` and gets a later `updated`, which collides neither with its own day nor with another day
// rescored at the same time.
#pragma once

#include <cstddef>

#include "core/date.h"
#include "day/day.h"
#include "settings/template_fields.h"
#include "settings/templates.h"
#include "site/feed_formats.h"
#include "site/parts.h"

namespace daybook {

// When a paper's entry was published: midnight in New York of its day, plus a second for each paper ranked below it.
Instant entry_time(Date date, std::size_t rank, std::size_t count);

// When an entry of `date` was updated that was published at `published` and scored again on the day `on`: at its second
// of the day, but on `on`, and five minutes later for each day between the two, so that times stay unique.
Instant rescored_time(Instant published, Date date, Date on);

FeedItem paper_item(const Day& day, std::size_t index, const SiteParts& parts, Renderer& renderer);
FeedItem day_item(const Day& day, const SiteParts& parts, Renderer& renderer);

// The fields of the templates; check_names() uses them too.
Fields feed_day_fields(const Day& day, const SiteParts& parts);

}  // namespace daybook
