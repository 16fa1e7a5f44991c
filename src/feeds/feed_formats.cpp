#include "feeds/feed_formats.h"

#include <string_view>

#include "core/escape.h"
#include "core/json_writer.h"
#include "feeds/xml_writer.h"

namespace daybook {

namespace {

// arXiv's terms: info.arxiv.org/help/license and info.arxiv.org/help/api/tou.
constexpr std::string_view rights =
    "Titles, authors and abstracts are arXiv’s metadata, which is in the public domain (CC0 1.0). The papers are their "
    "authors’.";

constexpr std::string_view minutes_to_live = "720";  // arXiv announces once a day

std::string_view name_of(const FeedCategory& category) {
  return category.label.empty() ? category.term : category.label;
}

void write_author(XmlWriter& xml, std::string_view name) {
  xml.open("author");
  xml.element("name", name);
  xml.close();
}

void write_category(XmlWriter& xml, const FeedCategory& category) {
  if (category.label.empty())
    xml.empty("category", {{"term", category.term}, {"scheme", category.scheme}});
  else
    xml.empty("category", {{"term", category.term}, {"scheme", category.scheme}, {"label", category.label}});
}

void write_link(XmlWriter& xml, std::string_view rel, std::string_view url) {
  if (!url.empty()) xml.empty("link", {{"rel", rel}, {"href", url}});
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
  for (const std::string& author : item.authors) xml.element("dc:creator", author);
  for (const FeedCategory& category : item.categories)
    xml.element("category", name_of(category), {{"domain", category.scheme}});
  if (!item.summary.empty()) xml.element("description", item.summary);
  if (!item.html.empty()) xml.markup("content:encoded", item.html);
  xml.close();
}

// The same characters as in the other feeds.
void put(JsonWriter& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.put(key, xml_allowed(text));
}

void put_authors(JsonWriter& json, const std::vector<std::string>& authors) {
  json.objects("authors", authors, [&](const std::string& author) { put(json, "name", author); });
}

void put_paper(JsonWriter& json, const FeedItem& item) {
  json.object("_daybook", [&] {
    put(json, "arxiv_id", item.paper->arxiv_id);
    json.put("relevance", item.paper->relevance);
    json.put("novelty", item.paper->novelty);
    put(json, "topic", item.paper->topic);
    put(json, "scorer", item.paper->scorer);
    put(json, "page_url", item.page_url);
  });
}

void put_item(JsonWriter& json, const FeedItem& item) {
  put(json, "id", item.id);
  put(json, "url", item.url);
  json.put("title", xml_allowed(item.title));
  // A text or HTML is a must.
  json.put(item.html.empty() ? "content_text" : "content_html",
           xml_allowed(item.html.empty() ? item.summary : item.html));
  put(json, "summary", item.summary);
  put(json, "date_published", item.published.rfc3339());
  put(json, "date_modified", item.updated.rfc3339());
  if (!item.authors.empty()) put_authors(json, item.authors);
  json.array("tags", [&] {
    for (const FeedCategory& category : item.categories) json.value(xml_allowed(name_of(category)));
  });
  if (item.paper) put_paper(json, item);
}

}  // namespace

std::string atom_entry(const FeedItem& item) {
  XmlWriter xml;
  xml.open("entry");
  xml.element("title", item.title);
  xml.empty("link", {{"rel", "alternate"}, {"href", item.url}});
  if (!item.page_url.empty()) xml.empty("link", {{"rel", "related"}, {"href", item.page_url}});
  xml.element("id", item.id);
  xml.element("updated", item.updated.rfc3339());
  xml.element("published", item.published.rfc3339());
  for (const std::string& author : item.authors) write_author(xml, author);
  for (const FeedCategory& category : item.categories) write_category(xml, category);
  if (!item.summary.empty()) xml.element("summary", item.summary);
  if (!item.html.empty()) xml.markup("content", item.html, {{"type", "html"}});
  xml.close();
  return xml.text();
}

std::string atom_feed(const FeedChannel& channel, std::string_view entries) {
  XmlWriter xml;
  xml.declaration();
  if (!channel.style_path.empty()) xml.style_sheet(channel.style_path);
  xml.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}, {"xml:lang", channel.language}});
  if (channel.document == FeedDocument::archive)
    xml.empty("fh:archive", {{"xmlns:fh", "http://purl.org/syndication/history/1.0"}});
  xml.element("title", channel.title);
  if (!channel.description.empty()) xml.element("subtitle", channel.description);
  const std::string self = channel.self_url.empty() ? channel.folder_url + "atom.xml" : channel.self_url;
  xml.empty("link", {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", self}});
  xml.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", channel.home_url}});
  write_link(xml, "hub", channel.hub);
  write_link(xml, "current", channel.current);
  write_link(xml, "prev-archive", channel.prev_archive);
  xml.element("id", channel.id);
  xml.element("updated", channel.updated.rfc3339());
  write_author(xml, channel.author);
  xml.element("generator", "Daybook");
  xml.element("rights", rights);
  xml.append(entries);
  xml.close();
  return xml.text();
}

std::string atom_feed(const FeedChannel& channel) {
  std::string entries;
  for (const FeedItem* item : channel.items) entries += atom_entry(*item);
  return atom_feed(channel, entries);
}

std::string rss_feed(const FeedChannel& channel) {
  XmlWriter xml;
  xml.declaration();
  if (!channel.style_path.empty()) xml.style_sheet(channel.style_path);
  xml.open("rss", {{"version", "2.0"},
                   {"xmlns:atom", "http://www.w3.org/2005/Atom"},
                   {"xmlns:content", "http://purl.org/rss/1.0/modules/content/"},
                   {"xmlns:dc", "http://purl.org/dc/elements/1.1/"}});
  xml.open("channel");
  xml.element("title", channel.title);
  xml.element("link", channel.home_url);
  xml.empty("atom:link", {{"rel", "self"}, {"type", "application/rss+xml"}, {"href", channel.folder_url + "rss.xml"}});
  if (!channel.hub.empty()) xml.empty("atom:link", {{"rel", "hub"}, {"href", channel.hub}});
  xml.element("description", channel.description.empty() ? channel.title : channel.description);
  xml.element("language", channel.language);
  xml.element("copyright", rights);
  xml.element("lastBuildDate", channel.updated.rfc822());
  xml.element("generator", "Daybook");
  xml.element("ttl", minutes_to_live);
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
    if (!channel.hub.empty())
      json.objects("hubs", std::vector<std::string>{channel.hub}, [&](const std::string& hub) {
        json.put("type", "WebSub");
        put(json, "url", hub);
      });
    if (!channel.about_url.empty()) json.object("_daybook", [&] { put(json, "about", channel.about_url); });
    json.objects("items", channel.items, [&](const FeedItem* item) { put_item(json, *item); });
  });
  return json.text();
}

}  // namespace daybook
