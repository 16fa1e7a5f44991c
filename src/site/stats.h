// What a site's days come to: the page stats/, and the months of a topic.
#pragma once

#include <string>
#include <vector>

#include "settings/template_fields.h"
#include "site/chart.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// A topic's papers by month, from the archive's first month to its last, twelve at least: alone, for a list of topics,
// and for the partial chart.html.
std::string monthly_bars(const Summaries& days, const std::vector<PaperRef>& papers);
Fields topic_chart(const Summaries& days, const std::vector<PaperRef>& papers);

// For stats.html: six charts.
Fields stats_page_fields(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts);

}  // namespace daybook
