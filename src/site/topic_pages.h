// Pages of topics: the list of them, and of each its months, its best, its newest days, and a page a quarter. The
// quarters of a year stand on the year's page, whose address is older than they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "day/day.h"
#include "settings/settings.h"
#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/period.h"
#include "site/summary.h"

namespace daybook {

// The settings' topics in their order, then those that only old days name, by slug; not former names of a topic.
std::vector<TopicName> all_topics(const Summaries& days, const std::vector<Topic>& settings);

// Papers shown for the first time, newest day first and in the day's order: each paper once, though a later day repeats
// it. `wanted` picks.
template <typename Wanted>
std::vector<PaperRef> first_shown(DaySpan days, Wanted wanted) {
  std::vector<PaperRef> refs;
  for (const DaySummary& day : days)
    for (std::size_t i = 0; i < day.papers.size(); ++i)
      if (day.papers[i].first_seen == day.date && wanted(day.papers[i])) refs.push_back({&day, i});
  return refs;
}

// Papers of a topic's former name are its own: gives the day's topics the names that the settings have now. Returns the
// slugs of the former ones that it had, for DaySummary::former_topics.
std::vector<std::string> take_current_names(Day& day, const std::vector<Topic>& topics);

std::vector<PaperRef> papers_of_topic(const Summaries& days, const std::string& slug);

std::string papers_text(std::size_t count);  // "1,529 papers"

// Part of a topic's papers: all, a year's (quarter 0) or a quarter's.
struct TopicPeriod {
  int year = 0;  // 0: all years
  int quarter = 0;
  bool operator==(const TopicPeriod&) const = default;
};

// Those that have a page: all, then the years and quarters that have a paper, newest first.
std::vector<TopicPeriod> topic_periods(const std::vector<PaperRef>& papers);

// "topics/model-compression/", "topics/model-compression/2025/", "topics/model-compression/2025/q3/".
std::string topic_period_path(std::string_view slug, TopicPeriod period);

// The papers that the topic's first page lists: the best, then those day by day, each once.
std::vector<PaperRef> papers_listed(const Summaries& days, const std::string& slug);

// The fields `paused` and `ended` (the last day on which it counted; empty: it has not ended), as of the newest day.
void set_end(Fields& fields, const Topic& topic, const Summaries& days);

// For topics.html.
Fields topics_page_fields(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts);

// For page.html, at the address of a topic's former name.
Fields moved_topic_fields(const Topic& topic, const std::string& formerly, const SiteSettings& site);

// For topic.html. Lists of all papers are of their newest days, and the best are of the last 30 days of the archive; a
// year's best are of that year.
Fields topic_page_fields(const Summaries& days, const TopicName& topic, TopicPeriod period, const SiteParts& parts);

}  // namespace daybook
