#include "site/feeds.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "site/links.h"
#include "site/topic_pages.h"
#include "site/xml_writer.h"

namespace daybook {

namespace {

constexpr std::size_t papers_least = 50;  // the main feed goes on to the end of the day that reaches this
constexpr std::size_t papers_most = 50;   // of a topic's or the top feed
constexpr std::size_t days_most = 30;
std::vector<PaperRef> newest(std::vector<PaperRef> refs, std::size_t most) {
  refs.resize(std::min(refs.size(), most));
  return refs;
}

std::vector<PaperRef> whole_days(const Summaries& days) {
  auto refs = first_shown(days, [](const PaperSummary&) { return true; });
  std::size_t end = std::min(papers_least, refs.size());
  while (end > 0 && end < refs.size() && refs[end].day == refs[end - 1].day) ++end;
  return newest(std::move(refs), end);
}

std::vector<Date> newest_days(const Summaries& days) {
  std::vector<Date> dates;
  for (const DaySummary& day : days) {
    if (dates.size() == days_most) break;
    if (day.readable && day.status != Status::quiet) dates.push_back(day.date);
  }
  return dates;
}

}  // namespace

std::vector<FeedPlan> feed_plans(const Summaries& days, const std::vector<TopicName>& topics,
                                 const SiteSettings& site) {
  const auto is_top = [](const PaperSummary& paper) {
    return paper.scorer == Scorer::author || paper.relevance.value_or(0) >= top_relevance;
  };
  std::vector<FeedPlan> plans;
  plans.push_back({"", site.title, site.description, "", whole_days(days), {}});
  plans.push_back(
      {"daily/", site.title + ": by day", "One entry per day with all its papers.", "", {}, newest_days(days)});
  plans.push_back({"top/",
                   site.title + ": top papers",
                   "Papers of relevance " + std::to_string(top_relevance) + " and 10, and papers by followed authors.",
                   "",
                   newest(first_shown(days, is_top), papers_most),
                   {}});
  for (const TopicName& topic : topics)
    plans.push_back({topic_path(topic.slug),
                     site.title + ": " + topic.name,
                     "Papers on " + topic.name + ".",
                     topic_path(topic.slug),
                     newest(papers_of_topic(days, topic.slug), papers_most),
                     {}});
  return plans;
}

std::vector<Date> days_in(const std::vector<FeedPlan>& plans) {
  std::set<Date> dates;
  for (const FeedPlan& plan : plans) {
    dates.insert(plan.days.begin(), plan.days.end());
    for (const PaperRef& ref : plan.papers) dates.insert(ref.day->date);
  }
  return {dates.begin(), dates.end()};
}

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site) {
  XmlWriter xml;
  xml.declaration();
  xml.open("opml", {{"version", "2.0"}});
  xml.open("head");
  xml.element("title", site.title);
  xml.close();
  xml.open("body");
  for (const FeedPlan& plan : plans)
    xml.empty("outline", {{"type", "rss"},
                          {"text", plan.title},
                          {"title", plan.title},
                          {"description", plan.description},
                          {"xmlUrl", absolute_url(site, plan.path + "atom.xml")},
                          {"htmlUrl", absolute_url(site, plan.home)}});
  xml.close();
  xml.close();
  return xml.text();
}

}  // namespace daybook
