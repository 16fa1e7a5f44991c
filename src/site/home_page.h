// The front page: the best of the latest day, the days before it, the best of the week, and whether days were lost.
#pragma once

#include <optional>

#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// The day that the front page shows: the newest with papers, else the newest that can be read; null: there is none.
const DaySummary* front_day(const Summaries& days);

// The last day that changed what the front page says, where there is one.
std::optional<Date> front_changed_on(const Summaries& days);

// For home.html. There must be a front day.
Fields home_page_fields(const Summaries& days, const SiteParts& parts);

}  // namespace daybook
