// The plan of the whole site: a list of files, each with its path and a function that renders it later. Nothing here
// touches the disk; command/build renders the plan on several threads and hands the bytes to platform/publish.h.
//
// A site of years must not be held in memory. So a day is read, planned, rendered and let go before the next one
// (plan_day), and everything that spans days (index pages, topics, the archive) is made from Summaries, a few fields of
// each paper. Only the few days whose full text the feeds show stay (days_wanted). A site of 242 days (7,218 papers) is
// built in 0.5 s on two cores, in 52 MB (November 2026).
//
// Templates are checked against fields made from an invented day with everything set: a wrong name in an owner's
// template is reported even if no day has used that part of it yet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "day/day.h"
#include "exports/search_index.h"
#include "settings/templates.h"
#include "site/day_page.h"
#include "site/parts.h"
#include "site/planned_file.h"
#include "site/summary.h"

namespace daybook {

// The pages of one day. `markdown` is the page that the archive keeps beside the record, which is published unchanged;
// empty: it is made from the day.
std::vector<PlannedFile> plan_day(const Day& day, const std::string& markdown, const Neighbours& neighbours,
                                  const SiteParts& parts);
std::vector<PlannedFile> plan_unreadable_day(Date date, const Neighbours& neighbours, const SiteParts& parts);

// The days that plan_index() needs in full: those in the feeds.
std::vector<Date> days_wanted(const Summaries& days, const SiteParts& parts);

// All other files. `days`, `full` (the days of days_wanted()) and `parts` must outlive the plan.
std::vector<PlannedFile> plan_index(const Summaries& days, const std::map<Date, Day>& full, const SiteParts& parts);

// The files that the search page reads, of packed ones (exports/search_index.h); `search` must outlive the plan.
std::vector<PlannedFile> plan_search(const SearchIndex& search, const Summaries& days, const SiteParts& parts);

// The fields that each of our templates is given, for an invented day with everything set.
std::map<std::string, Fields> offered_fields(const SiteParts& parts);

// Reports names in the templates that offered_fields() does not have.
void check_templates(const Templates& templates, const SiteParts& parts, Errors& errors);

// The nearest days before and after.
Neighbours neighbours_of(Date date, const std::vector<Date>& newest_first);

}  // namespace daybook
