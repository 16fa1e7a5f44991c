#include "site/feed_formats.h"

#include <string_view>

#include "core/escape.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "site/xml_writer.h"

namespace daybook {

namespace {

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

}  // namespace daybook
