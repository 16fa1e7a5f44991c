#include "site/feeds.h"

#include <tinyxml2.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/escape.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/topic_pages.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// XML written as it comes, through tinyxml2's printer.
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<const char*, std::string_view>>;

  XmlWriter() { printer_.PushDeclaration("xml version=\"1.0\" encoding=\"UTF-8\""); }
  void open(const char* name, Attributes attributes = {}) {
    printer_.OpenElement(name);
    for (const auto& [key, value] : attributes) printer_.PushAttribute(key, xml_allowed(value).c_str());
  }
  void close() { printer_.CloseElement(); }
  // <name attributes>text</name>; characters that XML 1.0 forbids become U+FFFD.
  void element(const char* name, std::string_view text, Attributes attributes = {}) {
    open(name, attributes);
    printer_.PushText(xml_allowed(text).c_str());
    close();
  }
  void empty(const char* name, Attributes attributes) {
    open(name, attributes);
    close();
  }
  std::string text() const { return {printer_.CStr(), static_cast<std::size_t>(printer_.CStrSize()) - 1}; }

 private:
  tinyxml2::XMLPrinter printer_;
};

void write_author(XmlWriter& xml, std::string_view name) {
  xml.open("author");
  xml.element("name", name);
  xml.close();
}

void write_entry(XmlWriter& xml, const FeedItem& item) {
  xml.open("entry");
  xml.element("title", item.title);
  xml.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", item.url}});
  if (!item.external_url.empty())
    xml.empty("link", {{"rel", "related"}, {"type", "text/html"}, {"href", item.external_url}});
  xml.element("id", item.id);
  xml.element("updated", item.updated.rfc3339());
  xml.element("published", item.published.rfc3339());
  for (const std::string& author : item.authors) write_author(xml, author);
  for (const std::string& tag : item.tags) xml.empty("category", {{"term", tag}});
  if (!item.summary.empty()) xml.element("summary", item.summary);
  xml.element("content", item.html, {{"type", "html"}});
  xml.close();
}

void write_item(XmlWriter& xml, const FeedItem& item) {
  xml.open("item");
  xml.element("title", item.title);
  xml.element("link", item.url);
  xml.element("guid", item.id, {{"isPermaLink", "false"}});
  xml.element("pubDate", item.published.rfc822());
  // RSS has no date of change of its own.
  if (item.updated != item.published) xml.element("atom:updated", item.updated.rfc3339());
  // RSS's own <author> wants an e-mail address, which papers have not.
  if (!item.authors.empty()) xml.element("dc:creator", joined(item.authors, ", "));
  for (const std::string& tag : item.tags) xml.element("category", tag);
  xml.element("description", item.html);
  xml.close();
}

// The same characters as in the other feeds.
void put(JsonWriter& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json.put(key, xml_allowed(text));
}

void put_authors(JsonWriter& json, const std::vector<std::string>& authors) {
  json.objects("authors", authors, [&](const std::string& author) { put(json, "name", author); });
}

void put_item(JsonWriter& json, const FeedItem& item) {
  put(json, "id", item.id);
  put(json, "url", item.url);
  put(json, "external_url", item.external_url);
  json.put("title", xml_allowed(item.title));
  json.put("content_html", xml_allowed(item.html));
  put(json, "summary", item.summary);
  put(json, "date_published", item.published.rfc3339());
  put(json, "date_modified", item.updated.rfc3339());
  if (!item.authors.empty()) put_authors(json, item.authors);
  json.array("tags", [&] {
    for (const std::string& tag : item.tags) json.value(xml_allowed(tag));
  });
}

constexpr std::size_t papers_least = 50;  // the main feed goes on to the end of the day that reaches this
constexpr std::size_t papers_most = 50;   // of a topic's or the top feed
constexpr std::size_t days_most = 30;
constexpr std::size_t summary_bytes = 400;
constexpr std::int64_t between_days = 300;  // seconds: more than a day has papers
constexpr int days_apart_most = 100;        // so many times `between_days` is still the same day

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

// The first words of a comment or abstract, cut between two words.
std::string opening(const std::string& text) {
  if (text.size() <= summary_bytes) return text;
  const auto end = text.rfind(' ', summary_bytes);
  return text.substr(0, end == std::string::npos ? 0 : end) + " …";
}

}  // namespace

std::string atom_feed(const FeedChannel& channel) {
  XmlWriter xml;
  xml.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}, {"xml:lang", channel.language}});
  xml.element("title", channel.title);
  if (!channel.description.empty()) xml.element("subtitle", channel.description);
  xml.empty("link", {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", channel.folder_url + "atom.xml"}});
  xml.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", channel.home_url}});
  xml.element("id", channel.id);
  xml.element("updated", channel.updated.rfc3339());
  write_author(xml, channel.author);
  xml.element("generator", "Daybook");
  for (const FeedItem* item : channel.items) write_entry(xml, *item);
  xml.close();
  return xml.text();
}

std::string rss_feed(const FeedChannel& channel) {
  XmlWriter xml;
  xml.open("rss", {{"version", "2.0"},
                   {"xmlns:atom", "http://www.w3.org/2005/Atom"},
                   {"xmlns:dc", "http://purl.org/dc/elements/1.1/"}});
  xml.open("channel");
  xml.element("title", channel.title);
  xml.element("link", channel.home_url);
  xml.empty("atom:link", {{"rel", "self"}, {"type", "application/rss+xml"}, {"href", channel.folder_url + "rss.xml"}});
  xml.element("description", channel.description.empty() ? channel.title : channel.description);
  xml.element("language", channel.language);
  xml.element("lastBuildDate", channel.updated.rfc822());
  xml.element("generator", "Daybook");
  for (const FeedItem* item : channel.items) write_item(xml, *item);
  xml.close();
  xml.close();
  return xml.text();
}

std::string json_feed(const FeedChannel& channel) {
  JsonWriter json;
  json.object([&] {
    json.put("version", "https://jsonfeed.org/version/1.1");
    json.put("title", xml_allowed(channel.title));
    put(json, "home_page_url", channel.home_url);
    put(json, "feed_url", channel.folder_url + "feed.json");
    put(json, "description", channel.description);
    put(json, "language", channel.language);
    put_authors(json, {channel.author});
    json.objects("items", channel.items, [&](const FeedItem* item) { put_item(json, *item); });
  });
  return json.text();
}

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

Instant entry_time(Date date, std::size_t rank, std::size_t count) {
  return {new_york_midnight(date).seconds + static_cast<std::int64_t>(count - rank)};
}

Instant rescored_time(Instant published, Date date, Date on) {
  const std::int64_t second = published.seconds - new_york_midnight(date).seconds;
  const int days = std::clamp(on.days() - date.days(), 0, days_apart_most);
  return {new_york_midnight(on).seconds + second + between_days * (days + 1)};
}

FeedItem paper_item(const Day& day, std::size_t index, const SiteParts& parts, Renderer& renderer) {
  const SiteSettings& site = parts.site;
  const Entry& entry = day.papers[index];
  const std::string topic = topic_name(entry.score.topic, day.topics, parts.interests.topics);
  FeedItem item;
  item.id = tag_uri(site, "papers/" + entry.paper.id);
  item.url = absolute_url(site, day_path(day.date) + '#' + anchor(entry.paper.id));
  item.external_url = abstract_url(entry.paper.id);
  item.title = plain_text(entry.paper.title);
  for (const std::string& author : entry.paper.authors) item.authors.push_back(plain_text(author));
  item.summary = opening(plain_text(entry.score.comment.empty() ? entry.paper.abstract : entry.score.comment));
  item.html = renderer.render("feed-paper.html", feed_paper_fields({entry, index + 1, day, parts}));
  if (!topic.empty()) item.tags.push_back(topic);
  item.tags.insert(item.tags.end(), entry.paper.categories.begin(), entry.paper.categories.end());
  item.published = entry_time(day.date, index, day.papers.size());
  item.updated = item.published;
  if (entry.score.rescored) item.updated = rescored_time(item.published, day.date, entry.score.rescored->on);
  return item;
}

Fields feed_day_fields(const Day& day, const SiteParts& parts) {
  const SiteSettings& site = parts.site;
  Fields fields;
  fields.set("long_date", long_date(day.date));
  fields.set("url", absolute_url(site, day_path(day.date)));
  fields.set("status", status_name(day.status));
  fields.set("status_sentence", status_sentence(day.status));
  fields.set("why", day.why);
  fields.set("announced", day.counts.announced);
  fields.set("scanned", day.counts.scanned);
  fields.set("selected", static_cast<long long>(day.papers.size()));
  Fields::List papers;
  for (const Entry& entry : day.papers) papers.push_back(feed_paper_fields({entry, papers.size() + 1, day, parts}));
  fields.flag("has_papers", !papers.empty());
  fields.set("papers", std::move(papers));
  fields.set("cut_off", list_of(day.cut_off, [](const std::string& text) { return Fields().set("message", text); }));
  return fields;
}

FeedItem day_item(const Day& day, const SiteParts& parts, Renderer& renderer) {
  const SiteSettings& site = parts.site;
  FeedItem item;
  item.id = tag_uri(site, "days/" + day.date.iso());
  item.url = absolute_url(site, day_path(day.date));
  item.title = long_date(day.date) + ": " + counted(day.papers.size(), "paper", "papers");
  if (day.status != Status::complete) item.title += " (" + std::string(status_name(day.status)) + ')';
  item.summary = status_sentence(day.status);
  if (!day.why.empty()) item.summary += ' ' + day.why;
  item.html = renderer.render("feed-day.html", feed_day_fields(day, parts));
  item.published = entry_time(day.date, 0, 0);
  item.updated = item.published;
  for (const Entry& entry : day.papers)
    if (entry.score.rescored)
      item.updated = std::max(item.updated, rescored_time(item.published, day.date, entry.score.rescored->on));
  return item;
}

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site) {
  XmlWriter xml;
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

std::string sitemap(const std::vector<SitemapPage>& pages, const SiteSettings& site) {
  XmlWriter xml;
  xml.open("urlset", {{"xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"}});
  for (const SitemapPage& page : pages) {
    xml.open("url");
    xml.element("loc", absolute_url(site, page.path));
    if (page.changed) xml.element("lastmod", page.changed->iso());
    xml.close();
  }
  xml.close();
  return xml.text();
}

std::string robots(const SiteSettings& site) {
  return "User-agent: *\nAllow: /\nSitemap: " + absolute_url(site, "sitemap.xml") + '\n';
}

}  // namespace daybook
