#include "site/topic_pages.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

#include "core/escape.h"
#include "core/text.h"
#include "site/author_pages.h"
#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/period.h"
#include "site/stats.h"
#include "site/usage_fields.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::size_t newest_shown = 60;  // papers, up to the end of the day that reaches them
constexpr std::size_t best_shown = 10;
constexpr int best_days = 30;

const Topic* find_topic(const std::vector<Topic>& settings, const std::string& slug) {
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const Topic& t) { return t.slug == slug; });
  return found == settings.end() ? nullptr : &*found;
}

// What belongs to it, what does not, and whether it counts on the newest day: the settings may not name it at all.
void set_topic(Fields& fields, const TopicName& topic, const std::vector<Topic>& settings, const Summaries& days) {
  const Topic* found = find_topic(settings, topic.slug);
  fields.set("name", topic.name);
  fields.set("topic_path", topic_path(topic.slug));
  fields.set("keep", found != nullptr ? found->keep : "");
  fields.set("skip", found != nullptr ? found->skip : "");
  fields.flag("is_old", found == nullptr);
  set_end(fields, found != nullptr ? *found : Topic(), days);
}

int quarter_of(Date date) { return (date.month() + 2) / 3; }

bool is_in(Date date, TopicPeriod period) {
  return (period.year == 0 || date.year() == period.year) &&
         (period.quarter == 0 || quarter_of(date) == period.quarter);
}

std::vector<PaperRef> part_of(const std::vector<PaperRef>& papers, TopicPeriod period) {
  std::vector<PaperRef> part;
  for (const PaperRef& ref : papers)
    if (is_in(ref.day->date, period)) part.push_back(ref);
  return part;
}

std::vector<PaperRef> newest_days(const std::vector<PaperRef>& papers) {
  std::size_t end = std::min(newest_shown, papers.size());
  while (end > 0 && end < papers.size() && papers[end].day == papers[end - 1].day) ++end;
  return {papers.begin(), papers.begin() + static_cast<std::ptrdiff_t>(end)};
}

// The best of a period, which the whole has of its last days only.
std::vector<PaperRef> best_papers(const Summaries& days, std::vector<PaperRef> papers, TopicPeriod period) {
  if (period.quarter != 0) return {};
  if (period.year == 0)
    std::erase_if(papers, [&](const PaperRef& ref) { return ref.day->date <= days.front().date - best_days; });
  return best_among(std::move(papers), best_shown);
}

// A year's page leaves these to its quarters.
std::vector<PaperRef> papers_by_day(const std::vector<PaperRef>& papers, TopicPeriod period) {
  if (period.year == 0) return newest_days(papers);
  return period.quarter != 0 ? papers : std::vector<PaperRef>{};
}

std::string quarter_title(TopicPeriod period) {
  return std::string(month_name(period.quarter * 3 - 2)) + " to " + std::string(month_name(period.quarter * 3)) + ' ' +
         std::to_string(period.year);
}

std::string period_title(TopicPeriod period) {
  if (period.quarter != 0) return quarter_title(period);
  return period.year != 0 ? std::to_string(period.year) : "";
}

// The years, newest first, each with its quarters.
Fields::List years_of_topic(const std::vector<PaperRef>& papers, const std::string& slug, TopicPeriod here) {
  Fields::List years;
  const auto link = [&](TopicPeriod period, std::string name) {
    Fields fields;
    fields.set("period", std::move(name)).set("place", topic_period_path(slug, period)).flag("here", period == here);
    return fields.set("papers", static_cast<long long>(part_of(papers, period).size()));
  };
  const auto periods = topic_periods(papers);
  for (const TopicPeriod& year : periods) {
    if (year.year == 0 || year.quarter != 0) continue;
    Fields::List quarters;
    for (const TopicPeriod& period : periods)
      if (period.year == year.year && period.quarter != 0)
        quarters.push_back(link(period, 'Q' + std::to_string(period.quarter)));
    years.push_back(link(year, std::to_string(year.year)).set("quarters", std::move(quarters)));
  }
  return years;
}

Fields title_fields(const PaperRef& ref) {
  const PaperSummary& paper = ref.paper();
  Fields fields;
  fields.set("title_html", html(paper.title));
  fields.set("place", day_path(ref.day->date) + '#' + anchor(paper.id));
  fields.set("score", score_text(paper.relevance, paper.novelty));
  fields.set("score_label", score_words(paper.relevance, paper.novelty));
  return fields;
}

Fields::List by_day(const std::vector<PaperRef>& refs) {
  Fields::List days;
  for (std::size_t i = 0; i < refs.size();) {
    const DaySummary* day = refs[i].day;
    Fields::List papers;
    for (; i < refs.size() && refs[i].day == day; ++i) papers.push_back(title_fields(refs[i]));
    Fields one;
    one.set("date", day->date.iso()).set("long_date", long_date(day->date)).set("day_path", day_path(day->date));
    one.set("papers", std::move(papers));
    days.push_back(std::move(one));
  }
  return days;
}

Fields topic_line(const Summaries& days, const TopicName& topic, const SiteParts& parts) {
  const auto refs = papers_of_topic(days, topic.slug);
  Fields fields;
  set_topic(fields, topic, parts.interests.topics, days);
  fields.set("papers", papers_text(refs.size()));
  fields.set("newest", refs.empty() ? "" : refs.front().day->date.iso());
  fields.set("newest_path", refs.empty() ? "" : day_path(refs.front().day->date));
  fields.set("svg", refs.empty() ? "" : monthly_bars(days, refs));
  return fields;
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

std::vector<std::string> take_current_names(Day& day, const std::vector<Topic>& topics) {
  std::map<std::string, const Topic*> renamed;
  for (const Topic& topic : topics)
    for (const std::string& name : topic.formerly) renamed.emplace(slug(name), &topic);
  std::set<std::string> former;
  const auto take = [&](std::string& slug) {
    const auto found = renamed.find(slug);
    if (found == renamed.end()) return false;
    former.insert(slug);
    slug = found->second->slug;
    return true;
  };
  if (renamed.empty()) return {};
  for (Entry& entry : day.papers) take(entry.score.topic);
  for (Entry& entry : day.near_misses) take(entry.score.topic);
  std::set<std::string> known;
  for (TopicName& topic : day.topics) {
    const auto found = renamed.find(topic.slug);
    if (take(topic.slug)) topic.name = found->second->name;
  }
  std::erase_if(day.topics, [&](const TopicName& topic) { return !known.insert(topic.slug).second; });
  return {former.begin(), former.end()};
}

Fields moved_topic_fields(const Topic& topic, const std::string& formerly, const SiteSettings& site) {
  const std::string path = topic_path(slug(formerly));
  Fields fields = page_fields(site, {path, formerly, "", topic_path(topic.slug)});
  std::string html = "<h1>";
  append_escaped(html, formerly);
  html += "</h1>\n<p>This topic is called <a href=\"" + root_from(path) + topic_path(topic.slug) + "\">";
  append_escaped(html, topic.name);
  fields.set("body_html", html + "</a> now.</p>\n");
  return fields;
}

std::vector<PaperRef> papers_of_topic(const Summaries& days, const std::string& slug) {
  return first_shown(days, [&](const PaperSummary& paper) { return paper.topic == slug; });
}

std::string papers_text(std::size_t count) {
  return grouped(static_cast<long long>(count)) + (count == 1 ? " paper" : " papers");
}

std::vector<TopicPeriod> topic_periods(const std::vector<PaperRef>& papers) {
  std::vector<TopicPeriod> periods = {{}};
  for (const PaperRef& ref : papers) {
    const Date date = ref.day->date;
    for (const TopicPeriod& period : {TopicPeriod{date.year(), 0}, TopicPeriod{date.year(), quarter_of(date)}})
      if (std::find(periods.begin(), periods.end(), period) == periods.end()) periods.push_back(period);
  }
  return periods;
}

std::string topic_period_path(std::string_view slug, TopicPeriod period) {
  std::string path = topic_path(slug);
  if (period.year != 0) path += year_path(period.year);
  if (period.quarter != 0) path += 'q' + std::to_string(period.quarter) + '/';
  return path;
}

std::vector<PaperRef> papers_listed(const Summaries& days, const std::string& slug) {
  const auto papers = papers_of_topic(days, slug);
  auto listed = best_papers(days, papers, {});
  const auto best = static_cast<std::ptrdiff_t>(listed.size());
  for (const PaperRef& ref : papers_by_day(papers, {}))
    if (std::none_of(listed.begin(), listed.begin() + best,
                     [&](const PaperRef& one) { return one.paper().id == ref.paper().id; }))
      listed.push_back(ref);
  return listed;
}

void set_end(Fields& fields, const Topic& topic, const Summaries& days) {
  const bool has_ended = topic.until && !days.empty() && days.front().date > *topic.until;
  fields.flag("paused", topic.paused);
  fields.set("ended", has_ended ? topic.until->iso() : "");
}

Fields topics_page_fields(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {"topics/", "Topics", "", ""});
  fields.flag("has_topics", !topics.empty());
  fields.set("topics", list_of(topics, [&](const TopicName& topic) { return topic_line(days, topic, parts); }));
  const auto authors = author_list(days, parts.interests.authors);
  fields.flag("has_authors", !authors.empty());
  fields.set("authors", authors);
  return fields;
}

Fields topic_page_fields(const Summaries& days, const TopicName& topic, TopicPeriod period, const SiteParts& parts) {
  const auto papers = papers_of_topic(days, topic.slug);
  const auto part = part_of(papers, period);
  const Topic* found = find_topic(parts.interests.topics, topic.slug);
  const std::string title = period_title(period);
  Fields fields = page_fields(
      parts.site, {topic_period_path(topic.slug, period), title.empty() ? topic.name : topic.name + ", " + title,
                   found != nullptr ? found->keep : "", "", topic_path(topic.slug)});
  set_topic(fields, topic, parts.interests.topics, days);
  fields.set("period", title);
  fields.flag("is_whole", period.year == 0);
  fields.set("paper_count", papers_text(part.size()));
  fields.flag("has_papers", !papers.empty());
  fields.set("years", years_of_topic(papers, topic.slug, period));
  Fields::List chart;
  if (period.year == 0 && !papers.empty()) chart.push_back(topic_chart(days, papers));
  fields.set("charts", std::move(chart));
  const auto best = best_papers(days, part, period);
  fields.flag("has_best", !best.empty());
  fields.set("best_title", period.year == 0 ? "Best of the last 30 days" : "Best of " + title);
  fields.set("best", list_of(best, [&](const PaperRef& ref) { return line_fields(ref, parts); }));
  const auto listed = papers_by_day(part, period);
  fields.flag("has_days", !listed.empty());
  fields.set("days", by_day(listed));
  return fields;
}

}  // namespace daybook
