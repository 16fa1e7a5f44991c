// The plan of the whole site: every file has a path now and is rendered when its turn comes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "day/day.h"
#include "settings/templates.h"
#include "site/day_page.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

struct PlannedFile {
  std::string path;
  std::function<std::string(Renderer&)> render;
};

// The pages of one day, to be planned, rendered and let go one day after the other. `markdown` is the page that the
// archive keeps beside the record, which is published as it stands; empty: it is made from the day.
std::vector<PlannedFile> plan_day(const Day& day, const std::string& markdown, const Neighbours& neighbours,
                                  const SiteParts& parts);
std::vector<PlannedFile> plan_unreadable_day(Date date, const Neighbours& neighbours, const SiteParts& parts);

// The days that plan_index wants in full: those in the feeds, and the front page's.
std::vector<Date> days_wanted(const Summaries& days, const SiteParts& parts);

// All the rest. `days`, `full` (the days of days_wanted) and `parts` must outlive the plan.
std::vector<PlannedFile> plan_index(const Summaries& days, const std::map<Date, Day>& full, const SiteParts& parts);

// What each of our templates is given, shown on an invented day with everything set.
std::map<std::string, Fields> offered_fields(const SiteParts& parts);

// Names in the templates that none of that offers go to `errors`.
void check_templates(const Templates& templates, const SiteParts& parts, Errors& errors);

// The earlier and the later day around each, for dates in any one order: result[i] belongs to dates[i].
std::vector<Neighbours> neighbours_of(const std::vector<Date>& newest_first);

}  // namespace daybook
