// Pages of periods: weeks, months, years, and the archive of all years.
#pragma once

#include <vector>

#include "core/date.h"
#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// For week.html: the week's best papers, each once, and its days.
Fields week_page_fields(const Summaries& days, Date monday, const SiteParts& parts);

// For month.html: the month's calendar, best papers and days.
Fields month_page_fields(const Summaries& days, int year, int month, const SiteParts& parts);

// For year.html: twelve calendars.
Fields year_page_fields(const Summaries& days, int year, const SiteParts& parts);

// For archive.html: a strip of cells a year.
Fields archive_page_fields(const Summaries& days, const SiteParts& parts);

// The years that have a day, newest first; the months of a year that have one, oldest first; the Mondays of the weeks
// that have a paper, newest first.
std::vector<int> years_of(const Summaries& days);
std::vector<int> months_of(const Summaries& days, int year);
std::vector<Date> weeks_of(const Summaries& days);

// The papers that a week's page lists.
std::vector<PaperRef> papers_of_week(const Summaries& days, Date monday);

// week ("2"), week_path, week_range ("5–11 January").
void set_week(Fields& fields, Date monday);

}  // namespace daybook
