// Calendars: a cell a day, whose class says how many papers of a relevance of 9 or 10 the day has, and by a shape what
// went wrong. Weeks begin on Monday: arXiv's do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "settings/template_fields.h"
#include "site/period.h"

namespace daybook {

// For calendar.html: month, month_title, month_path, and `weeks` of seven cells, with links to the days that have a
// page. `numbers` of weeks are links to their pages, where there is one.
enum class WeekNumbers { shown, left_out };
void set_calendar(Fields& fields, DaySpan month, Date first_of_month, WeekNumbers numbers);

// The same of a month whose other days are not known yet, only which of them have a page; `here` is the page's own.
Fields calendar_of(const std::vector<Date>& days, int year, int month, std::optional<Date> here);

// A year as 53 or 54 columns of seven cells, without links: `cells`, down each week in turn.
Fields::List year_cells(DaySpan year);

// What the classes mean: a list of `kind` and `meaning`.
Fields::List calendar_key();

}  // namespace daybook
