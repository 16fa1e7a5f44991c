// Pages of followed authors: their papers, as the archive shows them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "day/day.h"
#include "settings/settings.h"
#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// Writes down which papers are by a followed author: those that were matched when they were recorded, and older ones by
// name, unless they were found to be a namesake's. `summary` is the day's.
void note_followed(DaySummary& summary, const Day& day, const std::vector<Author>& authors);

std::string author_path(std::string_view slug);  // "authors/ada-lovelace/"

// Followed authors, each with name, author_path and papers ("12 papers").
Fields::List author_list(const Summaries& days, const std::vector<Author>& authors);

// For author.html.
Fields author_page_fields(const Summaries& days, const Author& author, const SiteParts& parts);

}  // namespace daybook
