// The files of the feeds: three formats of each, their history, the outlines.
#pragma once

#include <map>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "feeds/feeds.h"
#include "site/parts.h"
#include "site/planned_file.h"

namespace daybook {

// `full` and `parts` must outlive the plan.
void plan_feeds(std::vector<PlannedFile>& plan, std::vector<FeedPlan> feeds, const std::map<Date, Day>& full,
                const SiteParts& parts);

}  // namespace daybook
