// llms.txt at the site's root: what programs that read for people find here, as Markdown (https://llmstxt.org).
#pragma once

#include <string>
#include <vector>

#include "day/day.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

std::string llms_txt(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts);

}  // namespace daybook
