// Pages that list days or papers of many days: months, years, the archive, topics.
#pragma once

#include <string>
#include <vector>

#include "settings/settings.h"
#include "settings/template_fields.h"
#include "site/summary.h"

namespace daybook {

// For month.html: the calendar of that month and its days with their best papers.
Fields month_page_fields(const Summaries& days, int year, int month, const SiteSettings& site);

// For year.html: twelve calendars.
Fields year_page_fields(const Summaries& days, int year, const SiteSettings& site);

// For archive.html: all years at a glance.
Fields archive_page_fields(const Summaries& days, const SiteSettings& site);

// The years that have a day, newest first; the months of a year that have one, oldest first.
std::vector<int> years_of(const Summaries& days);
std::vector<int> months_of(const Summaries& days, int year);

// The settings' topics in their order, then those that only old days name, by slug.
std::vector<TopicName> all_topics(const Summaries& days, const std::vector<Topic>& settings);

// Papers shown for the first time, newest day first and in the day's order: each paper once, though a later day repeats
// it. `wanted` picks.
template <typename Wanted>
std::vector<PaperRef> first_shown(const Summaries& days, Wanted wanted) {
  std::vector<PaperRef> refs;
  for (const DaySummary& day : days)
    for (std::size_t i = 0; i < day.papers.size(); ++i)
      if (day.papers[i].first_seen == day.date && wanted(day.papers[i])) refs.push_back({&day, i});
  return refs;
}

std::vector<PaperRef> papers_of_topic(const Summaries& days, const std::string& slug);

// For topics.html.
Fields topics_page_fields(const Summaries& days, const std::vector<TopicName>& topics, const SiteSettings& site,
                          const std::vector<Topic>& settings);

// For topic.html: the papers of one topic, grouped by day: one year's, or the newest of all where `year` is 0.
Fields topic_page_fields(const Summaries& days, const TopicName& topic, int year, const SiteSettings& site,
                         const std::vector<Topic>& settings);

}  // namespace daybook
