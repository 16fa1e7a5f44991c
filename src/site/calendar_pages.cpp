#include "site/calendar_pages.h"

#include <algorithm>
#include <functional>

#include "site/calendar.h"
#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/period.h"
#include "site/topic_pages.h"

namespace daybook {

namespace {

constexpr std::size_t week_papers_most = 15;
constexpr std::size_t best_of_month = 10;
constexpr std::size_t all_days = 366;

void set_totals(Fields& fields, DaySpan period) {
  const Totals sum(period);
  fields.set("days_sum", sum.days_text());
  fields.set("papers_sum", sum.papers_text());
  fields.set("cost_sum", sum.spending.text());
}

struct BestList {
  std::size_t at_most;
  std::string title;      // where it leaves papers out
  std::string all_title;  // where it is all there are
};

void set_best(Fields& fields, const std::vector<PaperRef>& best, const BestList& list, const SiteParts& parts) {
  fields.flag("has_best", !best.empty());
  fields.set("best_title", best.size() < list.at_most ? list.all_title : list.title);
  fields.set("best", list_of(best, [&](const PaperRef& ref) { return line_fields(ref, parts); }));
}

struct PageLink {
  std::string title;
  std::string path;
};

void set_neighbours(Fields& fields, const PageLink& earlier, const PageLink& later) {
  fields.set("earlier", earlier.title).set("earlier_path", earlier.path);
  fields.set("later", later.title).set("later_path", later.path);
}

// The nearest of the newest-first `all` before and after `here`.
template <typename One, typename Describe>
void set_neighbours_in(Fields& fields, const std::vector<One>& all, const One& here, Describe describe) {
  const auto found = std::find(all.begin(), all.end(), here);
  const bool has_earlier = found != all.end() && std::next(found) != all.end();
  set_neighbours(fields, has_earlier ? describe(*std::next(found)) : PageLink{},
                 found != all.begin() && found != all.end() ? describe(*std::prev(found)) : PageLink{});
}

std::vector<Date> months_of(const Summaries& days) {
  std::vector<Date> months;
  for (const DaySummary& day : days) {
    const Date first = *Date::from_parts(day.date.year(), day.date.month(), 1);
    if (months.empty() || months.back() != first) months.push_back(first);
  }
  return months;
}

std::string week_title(Date monday) { return "Week " + std::to_string(iso_week(monday).week); }

Fields month_of_year(DaySpan days, int year, int month) {
  const DaySpan span = days_of_month(days, year, month);
  Fields fields;
  set_calendar(fields, span, *Date::from_parts(year, month, 1), WeekNumbers::left_out);
  set_totals(fields, span);
  return fields;
}

// The months as one line of links, each by its first letters.
Fields month_link(DaySpan days, int year, int month) {
  const DaySpan span = days_of_month(days, year, month);
  return Fields()
      .set("month", month_name(month))
      .set("short", month_name(month).substr(0, 3))
      .set("month_path", month_path(year, month))
      .flag("has_days", !span.empty())
      .set("papers_sum", Totals(span).papers_text());
}

template <typename Make>
Fields::List twelve(Make make) {
  Fields::List months;
  for (int month = 1; month <= 12; ++month) months.push_back(make(month));
  return months;
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

std::vector<Date> weeks_of(const Summaries& days) {
  std::vector<Date> weeks;
  for (const DaySummary& day : days) {
    const Date monday = monday_of(day.date);
    if (!day.papers.empty() && (weeks.empty() || weeks.back() != monday)) weeks.push_back(monday);
  }
  return weeks;
}

void set_week(Fields& fields, Date monday) {
  fields.set("week", static_cast<long long>(iso_week(monday).week));
  fields.set("week_path", week_path(iso_week(monday)));
  fields.set("week_range", date_range(monday, monday + 6));
}

std::vector<PaperRef> papers_of_week(const Summaries& days, Date monday) {
  // One that an earlier week showed is not among its best again.
  const auto papers = first_shown(days_between(days, monday, monday + 6), [](const PaperSummary&) { return true; });
  return best_among(papers, week_papers_most);
}

Fields week_page_fields(const Summaries& days, Date monday, const SiteParts& parts) {
  const DaySpan span = days_between(days, monday, monday + 6);
  const IsoWeek week = iso_week(monday);
  const std::string title = week_title(monday) + " of " + std::to_string(week.year);
  Fields fields = page_fields(
      parts.site, {week_path(week), title, "The best papers of " + date_range(monday, monday + 6) + '.', ""});
  set_week(fields, monday);
  fields.set("year", std::to_string(week.year));
  set_totals(fields, span);
  set_neighbours_in(fields, weeks_of(days), monday, [](Date other) {
    return PageLink{week_title(other), week_path(iso_week(other))};
  });
  set_best(fields, papers_of_week(days, monday), {week_papers_most, "Best 15 of the week", "The papers of the week"},
           parts);
  fields.set("days", day_lines(span, all_days));
  return fields;
}

Fields month_page_fields(const Summaries& days, int year, int month, const SiteParts& parts) {
  const Date first = *Date::from_parts(year, month, 1);
  const DaySpan span = days_of_month(days, year, month);
  const std::string title = month_title(year, month);
  Fields fields = page_fields(parts.site, {month_path(year, month), title, "", ""});
  // A week's link is there for its days of other months too.
  set_calendar(fields, days_between(days, monday_of(first), first + 37), first, WeekNumbers::shown);
  set_totals(fields, span);
  set_neighbours_in(fields, months_of(days), first, [](Date other) {
    return PageLink{month_title(other.year(), other.month()), month_path(other.year(), other.month())};
  });
  fields.set("year", std::to_string(year)).set("year_path", year_path(year));
  fields.set("key", calendar_key());
  const std::string name(month_name(month));
  set_best(fields, best_of(span, best_of_month), {best_of_month, "Best ten of " + name, "The papers of " + name},
           parts);
  fields.set("days", day_lines(span, all_days));
  return fields;
}

Fields year_page_fields(const Summaries& days, int year, const SiteParts& parts) {
  const DaySpan span = days_of_year(days, year);
  Fields fields = page_fields(parts.site, {year_path(year), std::to_string(year), "", ""});
  fields.set("year", std::to_string(year));
  set_totals(fields, span);
  set_neighbours_in(fields, years_of(days), year, [](int other) {
    return PageLink{std::to_string(other), year_path(other)};
  });
  fields.set("months", twelve([&](int month) { return month_of_year(span, year, month); }));
  fields.set("key", calendar_key());
  return fields;
}

Fields archive_page_fields(const Summaries& days, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {"archive/", "Archive", "", ""});
  set_totals(fields, days);
  fields.flag("has_days", !days.empty());
  fields.set("years", list_of(years_of(days), [&](int year) {
               const DaySpan span = days_of_year(days, year);
               Fields one;
               one.set("year", std::to_string(year)).set("year_path", year_path(year));
               set_totals(one, span);
               one.set("cells", year_cells(span));
               one.set("months", twelve([&](int month) { return month_link(span, year, month); }));
               return one;
             }));
  fields.set("key", calendar_key());
  return fields;
}

}  // namespace daybook
