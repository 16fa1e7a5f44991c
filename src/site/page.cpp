#include "site/page.h"

#include "site/links.h"

namespace daybook {

namespace {

// Search engines and browser tabs cut a title at about 70 letters: then the page's own counts more than the site's.
std::string full_title(const SiteSettings& site, const std::string& title) {
  if (title.empty()) return site.title;
  const std::string full = title + " · " + site.title;
  return full.size() <= 70 ? full : title;
}

// The entry of the navigation whose pages begin with this path.
bool is_in(const PagePlace& place, std::string_view section) { return place.path.starts_with(section); }

bool is_of_days(const PagePlace& place) {
  return place.path.empty() || is_in(place, "archive/") || (place.path[0] >= '0' && place.path[0] <= '9');
}

}  // namespace

Fields page_fields(const SiteSettings& site, const PagePlace& place) {
  const std::string root = place.root.empty() ? root_from(place.path) : place.root;
  Fields fields;
  fields.set("site_title", site.title);
  fields.set("site_description", site.description);
  fields.set("site_url", site.url);
  fields.set("language", site.language);
  fields.set("root", root);
  fields.set("canonical", absolute_url(site, place.canonical.empty() ? place.path : place.canonical));
  fields.set("page_title", place.title);
  fields.set("full_title", full_title(site, place.title));
  fields.set("page_description", place.description.empty() ? site.description : place.description);
  fields.set("og_title", place.title.empty() ? site.title : place.title);
  fields.set("feed_path", place.feed_path);
  fields.set("card_url", place.card_path.empty() ? "" : absolute_url(site, place.card_path));
  fields.set("markdown_path", place.markdown_path);
  fields.set("newest", place.newest ? place.newest->iso() : "");
  fields.flag("in_days", is_of_days(place));
  fields.flag("in_topics", is_in(place, "topics/") || is_in(place, "authors/"));
  fields.flag("in_feeds", is_in(place, "feeds/"));
  fields.flag("in_search", is_in(place, "search/"));
  fields.flag("is_front", place.path.empty());
  fields.set("logo", site.logo);
  fields.set("menu", list_of(site.menu, [&](const MenuEntry& entry) {
               const bool elsewhere = entry.url.find(':') != std::string::npos;
               return Fields().set("name", entry.name).set("place", elsewhere ? entry.url : root + entry.url);
             }));
  return fields;
}

}  // namespace daybook
