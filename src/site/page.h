// What every page has in common: its place, its title, the way around.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"
#include "settings/settings.h"
#include "settings/template_fields.h"

namespace daybook {

struct PagePlace {
  std::string path;                 // the page's folder: "2025/08/05/"; the front page's is empty
  std::string title;                // plain text; empty on the front page
  std::string description;          // plain text, for search engines and previews
  std::string canonical;            // the path of the page that counts, where it is not this one
  std::string feed_path = {};       // the folder of its own feed; empty: only the site's
  std::string card_path = {};       // its picture for previews elsewhere (Open Graph); empty: none
  std::string markdown_path = {};   // the same page as Markdown; empty: none
  std::string root = {};            // in place of the relative way to the site's root
  std::optional<Date> newest = {};  // the front page's newest day, for a script that says how old it is
};

// What head.html and foot.html name: site_title, site_description, site_url, language, root, canonical, page_title,
// full_title (for <title>), og_title, page_description, feed_path, card_url, markdown_path, newest, is_front, and which
// entry of the navigation the page belongs to: in_days, in_topics, in_feeds, in_search; the owner's logo and menu
// (name, place).
Fields page_fields(const SiteSettings& site, const PagePlace& place);

// A list for a template: make(one) for each of `all`.
template <typename List, typename Make>
Fields::List list_of(const List& all, Make make) {
  Fields::List list;
  list.reserve(all.size());
  for (const auto& one : all) list.push_back(make(one));
  return list;
}

}  // namespace daybook
