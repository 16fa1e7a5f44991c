#include "generator/site.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include "exports/api.h"
#include "exports/bibliography.h"
#include "exports/csl.h"
#include "exports/llms_txt.h"
#include "exports/picture.h"
#include "feeds/feed_files.h"
#include "feeds/feed_items.h"
#include "feeds/feeds.h"
#include "feeds/feeds_page.h"
#include "feeds/sitemap.h"
#include "llm/prompt.h"
#include "site/about.h"
#include "site/accent.h"
#include "site/author_pages.h"
#include "site/builtin.h"
#include "site/calendar_pages.h"
#include "site/home_page.h"
#include "site/links.h"
#include "site/markdown_page.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/stats.h"
#include "site/topic_pages.h"

namespace daybook {

namespace {

using Plan = std::vector<PlannedFile>;
using Make = std::function<Fields()>;

void add_page(Plan& plan, const std::string& path, const char* name, Make make) {
  plan.push_back({path + "index.html", [name, make = std::move(make)](Renderer& r) { return r.render(name, make()); }});
}

void plan_front(Plan& plan, const Summaries& days, const SiteParts& parts) {
  if (front_day(days) == nullptr)
    add_page(plan, "", "no-days.html", [&parts] { return no_days_fields(parts.site); });
  else
    add_page(plan, "", "home.html", [&days, &parts] { return home_page_fields(days, parts); });
}

void plan_calendars(Plan& plan, const Summaries& days, const SiteParts& parts) {
  for (const int year : years_of(days)) {
    add_page(plan, year_path(year), "year.html", [&days, year, &parts] { return year_page_fields(days, year, parts); });
    for (const int month : months_of(days, year))
      add_page(plan, month_path(year, month), "month.html",
               [&days, year, month, &parts] { return month_page_fields(days, year, month, parts); });
  }
  for (const Date monday : weeks_of(days))
    add_page(plan, week_path(iso_week(monday)), "week.html",
             [&days, monday, &parts] { return week_page_fields(days, monday, parts); });
  add_page(plan, "archive/", "archive.html", [&days, &parts] { return archive_page_fields(days, parts); });
}

void plan_topics(Plan& plan, const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts) {
  add_page(plan, "topics/", "topics.html", [&days, topics, &parts] { return topics_page_fields(days, topics, parts); });
  for (const TopicName& topic : topics)
    for (const TopicPeriod& period : topic_periods(papers_of_topic(days, topic.slug)))
      add_page(plan, topic_period_path(topic.slug, period), "topic.html",
               [&days, topic, period, &parts] { return topic_page_fields(days, topic, period, parts); });
  for (const Topic& topic : parts.interests.topics)
    for (const std::string& formerly : topic.formerly)
      add_page(plan, topic_path(slug(formerly)), "page.html",
               [&topic, &formerly, &parts] { return moved_topic_fields(topic, formerly, parts.site); });
  for (const Author& author : parts.interests.authors)
    add_page(plan, author_path(author.slug), "author.html",
             [&days, &author, &parts] { return author_page_fields(days, author, parts); });
  add_page(plan, "stats/", "stats.html", [&days, topics, &parts] { return stats_page_fields(days, topics, parts); });
}

void plan_csl(Plan& plan, const Summaries& days, const std::vector<TopicName>& topics) {
  for (const Date monday : weeks_of(days))
    plan.push_back({week_path(iso_week(monday)) + "week.csl.json",
                    [&days, monday](Renderer&) { return csl_json(papers_of_week(days, monday)); }});
  for (const TopicName& topic : topics)
    if (!papers_of_topic(days, topic.slug).empty())
      plan.push_back({topic_path(topic.slug) + "papers.csl.json",
                      [&days, slug = topic.slug](Renderer&) { return csl_json(papers_listed(days, slug)); }});
}

// api/v1/schema.json is one of the files of site/.
void plan_api(Plan& plan, const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts) {
  plan.push_back({"api/v1/days.json", [&days, &parts](Renderer&) { return api_days(days, parts.site); }});
  plan.push_back(
      {"api/v1/topics.json", [&days, topics, &parts](Renderer&) { return api_topics(days, topics, parts); }});
  if (find_bytes(parts.own_files, "llms.txt") == nullptr)
    plan.push_back({"llms.txt", [&days, topics, &parts](Renderer&) { return llms_txt(days, topics, parts); }});
}

// What browsers ask of a site's root by name; a file of the owner's takes its place.
void plan_icons(Plan& plan, const SiteParts& parts) {
  const auto add = [&](const char* path, std::function<std::string()> make) {
    if (find_bytes(parts.own_files, path) == nullptr)
      plan.push_back({path, [make = std::move(make)](Renderer&) { return make(); }});
  };
  add("manifest.webmanifest", [&parts] { return web_manifest(parts.site); });
  add("icon-192.png", [] { return icon_png(192); });
  add("icon-512.png", [] { return icon_png(512); });
  add("apple-touch-icon.png", [] { return icon_png(180); });
}

void plan_prompts(Plan& plan, const Summaries& days, const SiteParts& parts) {
  const auto uses = prompts_used(days, parts.prompts);
  for (const PromptUse& use : uses)
    add_page(plan, prompt_path(use.hash, parts.prompts), "prompt.html",
             [use, snapshot = uses.front(), &parts] { return prompt_page_fields(use, snapshot, parts); });
}

void plan_own_files(Plan& plan, const SiteParts& parts) {
  for (const File& file : parts.own_files) {
    if (file.path.ends_with(".md")) {
      add_page(plan, own_page_path(file.path), "page.html",
               [&file, &parts] { return own_page_fields(file, parts.site); });
    } else if (file.path == "style.css") {
      plan.push_back({file.path, [&file, &parts](Renderer&) { return file.bytes + accent_rules(parts.site.accent); }});
    } else {
      plan.push_back({file.path, [&file](Renderer&) { return file.bytes; }});
    }
  }
}

// Every page that readers and search engines should find: those planned here and the days' own.
std::vector<SitemapPage> sitemap_pages(const Plan& plan, const Summaries& days) {
  constexpr std::string_view index = "index.html";
  std::vector<SitemapPage> pages;
  for (const PlannedFile& file : plan)
    if (file.path.ends_with(index)) pages.push_back({file.path.substr(0, file.path.size() - index.size()), {}});
  for (SitemapPage& page : pages)
    if (page.path.empty()) page.changed = front_changed_on(days);
  for (const DaySummary& day : days) pages.push_back({day_path(day.date), changed_on(day)});
  std::sort(pages.begin(), pages.end(),
            [](const SitemapPage& one, const SitemapPage& other) { return one.path < other.path; });
  return pages;
}

// An invented day with everything that a template can show: what its fields do not have, no template may name.
const Date sample_date = *Date::from_parts(2099, 1, 6);
const char* const sample_prompt = "sha256:0";
const char* const older_prompt = "sha256:1";

Entry sample_entry() {
  Entry entry;
  entry.paper.id = "9901.00001";
  entry.paper.version = 2;
  entry.paper.title = "On Invented Papers";
  entry.paper.authors.assign(40, "Ada Example");
  entry.paper.abstract = "We invent a paper.";
  entry.paper.categories = {"cs.LG"};
  entry.paper.announce_type = AnnounceType::replace_cross;
  entry.paper.comments = "1 page";
  entry.paper.journal_ref = "J. Inv. 1";
  entry.paper.doi = "10.0000/1";
  entry.score = {9, 8, "Fits.", "sample", Scorer::author, 0.5};
  entry.score.scored_by = Scorer::local;
  entry.score.threshold = 0.6;
  entry.score.reason = "no reply named it";
  entry.score.namesake = "Ada Example";
  entry.score.h_index = 40;
  entry.score.rescored = Rescored{sample_date + 1, Scorer::local, 8, 5};
  entry.score.suspected_injection = "asks for a score";
  entry.score.ranked_as = 5;
  entry.first_seen = sample_date - 1;
  entry.missed = "relevance 6, needs 7";
  return entry;
}

Day sample_day() {
  Day day;
  day.date = sample_date;
  day.status = Status::partial;
  day.counts = {3, 2, 1, 1, 1};
  day.why = "The budget ended.";
  day.usage = Usage{"model", 1, 1, 0, 1, 0.1, 0.1, 0.2, 1};
  day.cascade = Cascade{0.6, 0.04, 2, 1, 1, 0.1, Certificate{0.97, 0.95, 0.8, 100}};
  day.prompt = sample_prompt;
  day.topics = {{"sample", "Sample"}};
  day.cut_off = {"cut"};
  day.papers = {sample_entry()};
  day.near_misses = {sample_entry()};
  day.again = {{"9901.00002", 2, "Again", AnnounceType::replace, sample_date - 1}};
  return day;
}

Summaries sample_summaries() {
  Day fresh = sample_day();
  fresh.papers.front().first_seen = fresh.date;
  Summaries days;
  for (const int back : {0, 40, 400}) {
    days.push_back(summary_of(fresh));
    days.back().papers.front().followed = "ada";
    days.back().date = sample_date - back;
    days.back().papers.front().first_seen = days.back().date;
    days.back().papers.front().id = "9901." + std::to_string(10000 + back);  // the front page shows none of them twice
  }
  days.back().prompt = older_prompt;
  return days;
}

SiteParts sample_parts(const SiteParts& parts) {
  SiteParts sample = parts;
  sample.site.logo = "logo.svg";
  sample.site.menu = {{"Imprint", "imprint/"}};
  sample.interests.topics = {{"sample", "Sample", "keep", "skip", {"keyword"}}};
  sample.learned = {{{"9901.00001", true, true, "Title", Date()}}, 1, {"word"}, {"word"}};
  sample.interests.skip_keywords = {"skipped"};
  sample.interests.authors = {{"ada", "Ada Example", "", ""}};
  sample.days = {sample_date, sample_date - 1};
  sample.prompts = {{sample_prompt, "# Prompt\n"}, {older_prompt, "# Prompt\n"}};
  return sample;
}

}  // namespace

Plan plan_day(const Day& day, const std::string& markdown, const Neighbours& neighbours, const SiteParts& parts) {
  const std::string path = day_path(day.date);
  Plan plan;
  add_page(plan, path, "day.html", [&day, neighbours, &parts] { return day_page_fields(day, neighbours, parts); });
  plan.push_back({path + "index.md", [&day, &markdown, &parts](Renderer&) {
                    if (!markdown.empty()) return markdown;
                    const auto prompt = parts.prompts.find(day.prompt);
                    return markdown_page(day, parts.site, prompt == parts.prompts.end() ? "" : prompt->second);
                  }});
  if (!day.papers.empty()) {
    Exports exports = exports_of(day);
    plan.push_back({path + "day.bib", [text = std::move(exports.bibtex)](Renderer&) { return text; }});
    plan.push_back({path + "day.ris", [text = std::move(exports.ris)](Renderer&) { return text; }});
    plan.push_back({path + "day.csl.json", [&day](Renderer&) { return csl_json(day); }});
  }
  plan.push_back({card_path(day.date), [&day, &parts](Renderer&) { return day_card(day, parts.site); }});
  plan.push_back({api_path(day.date), [&day, &parts](Renderer&) { return api_day(day, parts.site); }});
  return plan;
}

Plan plan_unreadable_day(Date date, const Neighbours& neighbours, const SiteParts& parts) {
  Plan plan;
  add_page(plan, day_path(date), "day.html",
           [date, neighbours, &parts] { return unreadable_day_fields(date, neighbours, parts); });
  return plan;
}

std::vector<Date> days_wanted(const Summaries& days, const SiteParts& parts) {
  return days_in(feed_plans(days, parts));
}

Plan plan_index(const Summaries& days, const std::map<Date, Day>& full, const SiteParts& parts) {
  const auto topics = all_topics(days, parts.interests.topics);
  Plan plan;
  plan_front(plan, days, parts);
  plan_calendars(plan, days, parts);
  plan_topics(plan, days, topics, parts);
  add_page(plan, "about/", "about.html", [&days, &parts] { return about_page_fields(days, parts); });
  add_page(plan, "search/", "search.html", [&days, &parts] { return search_page_fields(days, parts); });
  plan_prompts(plan, days, parts);
  auto feeds = feed_plans(days, parts);
  add_page(plan, "feeds/", "feeds.html", [feeds, &parts] { return feeds_page_fields(feeds, parts.site); });
  plan_feeds(plan, std::move(feeds), full, parts);
  plan_own_files(plan, parts);
  plan_icons(plan, parts);
  plan_csl(plan, days, topics);
  plan_api(plan, days, topics, parts);
  plan.push_back({"404.html", [&parts](Renderer& r) { return r.render("404.html", not_found_fields(parts.site)); }});
  plan.push_back(
      {"sitemap.xml", [pages = sitemap_pages(plan, days), &parts](Renderer&) { return sitemap(pages, parts.site); }});
  plan.push_back({"robots.txt", [&parts](Renderer&) { return robots(parts.site); }});
  return plan;
}

Plan plan_search(const SearchIndex& search, const Summaries& days, const SiteParts& parts) {
  Plan plan;
  plan.push_back({"search/index.json", [&search, topics = all_topics(days, parts.interests.topics)](Renderer&) {
                    return search_manifest(search, topics);
                  }});
  for (const SearchFile& file : search.files) plan.push_back({file.path, [&file](Renderer&) { return file.bytes; }});
  return plan;
}

Neighbours neighbours_of(Date date, const std::vector<Date>& newest_first) {
  const auto [first, last] = std::equal_range(newest_first.begin(), newest_first.end(), date, std::greater<>());
  Neighbours around;
  if (first != newest_first.begin()) around.later = *std::prev(first);
  if (last != newest_first.end()) around.earlier = *last;
  return around;
}

std::map<std::string, Fields> offered_fields(const SiteParts& parts) {
  const SiteParts sample = sample_parts(parts);
  const SiteSettings& site = sample.site;
  const auto& topics = sample.interests.topics;
  const Day day = sample_day();
  const Summaries days = sample_summaries();
  const auto plans = feed_plans(days, sample);
  const auto uses = prompts_used(days, sample.prompts);
  const Neighbours around{sample_date - 1, sample_date + 1};
  return {
      {"day.html", day_page_fields(day, around, sample)},
      {"home.html", home_page_fields(days, sample)},
      {"week.html", week_page_fields(days, monday_of(days[1].date), sample)},
      {"month.html", month_page_fields(days, days[1].date.year(), days[1].date.month(), sample)},
      {"year.html", year_page_fields(days, sample_date.year(), sample)},
      {"archive.html", archive_page_fields(days, sample)},
      {"topics.html", topics_page_fields(days, all_topics(days, topics), sample)},
      {"topic.html", topic_page_fields(days, {"sample", "Sample"}, {}, sample)},
      {"author.html", author_page_fields(days, sample.interests.authors.front(), sample)},
      {"stats.html", stats_page_fields(days, all_topics(days, topics), sample)},
      {"about.html", about_page_fields(days, sample)},
      {"prompt.html", prompt_page_fields(uses.front(), uses.front(), sample)},
      {"search.html", search_page_fields(days, sample)},
      {"feeds.html", feeds_page_fields(plans, site)},
      {"page.html", own_page_fields({"page.md", "# Page\n"}, site)},
      {"404.html", not_found_fields(site)},
      {"no-days.html", no_days_fields(site)},
      {"feed-paper.html", feed_paper_fields({day.papers.front(), 1, day, sample})},
      {"feed-day.html", feed_day_fields(days.front(), sample)},
      {"prompts/system.md", prompt_fields(sample.interests, sample.interests.skip_keywords)},
      {"prompts/scoring.md", prompt_fields(sample.interests, sample.interests.skip_keywords)},
      {"prompts/titles.md", prompt_fields(sample.interests, sample.interests.skip_keywords)},
  };
}

void check_templates(const Templates& templates, const SiteParts& parts, Errors& errors) {
  for (const auto& [name, fields] : offered_fields(parts)) templates.check_names(name, fields, errors);
}

}  // namespace daybook
