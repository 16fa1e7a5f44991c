#include "site/home_page.h"

#include <algorithm>
#include <string>
#include <vector>

#include "day/day.h"
#include "site/calendar.h"
#include "site/calendar_pages.h"
#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/period.h"
#include "site/usage_fields.h"

namespace daybook {

namespace {

constexpr std::size_t best_of_day = 5;
constexpr std::size_t best_of_week = 3;
constexpr std::size_t days_listed = 5;

bool has_papers(const DaySummary& day) { return !day.papers.empty(); }

// "No papers since 4 June: 46 days were lost." Quiet days are none to speak of.
std::string gap_sentence(const DaySummary& front, DaySpan later) {
  const auto lost = Totals(later).lost;
  const auto unreadable = static_cast<std::size_t>(
      std::count_if(later.begin(), later.end(), [](const auto& day) { return !day.readable; }));
  if (lost + unreadable == 0) return {};
  std::string text;
  if (lost > 0) text = counted(lost, "day was", "days were") + " lost";
  if (unreadable > 0) text += (text.empty() ? "" : ", ") + counted(unreadable, "record", "records") + " can't be read";
  return "No papers since " + date_range(front.date, front.date) + ": " + text + '.';
}

std::string status_text(const DaySummary& front) {
  if (front.status == Status::partial || front.status == Status::degraded || front.status == Status::lost)
    return std::string(status_sentence(front.status));
  return front.cut_off ? "Part of the day's announcement is missing." : "";
}

Fields::List notices(const Summaries& days, const DaySummary& front) {
  Fields::List list;
  for (std::string text :
       {gap_sentence(front, days_between(days, front.date + 1, days.front().date)), status_text(front)})
    if (!text.empty()) list.push_back(Fields().set("notice", std::move(text)));
  return list;
}

// The newest week with a day besides the front page's: on a Monday its best are on the page already.
Date week_shown(const Summaries& days, const DaySummary& front) {
  for (const DaySummary& day : days)
    if (day.date < front.date && has_papers(day)) return monday_of(day.date);
  return monday_of(front.date);
}

void set_front(Fields& fields, const DaySummary& front) {
  const std::size_t more = front.papers.size() - std::min(front.papers.size(), best_of_day);
  fields.set("date", front.date.iso());
  fields.set("weekday", weekday_name(front.date.weekday()));
  fields.set("plain_date", plain_date(front.date));
  fields.set("day_path", day_path(front.date));
  const std::size_t top = top_papers(front);
  fields.set("papers", static_cast<long long>(front.papers.size()));
  fields.set("papers_word", of_scanned(front.papers.size(), front.counts.scanned));
  fields.set("top", top == 0 ? "" : std::to_string(top)).set("top_have", top == 1 ? "has" : "have");
  fields.set("more", more == 0 ? "" : std::to_string(more));
}

}  // namespace

const DaySummary* front_day(const Summaries& days) {
  const auto found = std::find_if(days.begin(), days.end(), has_papers);
  if (found != days.end()) return &*found;
  const auto readable = std::find_if(days.begin(), days.end(), [](const DaySummary& day) { return day.readable; });
  return readable == days.end() ? nullptr : &*readable;
}

std::optional<Date> front_changed_on(const Summaries& days) {
  if (days.empty()) return std::nullopt;
  Date changed = days.front().date;
  const DaySummary* front = front_day(days);
  if (front == nullptr) return changed;
  for (const DaySummary& day : days_between(days, std::min(week_shown(days, *front), front->date - 7), changed))
    changed = std::max(changed, changed_on(day));
  return changed;
}

Fields home_page_fields(const Summaries& days, const SiteParts& parts) {
  const DaySummary& front = *front_day(days);
  const auto line = [&](const PaperRef& ref) { return line_fields(ref, parts); };
  PagePlace place;
  place.newest = days.front().date;
  if (front.readable) place.card_path = card_path(front.date);
  Fields fields = page_fields(parts.site, place);
  fields.set("notices", notices(days, front));
  set_front(fields, front);
  std::vector<PaperRef> best;
  for (std::size_t i = 0; i < std::min(front.papers.size(), best_of_day); ++i) best.push_back({&front, i});
  fields.flag("has_papers", !best.empty());
  fields.set("best", list_of(best, line));
  fields.set("days", day_lines(days, days_listed));

  const Date monday = week_shown(days, front);
  auto weeks_best = best_of(days_between(days, monday, monday + 6), best_of_day + best_of_week);
  std::erase_if(weeks_best, [&](const PaperRef& one) {
    return std::any_of(best.begin(), best.end(),
                       [&](const PaperRef& shown) { return shown.paper().id == one.paper().id; });
  });
  weeks_best.resize(std::min(weeks_best.size(), best_of_week));
  set_week(fields, monday);
  fields.flag("has_week", !weeks_best.empty());
  fields.set("week_best", list_of(weeks_best, line));
  const Date first = *Date::from_parts(front.date.year(), front.date.month(), 1);
  set_calendar(fields, days_of_month(days, first.year(), first.month()), first, WeekNumbers::left_out);
  fields.set("key", calendar_key());
  fields.set("feedback_form", parts.feedback_form);
  return fields;
}

}  // namespace daybook
