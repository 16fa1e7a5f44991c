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

}  // namespace

Fields page_fields(const SiteSettings& site, const PagePlace& place) {
  Fields fields;
  fields.set("site_title", site.title);
  fields.set("site_description", site.description);
  fields.set("site_url", site.url);
  fields.set("language", site.language);
  fields.set("root", root_from(place.path));
  fields.set("canonical", absolute_url(site, place.canonical.empty() ? place.path : place.canonical));
  fields.set("page_title", place.title);
  fields.set("full_title", full_title(site, place.title));
  fields.set("page_description", place.description.empty() ? site.description : place.description);
  fields.set("feed_path", place.feed_path);
  fields.flag("is_front", place.path.empty());
  return fields;
}

}  // namespace daybook
