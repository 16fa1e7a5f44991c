#include "site/index_pages.h"

#include <algorithm>

#include "site/links.h"
#include "site/page.h"
#include "site/usage_fields.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::size_t best_papers_shown = 3;

const DaySummary* find_day(const Summaries& days, Date date) {
  const auto found = std::lower_bound(days.begin(), days.end(), date,
                                      [](const DaySummary& day, Date wanted) { return day.date > wanted; });
  return found != days.end() && found->date == date ? &*found : nullptr;
}

std::string status_of_cell(const DaySummary& day) {
  return day.readable ? std::string(status_name(day.status)) : std::string("unreadable");
}

// What a screen reader says of the cell: "5 August 2025: 40 papers, complete".
std::string cell_label(const DaySummary& day) {
  return std::to_string(day.date.day()) + ' ' + month_title(day.date.year(), day.date.month()) + ": " +
         (day.readable ? counted(day.papers.size(), "paper", "papers") + ", " : "") + status_of_cell(day) +
         (day.cut_off ? ", cut off" : "");
}

Fields cell(const Summaries& days, std::optional<Date> date) {
  const DaySummary* day = date ? find_day(days, *date) : nullptr;
  Fields fields;
  fields.set("day", date ? std::to_string(date->day()) : "");
  fields.flag("has_page", day != nullptr);
  fields.set("place", day != nullptr ? day_path(day->date) : "");
  fields.set("status", day != nullptr ? status_of_cell(*day) : "");
  fields.set("papers", day != nullptr && !day->papers.empty() ? std::to_string(day->papers.size()) : "");
  fields.set("label", day != nullptr ? cell_label(*day) : "");
  return fields;
}

// Weeks begin on Monday: arXiv's do.
Fields::List weeks(const Summaries& days, int year, int month) {
  const Date first = *Date::from_parts(year, month, 1);
  const int lead = (static_cast<int>(first.weekday()) + 6) % 7;
  const int length = days_in_month(year, month);
  Fields::List weeks;
  for (int week = 0; week * 7 < lead + length; ++week) {
    Fields::List cells;
    for (int column = 0; column < 7; ++column) {
      const int day = week * 7 + column - lead + 1;
      cells.push_back(cell(days, day >= 1 && day <= length ? std::optional(first + (day - 1)) : std::nullopt));
    }
    weeks.push_back(Fields().set("cells", std::move(cells)));
  }
  return weeks;
}

bool is_in(Date date, int year, int month) { return date.year() == year && (month == 0 || date.month() == month); }

// What a period's days come to; month 0: the year's.
struct Totals {
  Totals(const Summaries& summaries, int year, int month) {
    for (const DaySummary& day : summaries) {
      if (!is_in(day.date, year, month)) continue;
      ++days;
      papers += day.papers.size();
      spending.add(day.cost, day.cost_unknown);
    }
  }
  std::size_t days = 0;
  std::size_t papers = 0;
  Spending spending;
};

void set_month(Fields& fields, const Summaries& days, int year, int month) {
  const Totals sum(days, year, month);
  fields.set("month", month_name(month));
  fields.set("month_title", month_title(year, month));
  fields.set("month_path", month_path(year, month));
  fields.set("month_days", counted(sum.days, "day", "days"));
  fields.set("month_papers", counted(sum.papers, "paper", "papers"));
  fields.set("month_cost", sum.spending.text());
}

enum class Calendars { shown, left_out };

// The year, its months, and the sums of both.
void set_year(Fields& fields, const Summaries& days, int year, Calendars calendars) {
  const Totals sum(days, year, 0);
  fields.set("year", std::to_string(year));
  fields.set("year_path", year_path(year));
  fields.set("year_days", counted(sum.days, "day", "days"));
  fields.set("year_papers", counted(sum.papers, "paper", "papers"));
  fields.set("year_cost", sum.spending.text());
  fields.set("months", list_of(months_of(days, year), [&](int month) {
               Fields one;
               set_month(one, days, year, month);
               if (calendars == Calendars::shown) one.set("weeks", weeks(days, year, month));
               return one;
             }));
}

Fields day_line(const DaySummary& day) {
  Fields fields;
  fields.set("date", day.date.iso());
  fields.set("long_date", long_date(day.date));
  fields.set("day_path", day_path(day.date));
  fields.set("status", status_of_cell(day));
  fields.set("papers", day.readable ? counted(day.papers.size(), "paper", "papers") : "");
  fields.flag("cut_off", day.cut_off);
  Fields::List best;
  for (const PaperSummary& paper : day.papers) {
    if (best.size() == best_papers_shown) break;
    best.push_back(
        Fields().set("title_html", html(paper.title)).set("place", day_path(day.date) + '#' + anchor(paper.id)));
  }
  fields.flag("has_best", !best.empty());
  fields.set("best", std::move(best));
  return fields;
}

void set_neighbour_months(Fields& fields, const Summaries& days, int year, int month) {
  const Date first = *Date::from_parts(year, month, 1);
  const Date behind = first + days_in_month(year, month);
  const auto earlier = std::find_if(days.begin(), days.end(), [&](const DaySummary& day) { return day.date < first; });
  const auto later =
      std::find_if(days.rbegin(), days.rend(), [&](const DaySummary& day) { return day.date >= behind; });
  const auto title = [](Date date) { return month_title(date.year(), date.month()); };
  const auto path = [](Date date) { return month_path(date.year(), date.month()); };
  fields.set("earlier", earlier == days.end() ? "" : title(earlier->date));
  fields.set("earlier_path", earlier == days.end() ? "" : path(earlier->date));
  fields.set("later", later == days.rend() ? "" : title(later->date));
  fields.set("later_path", later == days.rend() ? "" : path(later->date));
}

}  // namespace

std::vector<int> years_of(const Summaries& days) {
  std::vector<int> years;
  for (const DaySummary& day : days)
    if (years.empty() || years.back() != day.date.year()) years.push_back(day.date.year());
  return years;
}

std::vector<int> months_of(const Summaries& days, int year) {
  std::vector<int> months;
  for (auto day = days.rbegin(); day != days.rend(); ++day)
    if (day->date.year() == year && (months.empty() || months.back() != day->date.month()))
      months.push_back(day->date.month());
  return months;
}

Fields month_page_fields(const Summaries& days, int year, int month, const SiteSettings& site) {
  Fields fields = page_fields(site, {month_path(year, month), month_title(year, month), "", ""});
  set_month(fields, days, year, month);
  set_neighbour_months(fields, days, year, month);
  fields.set("year", std::to_string(year));
  fields.set("year_path", year_path(year));
  fields.set("weeks", weeks(days, year, month));
  Fields::List lines;
  for (const DaySummary& day : days)
    if (is_in(day.date, year, month)) lines.push_back(day_line(day));
  fields.set("days", std::move(lines));
  return fields;
}

Fields year_page_fields(const Summaries& days, int year, const SiteSettings& site) {
  Fields fields = page_fields(site, {year_path(year), std::to_string(year), "", ""});
  set_year(fields, days, year, Calendars::shown);
  return fields;
}

Fields archive_page_fields(const Summaries& days, const SiteSettings& site) {
  Fields fields = page_fields(site, {"archive/", "Archive", "", ""});
  std::size_t papers = 0;
  for (const DaySummary& day : days) papers += day.papers.size();
  fields.set("day_count", counted(days.size(), "day", "days"));
  fields.set("paper_count", counted(papers, "paper", "papers"));
  fields.flag("has_days", !days.empty());
  fields.set("years", list_of(years_of(days), [&](int year) {
               Fields one;
               set_year(one, days, year, Calendars::left_out);
               return one;
             }));
  return fields;
}

}  // namespace daybook
