#include "site/site.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include "site/about.h"
#include "site/calendar.h"
#include "site/feeds.h"
#include "site/links.h"
#include "site/markdown_page.h"
#include "site/page.h"
#include "site/prompt_page.h"
#include "site/topics.h"

namespace daybook {

namespace {

using Plan = std::vector<PlannedFile>;
using Make = std::function<Fields()>;

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void add_page(Plan& plan, const std::string& path, const char* name, Make make) {
  plan.push_back({path + "index.html", [name, make = std::move(make)](Renderer& r) { return r.render(name, make()); }});
}

// The day that the front page shows: the newest with papers, else the newest that can be read.
const DaySummary* front_day(const Summaries& days) {
  for (const DaySummary& day : days)
    if (day.readable && !day.papers.empty()) return &day;
  for (const DaySummary& day : days)
    if (day.readable) return &day;
  return nullptr;
}

void plan_front(Plan& plan, const Summaries& days, const std::map<Date, Day>& full, const SiteParts& parts) {
  const DaySummary* front = front_day(days);
  const auto found = front == nullptr ? full.end() : full.find(front->date);
  if (found == full.end()) {
    add_page(plan, "", "no-days.html", [&parts] { return no_days_fields(parts.site); });
    return;
  }
  add_page(plan, "", "day.html", [&parts, &day = found->second] {
    return day_page_fields(day, neighbours_of(day.date, parts.days), parts, "");
  });
}

void plan_calendars(Plan& plan, const Summaries& days, const SiteParts& parts) {
  const SiteSettings& site = parts.site;
  for (const int year : years_of(days)) {
    add_page(plan, year_path(year), "year.html", [&days, year, &site] { return year_page_fields(days, year, site); });
    for (const int month : months_of(days, year))
      add_page(plan, month_path(year, month), "month.html",
               [&days, year, month, &site] { return month_page_fields(days, year, month, site); });
  }
  add_page(plan, "archive/", "archive.html", [&days, &site] { return archive_page_fields(days, site); });
}

void plan_topics(Plan& plan, const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts) {
  add_page(plan, "topics/", "topics.html",
           [&days, topics, &parts] { return topics_page_fields(days, topics, parts.site, parts.interests.topics); });
  for (const TopicName& topic : topics) {
    std::set<int> years = {0};
    for (const PaperRef& ref : papers_of_topic(days, topic.slug)) years.insert(ref.day->date.year());
    for (const int year : years)
      add_page(plan, topic_path(topic.slug) + (year == 0 ? "" : year_path(year)), "topic.html",
               [&days, topic, year, &parts] {
                 return topic_page_fields(days, topic, year, parts.site, parts.interests.topics);
               });
  }
}

void plan_prompts(Plan& plan, const Summaries& days, const SiteParts& parts) {
  const auto uses = prompts_used(days, parts.prompts);
  for (const PromptUse& use : uses)
    add_page(plan, prompt_path(use.hash, parts.prompts), "prompt.html",
             [use, in_force = uses.front(), &parts] { return prompt_page_fields(use, in_force, parts); });
}

// An older entry that was scored anew may be newer than the newest.
Instant newest_update(const std::vector<FeedItem>& items, const Summaries& days) {
  Instant newest{0};
  for (const FeedItem& item : items) newest = std::max(newest, item.updated);
  if (items.empty() && !days.empty()) newest = new_york_midnight(days.front().date);
  return newest;
}

// The items of a feed, rendered once for its three formats by whoever needs them first.
class FeedItems {
 public:
  FeedItems(const FeedPlan& plan, const std::map<Date, Day>& full, const SiteParts& parts)
      : plan_(plan), full_(full), parts_(parts) {}

  const std::vector<FeedItem>& rendered(Renderer& renderer) {
    std::call_once(once_, [&] {
      for (const PaperRef& ref : plan_.papers)
        if (const auto day = full_.find(ref.day->date); day != full_.end())
          items_.push_back(paper_item(day->second, ref.index, parts_, renderer));
      for (const Date date : plan_.days)
        if (const auto day = full_.find(date); day != full_.end())
          items_.push_back(day_item(day->second, parts_, renderer));
    });
    return items_;
  }

  const FeedPlan& plan() const { return plan_; }

 private:
  const FeedPlan plan_;
  const std::map<Date, Day>& full_;
  const SiteParts& parts_;
  std::once_flag once_;
  std::vector<FeedItem> items_;
};

std::string render_feed(FeedItems& items, const Summaries& days, const SiteSettings& site, Renderer& renderer,
                        std::string (*format)(const FeedChannel&)) {
  const FeedPlan& plan = items.plan();
  FeedChannel channel;
  channel.id = tag_uri(site, "feeds/" + plan.path);
  channel.title = plan.title;
  channel.description = plan.description;
  channel.home_url = absolute_url(site, plan.home);
  channel.folder_url = absolute_url(site, plan.path);
  channel.author = site.title;
  channel.language = site.language;
  const std::vector<FeedItem>& rendered = items.rendered(renderer);
  channel.updated = newest_update(rendered, days);
  for (const FeedItem& item : rendered) channel.items.push_back(&item);
  return format(channel);
}

void plan_feeds(Plan& plan, const std::vector<FeedPlan>& feeds, const Summaries& days, const std::map<Date, Day>& full,
                const SiteParts& parts) {
  using Format = std::string (*)(const FeedChannel&);
  const std::pair<const char*, Format> formats[] = {
      {"atom.xml", atom_feed}, {"rss.xml", rss_feed}, {"feed.json", json_feed}};
  std::vector<std::shared_ptr<FeedItems>> all;
  for (const FeedPlan& feed : feeds) all.push_back(std::make_shared<FeedItems>(feed, full, parts));
  // Format by format, so that several threads begin with different feeds and none waits for another's items.
  for (const auto& [name, format] : formats)
    for (const auto& items : all)
      plan.push_back({items->plan().path + name, [items, &days, &parts, format = format](Renderer& renderer) {
                        return render_feed(*items, days, parts.site, renderer, format);
                      }});
  plan.push_back({"feeds.opml", [feeds, &parts](Renderer&) { return opml(feeds, parts.site); }});
  add_page(plan, "feeds/", "feeds.html", [feeds, &parts] { return feeds_page_fields(feeds, parts.site); });
}

void plan_own_files(Plan& plan, const SiteParts& parts) {
  for (const File& file : parts.own_files) {
    if (ends_with(file.path, ".md")) {
      add_page(plan, own_page_path(file.path), "page.html",
               [&file, &parts] { return own_page_fields(file, parts.site); });
    } else {
      plan.push_back({file.path, [&file](Renderer&) { return file.bytes; }});
    }
  }
}

Date changed_on(const DaySummary& day) { return day.rescored ? std::max(day.date, *day.rescored) : day.date; }

// Its links change with the newest day, the rest with the day that it shows.
std::optional<Date> front_changed_on(const Summaries& days) {
  if (days.empty()) return std::nullopt;
  const DaySummary* front = front_day(days);
  return front == nullptr ? days.front().date : std::max(days.front().date, changed_on(*front));
}

// Every page that readers and search engines should find: those planned here and the days' own.
std::vector<SitemapPage> sitemap_pages(const Plan& plan, const Summaries& days) {
  constexpr std::string_view index = "index.html";
  std::vector<SitemapPage> pages;
  for (const PlannedFile& file : plan)
    if (ends_with(file.path, index)) pages.push_back({file.path.substr(0, file.path.size() - index.size()), {}});
  for (SitemapPage& page : pages)
    if (page.path.empty()) page.changed = front_changed_on(days);
  for (const DaySummary& day : days) pages.push_back({day_path(day.date), changed_on(day)});
  std::sort(pages.begin(), pages.end(),
            [](const SitemapPage& one, const SitemapPage& other) { return one.path < other.path; });
  return pages;
}

}  // namespace

Plan plan_day(const Day& day, const std::string& markdown, const Neighbours& neighbours, const SiteParts& parts) {
  const std::string path = day_path(day.date);
  Plan plan;
  add_page(plan, path, "day.html",
           [&day, neighbours, &parts, path] { return day_page_fields(day, neighbours, parts, path); });
  plan.push_back({path + "index.md", [&day, &markdown, &parts](Renderer&) {
                    if (!markdown.empty()) return markdown;
                    const auto prompt = parts.prompts.find(day.prompt);
                    return markdown_page(day, parts.site, prompt == parts.prompts.end() ? "" : prompt->second);
                  }});
  return plan;
}

Plan plan_unreadable_day(Date date, const Neighbours& neighbours, const SiteParts& parts) {
  Plan plan;
  add_page(plan, day_path(date), "day.html",
           [date, neighbours, &parts] { return unreadable_day_fields(date, neighbours, parts); });
  return plan;
}

std::vector<Date> days_wanted(const Summaries& days, const SiteParts& parts) {
  auto dates = days_in(feed_plans(days, all_topics(days, parts.interests.topics), parts.site));
  const DaySummary* front = front_day(days);
  if (front != nullptr && !std::binary_search(dates.begin(), dates.end(), front->date)) dates.push_back(front->date);
  return dates;
}

Plan plan_index(const Summaries& days, const std::map<Date, Day>& full, const SiteParts& parts) {
  const auto topics = all_topics(days, parts.interests.topics);
  Plan plan;
  plan_front(plan, days, full, parts);
  plan_calendars(plan, days, parts);
  plan_topics(plan, days, topics, parts);
  add_page(plan, "about/", "about.html", [&days, &parts] { return about_page_fields(days, parts); });
  plan_prompts(plan, days, parts);
  plan_feeds(plan, feed_plans(days, topics, parts.site), days, full, parts);
  plan_own_files(plan, parts);
  plan.push_back({"404.html", [&parts](Renderer& r) { return r.render("404.html", not_found_fields(parts.site)); }});
  plan.push_back(
      {"sitemap.xml", [pages = sitemap_pages(plan, days), &parts](Renderer&) { return sitemap(pages, parts.site); }});
  plan.push_back({"robots.txt", [&parts](Renderer&) { return robots(parts.site); }});
  return plan;
}

Neighbours neighbours_of(Date date, const std::vector<Date>& newest_first) {
  const auto [first, last] = std::equal_range(newest_first.begin(), newest_first.end(), date, std::greater<>());
  Neighbours around;
  if (first != newest_first.begin()) around.later = *std::prev(first);
  if (last != newest_first.end()) around.earlier = *last;
  return around;
}

}  // namespace daybook
