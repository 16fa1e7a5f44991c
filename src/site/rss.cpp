#include "core/text.h"
#include "site/feed_formats.h"
#include "site/xml_writer.h"

namespace daybook {

namespace {

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

}  // namespace

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

}  // namespace daybook
