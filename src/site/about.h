// Pages that speak of the site itself: about, feeds, not found, the owner's own.
#pragma once

#include "site/feeds.h"
#include "site/site.h"

namespace daybook {

// How papers are chosen: the interests, the cut-offs, the prompt in force.
Fields about_page_fields(const Summaries& days, const SiteParts& parts);
Fields feeds_page_fields(const std::vector<FeedPlan>& plans, const SiteSettings& site);
Fields not_found_fields(const SiteSettings& site);
Fields no_days_fields(const SiteSettings& site);

// A Markdown file of the folder site/: "imprint.md" is the page "imprint/".
std::string own_page_path(const std::string& file_path);
Fields own_page_fields(const File& file, const SiteSettings& site);

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site);

struct SitemapPage {
  std::string path;
  std::optional<Date> changed;  // the last day that changed what it shows, where that is known
};

// https://www.sitemaps.org/protocol.html
std::string sitemap(const std::vector<SitemapPage>& pages, const SiteSettings& site);
std::string robots(const SiteSettings& site);

}  // namespace daybook
