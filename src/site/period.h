// Part of an archive's days, a week, a month, a year: its sums, its best papers, its days as lines.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "settings/template_fields.h"
#include "site/summary.h"
#include "site/usage_fields.h"

namespace daybook {

using DaySpan = std::span<const DaySummary>;  // newest first

DaySpan days_between(DaySpan days, Date first, Date last);  // both included
DaySpan days_of_year(DaySpan days, int year);
DaySpan days_of_month(DaySpan days, int year, int month);

struct Totals {
  explicit Totals(DaySpan summaries);
  std::string days_text() const;    // "48 days, 46 of them lost"
  std::string papers_text() const;  // "1,234 papers"
  std::size_t days = 0;             // on which something was announced
  std::size_t lost = 0;
  std::size_t papers = 0;
  Spending spending;
};

// The papers of a relevance of 9 or 10.
std::size_t top_papers(const DaySummary& day);

// What a reader should know of a day, as a clause: "lost", "scored without the LLM"; empty: nothing. That a site has no
// LLM at all is no news of a day.
std::string_view remark_on(const DaySummary& day);

// The best papers of all the days, in the order of a day (day/select.h; of the h-index floor only the day knew). Each
// is there once, as its newest day has it.
std::vector<PaperRef> best_of(DaySpan days, std::size_t at_most);
std::vector<PaperRef> best_among(std::vector<PaperRef> papers, std::size_t at_most);

// A line a day, newest first, until `at_most` days are there. Lost and quiet days in a row are one line: "19–29 May: 8
// days lost".
Fields::List day_lines(DaySpan days, std::size_t at_most);

}  // namespace daybook
