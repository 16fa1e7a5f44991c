#include "core/escape.h"
#include "core/json.h"
#include "site/feed_formats.h"

namespace daybook {

namespace {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void write(JsonWriter& json, const char* key, const std::string& text) {
  json.Key(key);
  const std::string allowed = xml_allowed(text);  // the same characters as in the other feeds
  json.String(allowed.data(), static_cast<rapidjson::SizeType>(allowed.size()));
}

void write_authors(JsonWriter& json, const std::vector<std::string>& authors) {
  json.Key("authors");
  json.StartArray();
  for (const std::string& author : authors) {
    json.StartObject();
    write(json, "name", author);
    json.EndObject();
  }
  json.EndArray();
}

void write_item(JsonWriter& json, const FeedItem& item) {
  json.StartObject();
  write(json, "id", item.id);
  write(json, "url", item.url);
  if (!item.external_url.empty()) write(json, "external_url", item.external_url);
  write(json, "title", item.title);
  write(json, "content_html", item.html);
  if (!item.summary.empty()) write(json, "summary", item.summary);
  write(json, "date_published", item.published.rfc3339());
  write(json, "date_modified", item.updated.rfc3339());
  if (!item.authors.empty()) write_authors(json, item.authors);
  json.Key("tags");
  json.StartArray();
  for (const std::string& tag : item.tags) {
    const std::string allowed = xml_allowed(tag);
    json.String(allowed.c_str(), static_cast<rapidjson::SizeType>(allowed.size()));
  }
  json.EndArray();
  json.EndObject();
}

}  // namespace

std::string json_feed(const FeedChannel& channel) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  write(json, "version", "https://jsonfeed.org/version/1.1");
  write(json, "title", channel.title);
  write(json, "home_page_url", channel.home_url);
  write(json, "feed_url", channel.folder_url + "feed.json");
  if (!channel.description.empty()) write(json, "description", channel.description);
  write(json, "language", channel.language);
  write_authors(json, {channel.author});
  json.Key("items");
  json.StartArray();
  for (const FeedItem* item : channel.items) write_item(json, *item);
  json.EndArray();
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace daybook
