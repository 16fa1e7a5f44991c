#include "site/feed_formats.h"
#include "site/xml_writer.h"

namespace daybook {

namespace {

void write_entry(XmlWriter& xml, const FeedItem& item) {
  xml.open("entry");
  xml.element("title", item.title);
  xml.empty("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", item.url}});
  if (!item.external_url.empty())
    xml.empty("link", {{"rel", "related"}, {"type", "text/html"}, {"href", item.external_url}});
  xml.element("id", item.id);
  xml.element("updated", item.updated.rfc3339());
  xml.element("published", item.published.rfc3339());
  for (const std::string& author : item.authors) {
    xml.open("author");
    xml.element("name", author);
    xml.close();
  }
  for (const std::string& tag : item.tags) xml.empty("category", {{"term", tag}});
  if (!item.summary.empty()) xml.element("summary", item.summary);
  xml.element("content", item.html, {{"type", "html"}});
  xml.close();
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
  xml.open("author");
  xml.element("name", channel.author);
  xml.close();
  xml.element("generator", "Daybook");
  for (const FeedItem* item : channel.items) write_entry(xml, *item);
  xml.close();
  return xml.text();
}

}  // namespace daybook
