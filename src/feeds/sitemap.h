// sitemap.xml (https://www.sitemaps.org/protocol.html) and robots.txt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "settings/settings.h"

namespace daybook {

struct SitemapPage {
  std::string path;
  std::optional<Date> changed;  // the last day that changed its content; nothing: unknown
};

std::string sitemap(const std::vector<SitemapPage>& pages, const SiteSettings& site);
std::string robots(const SiteSettings& site);

}  // namespace daybook
