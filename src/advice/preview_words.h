// A preview in words: for the console, and in Markdown for GitHub's job summary.
#pragma once

#include <string>
#include <vector>

#include "day/preview_day.h"

namespace daybook {

// "2099-01-05: 31 -> 34 papers: 5 added, 2 dropped", and below it each paper that comes or goes.
std::string preview_text(const DayPreview& day);

// "14 days: 310 -> 316 papers, 22.1 -> 22.6 a day: 12 added, 6 dropped"
std::string preview_sum(const std::vector<DayPreview>& days);

// A table of the days and lists of what comes and goes, as far as a summary takes them; `notes`: a paragraph each.
std::string preview_markdown(const std::vector<DayPreview>& days, const std::vector<std::string>& notes);

}  // namespace daybook
