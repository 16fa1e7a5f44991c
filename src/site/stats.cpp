#include "site/stats.h"

#include <algorithm>
#include <cmath>

#include "site/links.h"
#include "site/page.h"
#include "site/topic_pages.h"
#include "site/usage_fields.h"

namespace daybook {

namespace {

constexpr int days_shown = 365;
constexpr int days_least = 28;  // fewer make bars that look like a wall
constexpr int months_least = 12;

std::string whole(double value) { return grouped(std::llround(value)); }
std::string percent(double value) { return std::to_string(std::lround(value * 100)) + " %"; }

// An axis of days or months: places in order, oldest first.
struct Axis {
  int first = 0;  // as days since 1970, or months since year 0
  int count = 0;
  int (*place)(Date) = nullptr;
  std::string (*name)(int) = nullptr;

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) all.push_back(name(first + i));
    return all;
  }
  // Adds to the value of a day's place; days before the axis begins are left out.
  void add(Values& values, Date date, double amount) const {
    const int at = place(date) - first;
    if (at >= 0 && at < count)
      values[static_cast<std::size_t>(at)] = values[static_cast<std::size_t>(at)].value_or(0) + amount;
  }
  Values nothing() const { return Values(static_cast<std::size_t>(count)); }
};

int month_number(Date date) { return date.year() * 12 + date.month() - 1; }

Axis months(const Summaries& days) {
  if (days.empty()) return {};
  const int last = month_number(days.front().date);
  const int first = std::min(month_number(days.back().date), last - months_least + 1);
  return {first, last - first + 1, month_number, [](int month) { return month_title(month / 12, month % 12 + 1); }};
}

Axis last_days(const Summaries& days) {
  if (days.empty()) return {};
  const int last = days.front().date.days();
  const int first = std::clamp(days.back().date.days(), last - days_shown + 1, last - days_least + 1);
  return {first, last - first + 1, [](Date date) { return static_cast<int>(date.days()); },
          [](int day) { return Date::from_days(day).iso(); }};
}

// Every month of which the archive has a day has a number, though it be 0.
Values by_month(const Summaries& days, const std::vector<PaperRef>& papers) {
  const Axis axis = months(days);
  Values values = axis.nothing();
  for (const DaySummary& day : days)
    if (day.readable) axis.add(values, day.date, 0);
  for (const PaperRef& ref : papers) axis.add(values, ref.day->date, 1);
  return values;
}

// value(day) of each readable day: a number, or nothing where it is not known.
template <typename ValueOf>
Values summed(const Summaries& days, const Axis& axis, ValueOf value) {
  Values values = axis.nothing();
  for (const DaySummary& day : days)
    if (const std::optional<double> known = day.readable ? value(day) : std::nullopt; known)
      axis.add(values, day.date, *known);
  return values;
}

std::optional<double> number(const std::optional<int>& count) {
  return count ? std::optional<double>(*count) : std::nullopt;
}

Fields papers_a_day(const Summaries& days) {
  const Axis axis = last_days(days);
  const auto series = [&](std::string name, auto value) {
    return Series{std::move(name), summed(days, axis, value), whole};
  };
  return chart_fields(
      {"Papers a day",
       "In the feeds, read by the scorer, and shown, over the last twelve months. Each has its own scale.",
       "Day",
       axis.names(),
       {series("announced", [](const DaySummary& day) { return number(day.counts.announced); }),
        series("read", [](const DaySummary& day) { return number(day.counts.scanned); }),
        series("shown", [](const DaySummary& day) { return std::optional<double>(day.papers.size()); })}});
}

Fields score_pairs(const Summaries& days) {
  ScorePairs pairs = {};
  for (const PaperRef& ref : first_shown(days, [](const PaperSummary&) { return true; })) {
    const auto& [relevance, novelty] = std::pair(ref.paper().relevance, ref.paper().novelty);
    if (relevance && novelty && *relevance >= 1 && *relevance <= 10 && *novelty >= 1 && *novelty <= 10)
      ++pairs[static_cast<std::size_t>(*relevance - 1)][static_cast<std::size_t>(*novelty - 1)];
  }
  return heat_map_fields("Scores", "How many of the papers shown have each pair of scores.", pairs);
}

Fields topics_by_month(const Summaries& days, const std::vector<TopicName>& topics) {
  Chart chart{"Topics", "Papers shown of each topic, by month, on one scale.", "Month", months(days).names(), {}};
  double top = 0;
  for (const TopicName& topic : topics) {
    Values values = by_month(days, papers_of_topic(days, topic.slug));
    for (const auto& value : values) top = std::max(top, value.value_or(0));
    chart.series.push_back({topic.name, std::move(values), whole});
  }
  for (Series& series : chart.series) series.top = top;
  return chart_fields(chart);
}

// What the LLM read of the papers that were to be scored; nothing: not known.
std::optional<double> share_sent(const DaySummary& day) {
  if (day.cascade) {
    const int all = day.cascade->sent + day.cascade->discarded;
    return all > 0 ? std::optional(double(day.cascade->sent) / all) : std::nullopt;
  }
  if (day.status == Status::local) return 0;
  return day.status == Status::complete && (day.cost || day.cost_unknown) ? std::optional(1.0) : std::nullopt;
}

Fields sent_to_llm(const Summaries& days) {
  const Axis axis = last_days(days);
  return chart_fields({"Sent to the LLM",
                       "The share of the papers of a day that the LLM read; the local scorer decided the rest.",
                       "Day",
                       axis.names(),
                       {{"share", summed(days, axis, share_sent), percent, 1}}});
}

Fields cost_by_month(const Summaries& days) {
  const Axis axis = months(days);
  const bool unknown = std::any_of(days.begin(), days.end(), [](const DaySummary& day) { return day.cost_unknown; });
  return chart_fields(
      {"Cost",
       std::string("What the LLM cost, by month.") + (unknown ? " Days whose cost is unknown are not in it." : ""),
       "Month",
       axis.names(),
       {{"cost", summed(days, axis, [](const DaySummary& day) { return day.cost; }), money}}});
}

Fields bytes_a_paper(const Summaries& days) {
  const Axis axis = months(days);
  Values bytes = summed(days, axis, [](const DaySummary& day) {
    return day.page_bytes > 0 ? std::optional<double>(day.page_bytes) : std::nullopt;
  });
  const Values papers = summed(days, axis, [](const DaySummary& day) {
    return day.page_bytes > 0 ? std::optional<double>(day.papers.size()) : std::nullopt;
  });
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = papers[i].value_or(0) > 0 ? std::optional(*bytes[i] / *papers[i]) : std::nullopt;
  return chart_fields({"Bytes a paper",
                       "The files of the days, not compressed, for each paper that they show, by month.",
                       "Month",
                       axis.names(),
                       {{"bytes", std::move(bytes), whole}}});
}

}  // namespace

std::string monthly_bars(const Summaries& days, const std::vector<PaperRef>& papers) {
  const Values values = by_month(days, papers);
  double top = 1;
  for (const auto& value : values) top = std::max(top, value.value_or(0));
  return bars_svg(values, top, "By month, most " + whole(top) + ", in the newest " + whole(values.back().value_or(0)));
}

Fields topic_chart(const Summaries& days, const std::vector<PaperRef>& papers) {
  return chart_fields({"By month", "", "Month", months(days).names(), {{"papers", by_month(days, papers), whole}}});
}

Fields stats_page_fields(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {"stats/", "Statistics", "", ""});
  fields.set("charts", Fields::List{papers_a_day(days), score_pairs(days), topics_by_month(days, topics),
                                    sent_to_llm(days), cost_by_month(days), bytes_a_paper(days)});
  return fields;
}

}  // namespace daybook
