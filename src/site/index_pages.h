// Pages that list days or papers of many days: months, years, the archive, topics.
#pragma once

#include <string>
#include <vector>

#include "settings/settings.h"
#include "settings/template_fields.h"
#include "site/summary.h"

namespace daybook {

// For month.html: the calendar of that month and its days with their best papers.
Fields month_page_fields(const Summaries& days, int year, int month, const SiteSettings& site);

// For year.html: twelve calendars.
Fields year_page_fields(const Summaries& days, int year, const SiteSettings& site);

// For archive.html: all years at a glance.
Fields archive_page_fields(const Summaries& days, const SiteSettings& site);

// The years that have a day, newest first; the months of a year that have one, oldest first.
std::vector<int> years_of(const Summaries& days);
std::vector<int> months_of(const Summaries& days, int year);

}  // namespace daybook
