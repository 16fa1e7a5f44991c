#include "site/calendar.h"

#include <algorithm>

#include "site/calendar_pages.h"
#include "site/samples.h"
#include "support/catch.h"

using namespace daybook;
using namespace daybook::samples;

namespace {

Date day(const char* iso) { return Date::parse(iso).value(); }

DaySummary with(const char* iso, Status status, int papers = 0) {
  Day one = day_with(day(iso), papers);
  one.status = status;
  return summary_of(one);
}

Day costing(const char* iso, const std::optional<Usage>& usage) {
  Day one = day_with(day(iso), 2);
  one.usage = usage;
  return one;
}

// Costs known, some of them, none, no LLM.
std::vector<Day> costs() {
  const Usage priced{"model-1", 1, 900, {}, 70, {}, {}, 0.25};
  const Usage unpriced{"model-2", 1, 900, {}, 70, {}, {}, {}};
  return {costing("2099-04-06", {}),     costing("2099-03-03", unpriced), costing("2099-02-04", unpriced),
          costing("2099-02-03", priced), costing("2099-01-06", priced),   costing("2098-12-01", priced)};
}

std::string text(const Fields& fields, const char* name) { return std::get<std::string>(*fields.find(name)); }

const Fields::List& list(const Fields& fields, const char* name) { return std::get<Fields::List>(*fields.find(name)); }

std::vector<std::string> texts(const Fields::List& all, const char* name) {
  std::vector<std::string> found;
  for (const Fields& one : all) found.push_back(text(one, name));
  return found;
}

Fields calendar(const Summaries& days, const char* first) {
  Fields fields;
  set_calendar(fields, days, day(first), WeekNumbers::shown);
  return fields;
}

const Fields& cell(const Fields& calendar, std::size_t week, std::size_t column) {
  return list(list(calendar, "weeks").at(week), "cells").at(column);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("calendar: weeks begin on Monday and hold every day of the month once", "[site]") {
  struct Known {
    const char* first;
    std::size_t weeks;
    std::size_t first_column;
    int length;
  };
  const Known all[] = {
      {"2099-01-01", 5, 3, 31}, {"2024-02-01", 5, 3, 29}, {"2027-02-01", 4, 0, 28}, {"2026-08-01", 6, 5, 31}};
  for (const Known& known : all) {
    INFO(known.first);
    const Fields fields = calendar({}, known.first);
    Texts days;
    for (const Fields& week : list(fields, "weeks"))
      for (const Fields& one : list(week, "cells")) days.push_back(text(one, "day"));
    CHECK(days.size() == known.weeks * 7);
    CHECK(days.at(known.first_column) == "1");
    CHECK(std::count(days.begin(), days.end(), "") == static_cast<std::ptrdiff_t>(days.size()) - known.length);
    CHECK(text(fields, "month_path").empty());
  }
}

TEST_CASE("calendar: a cell's class tells its number of top papers, its shape and label what went wrong", "[site]") {
  DaySummary unreadable = unreadable_day(day("2099-01-16"));
  DaySummary cut = with("2099-01-15", Status::complete, 60);
  cut.cut_off = true;
  const Summaries days = {unreadable,
                          cut,
                          with("2099-01-14", Status::partial, 80),
                          with("2099-01-13", Status::degraded, 30),
                          with("2099-01-12", Status::local, 28),
                          with("2099-01-09", Status::complete, 1),
                          with("2099-01-08", Status::complete),
                          with("2099-01-07", Status::lost),
                          with("2099-01-06", Status::quiet),
                          with("2099-01-05", Status::complete, 3)};
  const Fields fields = calendar(days, "2099-01-01");
  const auto classes = [&](std::size_t week, std::size_t column) {
    return text(cell(fields, week, column), "classes");
  };
  const auto label = [&](std::size_t week, std::size_t column) { return text(cell(fields, week, column), "label"); };
  CHECK(classes(1, 0) == "l1");
  CHECK(label(1, 0) == "5 January 2099: 3 papers, 1 of a relevance of 9 or 10");
  CHECK(text(cell(fields, 1, 0), "place") == "2099/01/05/");
  CHECK(classes(1, 1) == "l0 quiet");
  CHECK(label(1, 1) == "6 January 2099: nothing announced");
  CHECK(classes(1, 2) == "l0 lost");
  CHECK(label(1, 2) == "7 January 2099: lost");
  CHECK(classes(1, 3) == "l0");
  CHECK(label(1, 3) == "8 January 2099: 0 papers, 0 of a relevance of 9 or 10");
  CHECK(label(1, 4) == "9 January 2099: 1 paper, 1 of a relevance of 9 or 10");
  CHECK(classes(2, 0) == "l2");
  CHECK(classes(2, 1) == "l2 part");
  CHECK(label(2, 1) == "13 January 2099: 30 papers, 6 of a relevance of 9 or 10, scored without the LLM");
  CHECK(classes(2, 2) == "l4 part");
  CHECK(classes(2, 3) == "l3 part");
  CHECK(holds(label(2, 3), "part of the announcement is missing"));
  CHECK(classes(2, 4) == "l0 lost");
  CHECK(label(2, 4) == "16 January 2099: the record can't be read");
  CHECK(classes(2, 5).empty());
  CHECK(texts(calendar_key(), "meaning") ==
        Texts{"none", "1–5", "6–10", "11–15", "16 or more", "incomplete", "lost", "nothing announced"});
}

TEST_CASE("calendar: a week with papers is linked, also where they are of another month or year", "[site]") {
  const Summaries days = {with("2027-01-05", Status::lost), with("2026-12-31", Status::complete, 1)};
  CHECK(texts(list(calendar(days, "2027-01-01"), "weeks"), "week") == Texts{"53", "1", "2", "3", "4"});
  CHECK(texts(list(calendar(days, "2027-01-01"), "weeks"), "week_path") == Texts{"2026/w53/", "", "", "", ""});
  CHECK(weeks_of(days) == std::vector<Date>{day("2026-12-28")});
}

TEST_CASE("calendar: a day's own knows which days have a page, and where it stands", "[site]") {
  const Fields fields = calendar_of({day("2099-01-07"), day("2099-01-05")}, 2099, 1, day("2099-01-05"));
  CHECK(text(cell(fields, 1, 0), "classes") == "here");
  CHECK(text(cell(fields, 1, 0), "place") == "2099/01/05/");
  CHECK(text(cell(fields, 1, 1), "place").empty());
  CHECK(text(cell(fields, 1, 2), "classes").empty());
  CHECK(text(cell(fields, 1, 2), "place") == "2099/01/07/");
}

TEST_CASE("calendar: a year's strip begins with the Monday before it and ends with its last day", "[site]") {
  const auto cells = [](const char* iso) {
    const Summaries days = {with(iso, Status::complete, 1)};
    const Texts classes = texts(year_cells(days), "classes");
    return std::pair(classes.size(), std::find(classes.begin(), classes.end(), "l1") - classes.begin());
  };
  CHECK(cells("2024-01-01") == std::pair<std::size_t, std::ptrdiff_t>{366, 0});  // a leap year from a Monday on
  CHECK(cells("2024-12-31") == std::pair<std::size_t, std::ptrdiff_t>{366, 365});
  CHECK(cells("2027-01-01") == std::pair<std::size_t, std::ptrdiff_t>{369, 4});  // a Friday
}

TEST_CASE("calendar: lost and quiet days in a row are one line", "[site]") {
  const Summaries days = {
      with("2099-06-10", Status::complete, 2), with("2099-06-07", Status::quiet), with("2099-06-06", Status::quiet),
      with("2099-06-04", Status::partial, 1),  with("2099-05-31", Status::quiet), with("2099-05-29", Status::lost),
      with("2099-05-25", Status::quiet),       with("2099-05-19", Status::lost),  with("2099-05-17", Status::quiet),
      with("2099-05-15", Status::degraded),    with("2099-05-14", Status::lost)};
  const Fields::List lines = day_lines(days, 9);
  CHECK(texts(lines, "gap") ==
        Texts{"", "6–7 June: nothing announced", "", "19–29 May: 2 days lost", "", "14 May: 1 day lost"});
  CHECK(texts(lines, "kind") == Texts{"", "quiet", "", "lost", "", "lost"});
  CHECK(text(lines[0], "date") == "2099-06-10");
  CHECK(text(lines[0], "papers") == "2");
  CHECK(text(lines[0], "remark").empty());
  CHECK(text(lines[2], "remark") == "partly scored without the LLM");
  CHECK(text(lines[4], "paper_count") == "0 papers");
  CHECK(day_lines(days, 2).size() == 3);
  CHECK(day_lines(DaySpan(days).subspan(7, 1), 9).size() == 1);
}

TEST_CASE("calendar: the best of several days are each there once, in the order of a day", "[site]") {
  Day later = day_with(monday + 1, 0);
  Day earlier = day_with(monday, 0);
  const auto add = [](Day& to, const char* id, int relevance, double local) -> Score& {
    to.papers.push_back(entry(id, "maps", relevance, to.date));
    to.papers.back().score.local_score = local;
    return to.papers.back().score;
  };
  add(later, "9901.00003", 9, 0.5);
  add(later, "9901.00002", 9, 0.5);
  add(later, "9901.00001", 8, 0.1);
  add(earlier, "9901.00001", 10, 0.9);  // the newer record of it counts
  add(earlier, "9901.00004", 9, 0.7);
  add(earlier, "9901.00005", 8, 0.9).novelty = 7;
  add(earlier, "9901.00006", 10, 0.9).ranked_as = 3;
  add(earlier, "9901.00007", 1, 0).scorer = Scorer::author;
  const Summaries days = {summary_of(later), summary_of(earlier)};
  Texts ids;
  for (const PaperRef& ref : best_of(days, 20)) ids.push_back(ref.paper().id.substr(9));
  CHECK(ids == Texts{"7", "5", "4", "2", "3", "1", "6"});
  CHECK(best_of(days, 2).size() == 2);
  CHECK(best_of({}, 2).empty());
}

TEST_CASE("calendar: money stands with the years and the months, and says where it is only a part", "[site]") {
  const Files files = built(costs(), parts());
  const auto says = [&](const char* path, const char* sum) {
    INFO(path);
    CHECK(holds(files.at(path), sum));
  };
  says("archive/index.html", "12 papers in 6 days, at least $0.75.");
  says("archive/index.html", "<span>10 papers in 5 days, at least $0.50</span>");
  says("archive/index.html", "<span>2 papers in 1 day, $0.25</span>");
  says("2099/index.html", "<b>10 papers</b> in 5 days, at least $0.50.");
  says("2099/01/index.html", "<b>2 papers</b> in 1 day, $0.25.");
  says("2099/02/index.html", "<b>4 papers</b> in 2 days, at least $0.25.");
  says("2099/03/index.html", "<b>2 papers</b> in 1 day, cost unknown.");
  says("2099/04/index.html", "<b>2 papers</b> in 1 day.");
}

TEST_CASE("calendar: weeks, months and years lead to those next to them that have something", "[site]") {
  const Summaries days = {with("2027-01-05", Status::complete, 1), with("2026-12-31", Status::complete, 20),
                          with("2026-12-22", Status::lost), with("2026-11-03", Status::complete, 1),
                          with("2024-11-03", Status::complete, 1)};
  const auto around = [](const Fields& fields) {
    return text(fields, "earlier_path") + ' ' + text(fields, "later_path");
  };
  const SiteParts all = parts();
  const Fields week = week_page_fields(days, day("2026-12-28"), all);
  CHECK(text(week, "page_title") == "Week 53 of 2026");
  CHECK(text(week, "week_range") == "28 December – 3 January");
  CHECK(text(week, "best_title") == "Best 15 of the week");
  CHECK(list(week, "best").size() == 15);
  CHECK(list(week, "days").size() == 1);
  CHECK(around(week) == "2026/w45/ 2027/w01/");
  CHECK(around(week_page_fields(days, day("2027-01-04"), all)) == "2026/w53/ ");
  const Fields month = month_page_fields(days, 2026, 12, all);
  CHECK(text(month, "best_title") == "Best ten of December");
  CHECK(text(month, "days_sum") == "2 days, 1 of them lost");
  CHECK(around(month) == "2026/11/ 2027/01/");
  CHECK(around(month_page_fields(days, 2024, 11, all)) == " 2026/11/");
  CHECK(text(month_page_fields(days, 2024, 11, all), "best_title") == "The papers of November");
  CHECK(around(year_page_fields(days, 2026, all)) == "2024/ 2027/");
  CHECK(texts(list(year_page_fields(days, 2024, all), "months"), "month_path")[10] == "2024/11/");
  CHECK(texts(list(year_page_fields(days, 2024, all), "months"), "month_path")[9].empty());
}

TEST_CASE("calendar: a month of which everything was lost has a page that says so", "[site]") {
  std::vector<Day> days;
  for (const char* iso : {"2099-05-06", "2099-05-05", "2099-05-04"}) {
    days.push_back(day_with(day(iso), 0));
    days.back().status = Status::lost;
  }
  const Files files = built(days, parts());
  const std::string& page = files.at("2099/05/index.html");
  CHECK(holds(page, "<b>0 papers</b> in 3 days, 3 of them lost."));
  CHECK(holds(page, "4–6 May: 3 days lost"));
  CHECK(files.count("2099/w19/index.html") == 0);
  CHECK(holds(files.at("index.html"), "Papers were announced, but none was scored."));
}
