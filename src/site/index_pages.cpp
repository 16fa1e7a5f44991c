#include "site/index_pages.h"

#include <algorithm>
#include <set>

#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
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

constexpr std::size_t newest_shown = 100;

// What belongs to it; empty where it is an old day's.
std::string keep_of(const std::vector<Topic>& settings, const std::string& slug) {
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const Topic& t) { return t.slug == slug; });
  return found == settings.end() ? "" : found->keep;
}

Fields paper_line(const PaperRef& ref) {
  const PaperSummary& paper = ref.paper();
  Fields fields;
  fields.set("title_html", html(paper.title));
  fields.set("place", day_path(ref.day->date) + '#' + anchor(paper.id));
  fields.set("relevance", paper.relevance);
  fields.set("novelty", paper.novelty);
  fields.flag("scored_locally", paper.scored_locally);
  return fields;
}

Fields::List by_day(const std::vector<PaperRef>& refs) {
  Fields::List days;
  for (std::size_t i = 0; i < refs.size();) {
    const DaySummary* day = refs[i].day;
    Fields::List papers;
    for (; i < refs.size() && refs[i].day == day; ++i) papers.push_back(paper_line(refs[i]));
    Fields one;
    one.set("date", day->date.iso()).set("long_date", long_date(day->date)).set("day_path", day_path(day->date));
    one.set("papers", std::move(papers));
    days.push_back(std::move(one));
  }
  return days;
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

std::vector<TopicName> all_topics(const Summaries& days, const std::vector<Topic>& settings) {
  std::vector<TopicName> topics;
  std::set<std::string> known;
  for (const Topic& topic : settings)
    if (known.insert(topic.slug).second) topics.push_back({topic.slug, topic.name});
  std::vector<TopicName> old;
  for (const DaySummary& day : days) {
    for (const PaperSummary& paper : day.papers) {
      if (paper.topic.empty() || !known.insert(paper.topic).second) continue;
      old.push_back({paper.topic, topic_name(paper.topic, day.topics, {})});
    }
  }
  std::sort(old.begin(), old.end(), [](const TopicName& a, const TopicName& b) { return a.slug < b.slug; });
  topics.insert(topics.end(), old.begin(), old.end());
  return topics;
}

std::vector<PaperRef> papers_of_topic(const Summaries& days, const std::string& slug) {
  return first_shown(days, [&](const PaperSummary& paper) { return paper.topic == slug; });
}

Fields topics_page_fields(const Summaries& days, const std::vector<TopicName>& topics, const SiteSettings& site,
                          const std::vector<Topic>& settings) {
  Fields fields = page_fields(site, {"topics/", "Topics", "", ""});
  fields.flag("has_topics", !topics.empty());
  fields.set("topics", list_of(topics, [&](const TopicName& topic) {
               const auto refs = papers_of_topic(days, topic.slug);
               return Fields()
                   .set("name", topic.name)
                   .set("topic_path", topic_path(topic.slug))
                   .set("keep", keep_of(settings, topic.slug))
                   .set("papers", counted(refs.size(), "paper", "papers"))
                   .set("newest", refs.empty() ? "" : refs.front().day->date.iso());
             }));
  return fields;
}

Fields topic_page_fields(const Summaries& days, const TopicName& topic, int year, const SiteSettings& site,
                         const std::vector<Topic>& settings) {
  const std::string base = topic_path(topic.slug);
  const std::string keep = keep_of(settings, topic.slug);
  auto refs = papers_of_topic(days, topic.slug);
  const std::size_t total = refs.size();
  std::vector<int> years;
  for (const PaperRef& ref : refs)
    if (years.empty() || years.back() != ref.day->date.year()) years.push_back(ref.day->date.year());
  if (year == 0) {
    if (refs.size() > newest_shown) refs.erase(refs.begin() + newest_shown, refs.end());
  } else {
    std::erase_if(refs, [&](const PaperRef& r) { return r.day->date.year() != year; });
  }
  Fields fields = page_fields(site, {year == 0 ? base : base + year_path(year),
                                     year == 0 ? topic.name : topic.name + ' ' + std::to_string(year), keep, "", base});
  fields.set("name", topic.name).set("topic_path", base);
  fields.set("year", year == 0 ? "" : std::to_string(year));
  fields.set("keep", keep);
  fields.set("paper_count", counted(total, "paper", "papers"));
  fields.set("years", list_of(years, [&](int y) {
               return Fields().set("year", std::to_string(y)).set("place", base + year_path(y)).flag("here", y == year);
             }));
  fields.flag("has_papers", !refs.empty());
  fields.set("days", by_day(refs));
  return fields;
}

}  // namespace daybook
