#include "site/index_pages.h"

#include <algorithm>
#include <set>

#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "tex/tex.h"

namespace daybook {

namespace {

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
