// What every page has in common: its place, its title, the way around.
#pragma once

#include <string>
#include <string_view>

#include "settings/settings.h"
#include "settings/template_fields.h"

namespace daybook {

struct PagePlace {
  std::string path;            // the page's folder: "2025/08/05/"; the front page's is empty
  std::string title;           // plain text; empty on the front page
  std::string description;     // plain text, for search engines and previews
  std::string canonical;       // the path of the page that counts, where it is not this one
  std::string feed_path = {};  // the folder of its own feed; empty: only the site's
};

// site_title, site_description, site_url, language, root, canonical, page_title, full_title (for <title>),
// page_description, feed_path, is_front.
Fields page_fields(const SiteSettings& site, const PagePlace& place);

}  // namespace daybook
