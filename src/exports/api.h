// The archive for programs: static JSON below api/v1/, as docs/formats.md and site/api/v1/schema.json describe it.
// Within v1 members are only added. What is not known is absent, never 0.
//
// Text is Unicode. A formula is TeX between \( and \), or \[ and \], which MathJax and KaTeX look for by themselves, or
// a whole environment; so a '$' is always money.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "day/day.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// One line of text as the API has it. Control characters, bidirectional ones too, are left out.
std::string api_text(std::string_view tex);

std::string api_day(const Day& day, const SiteSettings& site);
std::string api_days(const Summaries& days, const SiteSettings& site);
std::string api_topics(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts);

}  // namespace daybook
