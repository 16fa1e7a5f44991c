// Pages that list papers of many days: topics.
#pragma once

#include <string>
#include <vector>

#include "settings/settings.h"
#include "settings/template_fields.h"
#include "site/summary.h"

namespace daybook {

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
