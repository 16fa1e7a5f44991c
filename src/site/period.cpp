#include "site/period.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "site/links.h"
#include "site/summary.h"
#include "site/topic_pages.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// Larger is better; an unknown score counts as none.
auto rank(const PaperSummary& paper) {
  const int relevance = paper.ranked_as ? 0 : paper.relevance.value_or(0);
  const int sum = paper.ranked_as.value_or(relevance + paper.novelty.value_or(0));
  return std::make_tuple(paper.scorer == Scorer::author, sum, relevance, paper.local_score.value_or(-1));
}

bool is_better(const PaperRef& one, const PaperRef& other) {
  const auto a = rank(one.paper());
  const auto b = rank(other.paper());
  return a != b ? a > b : one.paper().id < other.paper().id;
}

bool is_lost(const DaySummary& day) { return day.readable && day.status == Status::lost; }

// A day of which there is nothing to show.
bool is_gap(const DaySummary& day) {
  return day.readable && day.papers.empty() && (day.status == Status::lost || day.status == Status::quiet);
}

void set_day(Fields& fields, const DaySummary& day) {
  fields.set("date", day.date.iso());
  fields.set("weekday", weekday_name(day.date.weekday()));
  fields.set("day_title", date_range(day.date, day.date));
  fields.set("day_path", day_path(day.date));
  fields.set("papers", static_cast<long long>(day.papers.size()));
  fields.set("paper_count", day.readable ? counted(day.papers.size(), "paper", "papers") : "");
  fields.set("remark", remark_on(day));
  const PaperSummary* best = day.papers.empty() ? nullptr : &day.papers.front();
  fields.set("best_html", best == nullptr ? "" : html(best->title));
  fields.set("best_path", best == nullptr ? "" : day_path(day.date) + '#' + anchor(best->id));
}

// Of a row of gaps, what is lost counts: quiet days around it, or in it, are no loss.
Fields gap_line(DaySpan gap) {
  const auto lost = static_cast<std::size_t>(std::count_if(gap.begin(), gap.end(), is_lost));
  if (lost > 0) {
    while (!is_lost(gap.front())) gap = gap.subspan(1);
    while (!is_lost(gap.back())) gap = gap.first(gap.size() - 1);
  }
  Fields fields;
  fields.set("gap", date_range(gap.back().date, gap.front().date) + ": " +
                        (lost == 0 ? "nothing announced" : counted(lost, "day", "days") + " lost"));
  fields.set("kind", lost == 0 ? "quiet" : "lost");
  return fields;
}

}  // namespace

DaySpan days_between(DaySpan days, Date first, Date last) {
  const auto newer = [](const DaySummary& day, Date date) { return day.date > date; };
  const auto begin = std::lower_bound(days.begin(), days.end(), last, newer);
  return {begin, std::lower_bound(begin, days.end(), first - 1, newer)};
}

DaySpan days_of_year(DaySpan days, int year) {
  return days_between(days, *Date::from_parts(year, 1, 1), *Date::from_parts(year, 12, 31));
}

DaySpan days_of_month(DaySpan days, int year, int month) {
  const Date first = *Date::from_parts(year, month, 1);
  return days_between(days, first, first + (days_in_month(year, month) - 1));
}

Totals::Totals(DaySpan summaries) {
  for (const DaySummary& day : summaries) {
    days += day.status == Status::quiet ? 0 : 1;
    lost += is_lost(day) ? 1 : 0;
    papers += day.papers.size();
    spending.add(day.cost, day.cost_unknown);
  }
}

std::string Totals::days_text() const {
  const std::string text = counted(days, "day", "days");
  return lost == 0 ? text : text + ", " + std::to_string(lost) + " of them lost";
}

std::string Totals::papers_text() const { return daybook::papers_text(papers); }

std::size_t top_papers(const DaySummary& day) {
  return static_cast<std::size_t>(std::count_if(day.papers.begin(), day.papers.end(), [](const PaperSummary& paper) {
    return paper.relevance.value_or(0) >= top_relevance;
  }));
}

std::string_view remark_on(const DaySummary& day) {
  if (!day.readable) return "the record can't be read";
  if (day.status == Status::lost) return "lost";
  if (day.status == Status::degraded) return "scored without the LLM";
  if (day.status == Status::partial) return "partly scored without the LLM";
  if (day.cut_off) return "part of the announcement is missing";
  return day.status == Status::quiet ? "nothing announced" : "";
}

std::vector<PaperRef> best_of(DaySpan days, std::size_t at_most) {
  std::vector<PaperRef> refs;
  std::unordered_set<std::string_view> known;
  for (const DaySummary& day : days)
    for (std::size_t i = 0; i < day.papers.size(); ++i)
      if (known.insert(day.papers[i].id).second) refs.push_back({&day, i});
  return best_among(std::move(refs), at_most);
}

std::vector<PaperRef> best_among(std::vector<PaperRef> papers, std::size_t at_most) {
  const auto kept = papers.begin() + static_cast<std::ptrdiff_t>(std::min(at_most, papers.size()));
  std::partial_sort(papers.begin(), kept, papers.end(), is_better);
  papers.erase(kept, papers.end());
  return papers;
}

Fields::List day_lines(DaySpan days, std::size_t at_most) {
  Fields::List lines;
  for (std::size_t shown = 0; !days.empty() && shown < at_most;) {
    const auto end = std::find_if_not(days.begin(), days.end(), is_gap);
    const auto gap = static_cast<std::size_t>(end - days.begin());
    Fields line;
    if (gap > 0) {
      line = gap_line(days.first(gap));
    } else {
      line.set("gap", "").set("kind", "");
      ++shown;
    }
    set_day(line, days.front());
    lines.push_back(std::move(line));
    days = days.subspan(std::max<std::size_t>(gap, 1));
  }
  return lines;
}

}  // namespace daybook
