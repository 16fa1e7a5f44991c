// Markdown for whoever reads the archive on GitHub: a day's page and the index of days.
#pragma once

#include <string>
#include <string_view>

#include "day/day.h"
#include "settings/settings.h"
#include "site/summary.h"

namespace daybook {

// In the predecessors' layout; `prompt` is the prompt's text, empty for none. The page is made from the record and has
// less: no TeX sources, versions, categories or local scores.
std::string markdown_page(const Day& day, const SiteSettings& site, const std::string& prompt);

// The archive's README.md: a list of its days.
std::string markdown_index(const Summaries& days, const SiteSettings& site);

// The anchor that GitHub gives to a heading, for a table of contents: lower case; letters, marks, digits, "_", "-" and
// blanks stay, all else goes; blanks become "-" (github.com/gjtorikian/html-pipeline, toc_filter).
std::string heading_slug(std::string_view heading);

// What the LLM and the services said, and titles, TeX and all: no link, picture or element in them comes to life.
std::string foreign_markdown(std::string_view tex);
// The same for a cell of a table, which a bar would end, even one in a formula (GFM 0.29, 4.10).
std::string markdown_cell(std::string_view tex);

}  // namespace daybook
