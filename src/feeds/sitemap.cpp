#include "feeds/sitemap.h"

#include "feeds/xml_writer.h"
#include "site/links.h"

namespace daybook {

std::string sitemap(const std::vector<SitemapPage>& pages, const SiteSettings& site) {
  XmlWriter xml;
  xml.declaration();
  xml.open("urlset", {{"xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"}});
  for (const SitemapPage& page : pages) {
    xml.open("url");
    xml.element("loc", absolute_url(site, page.path));
    if (page.changed) xml.element("lastmod", page.changed->iso());
    xml.close();
  }
  xml.close();
  return xml.text();
}

std::string robots(const SiteSettings& site) {
  return "User-agent: *\nAllow: /\nSitemap: " + absolute_url(site, "sitemap.xml") + '\n';
}

}  // namespace daybook
