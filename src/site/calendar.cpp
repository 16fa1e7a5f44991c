#include "site/calendar.h"

#include <algorithm>
#include <array>
#include <functional>

#include "site/links.h"

namespace daybook {

namespace {

// The classes l1 to l4 begin at these numbers of top papers. Of a year of arXiv's cs.LG (242 days) they hold 5, 33, 27
// and 35 % of the days; equal steps are read more easily than equal shares.
constexpr std::array<std::size_t, 4> steps = {1, 6, 11, 16};

const DaySummary* find_day(DaySpan days, Date date) {
  const DaySpan found = days_between(days, date, date);
  return found.empty() ? nullptr : &found.front();
}

std::string level_of(const DaySummary& day) {
  const std::size_t count = top_papers(day);
  return 'l' +
         std::to_string(std::count_if(steps.begin(), steps.end(), [&](std::size_t step) { return count >= step; }));
}

std::string_view shape_of(const DaySummary& day) {
  if (!day.readable || day.status == Status::lost) return " lost";
  if (day.status == Status::partial || day.status == Status::degraded || day.cut_off) return " part";
  return day.status == Status::quiet ? " quiet" : "";
}

std::string classes_of(const DaySummary& day) { return level_of(day).append(shape_of(day)); }

// "5 August 2025: 40 papers, 17 of a relevance of 9 or 10"
std::string label_of(const DaySummary& day) {
  std::string text = plain_date(day.date) + ": ";
  const std::string_view remark = remark_on(day);
  if (day.papers.empty() && !remark.empty()) return text.append(remark);
  text += counted(day.papers.size(), "paper", "papers") + ", " + std::to_string(top_papers(day)) +
          " of a relevance of 9 or 10";
  return remark.empty() ? text : text.append(", ").append(remark);
}

Fields cell(std::optional<Date> date, bool has_page, std::string classes, std::string label) {
  Fields fields;
  fields.set("day", date ? std::to_string(date->day()) : "");
  fields.flag("has_page", has_page);
  fields.set("place", has_page ? day_path(*date) : "");
  fields.set("classes", std::move(classes));
  fields.set("label", std::move(label));
  return fields;
}

using MakeCell = std::function<Fields(Date)>;

// `links` are the paths of the weeks' pages, by the week's Monday; empty: none.
void set_weeks(Fields& fields, Date first, const MakeCell& make, const std::function<std::string(Date)>& links) {
  const Date behind = first + days_in_month(first.year(), first.month());
  Fields::List weeks;
  for (Date monday = monday_of(first); monday < behind; monday = monday + 7) {
    Fields::List cells;
    for (Date date = monday; date < monday + 7; date = date + 1)
      cells.push_back(date < first || date >= behind ? cell({}, false, "", "") : make(date));
    Fields week;
    week.set("week", static_cast<long long>(iso_week(monday).week)).set("week_path", links(monday));
    week.set("cells", std::move(cells));
    weeks.push_back(std::move(week));
  }
  fields.set("month", month_name(first.month()));
  fields.set("month_title", month_title(first.year(), first.month()));
  fields.set("weeks", std::move(weeks));
}

}  // namespace

void set_calendar(Fields& fields, DaySpan days, Date first_of_month, WeekNumbers numbers) {
  const auto link = [&](Date monday) {
    const DaySpan week = days_between(days, monday, monday + 6);
    const bool has_page =
        std::any_of(week.begin(), week.end(), [](const DaySummary& day) { return !day.papers.empty(); });
    return numbers == WeekNumbers::shown && has_page ? week_path(iso_week(monday)) : "";
  };
  const auto make = [&](Date date) {
    const DaySummary* day = find_day(days, date);
    return day == nullptr ? cell(date, false, "", "") : cell(date, true, classes_of(*day), label_of(*day));
  };
  fields.set("month_path", days.empty() ? "" : month_path(first_of_month.year(), first_of_month.month()));
  fields.flag("has_week_numbers", numbers == WeekNumbers::shown);
  set_weeks(fields, first_of_month, make, link);
}

Fields calendar_of(const std::vector<Date>& days, int year, int month, std::optional<Date> here) {
  Fields fields;
  const auto make = [&](Date date) {
    const bool has_page = std::binary_search(days.begin(), days.end(), date, std::greater<>());
    return cell(date, has_page, date == here ? "here" : "", "");
  };
  fields.set("month_path", month_path(year, month));
  fields.flag("has_week_numbers", false);
  set_weeks(fields, *Date::from_parts(year, month, 1), make, [](Date) { return ""; });
  return fields;
}

Fields::List year_cells(DaySpan days) {
  const int year = days.front().date.year();
  const Date first = *Date::from_parts(year, 1, 1);
  const Date last = *Date::from_parts(year, 12, 31);
  Fields::List cells;
  for (Date date = monday_of(first); date <= last; date = date + 1) {
    const DaySummary* day = date < first ? nullptr : find_day(days, date);
    cells.push_back(Fields().set("classes", day == nullptr ? "" : classes_of(*day)));
  }
  return cells;
}

Fields::List calendar_key() {
  Fields::List key;
  const auto add = [&](std::string kind, std::string meaning) {
    key.push_back(Fields().set("kind", std::move(kind)).set("meaning", std::move(meaning)));
  };
  add("l0", "none");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool is_last = i + 1 == steps.size();
    add('l' + std::to_string(i + 1),
        std::to_string(steps[i]) + (is_last ? " or more" : "–" + std::to_string(steps[i + 1] - 1)));
  }
  add("l0 part", "incomplete");
  add("l0 lost", "lost");
  add("l0 quiet", "nothing announced");
  return key;
}

}  // namespace daybook
