#include "site/about.h"

#include "core/text.h"
#include "llm/prompt.h"
#include "rank/phrases.h"
#include "site/links.h"
#include "site/page.h"
#include "site/prompt_page.h"
#include "site/prose.h"
#include "site/xml_writer.h"

namespace daybook {

namespace {

Fields::List topic_list(const Interests& interests) {
  Fields::List list;
  for (const Topic& topic : interests.topics)
    list.push_back(Fields()
                       .set("name", topic.name)
                       .set("topic_path", topic_path(topic.slug))
                       .set("keep", topic.keep)
                       .set("skip", topic.skip)
                       .set("keywords", joined(topic.keywords, ", ")));
  return list;
}

void set_prompts(Fields& fields, const std::vector<PromptUse>& uses, const PromptTexts& prompts) {
  const PromptUse* used = uses.empty() ? nullptr : &uses.front();
  fields.set("prompt_html", used == nullptr ? "" : prose_html_below(prompts.at(used->hash), 2));
  fields.set("prompt_hash", used == nullptr ? "" : used->hash);
  fields.set("prompt_path", used == nullptr ? "" : prompt_path(used->hash, prompts));
  fields.set("prompt_day", used == nullptr ? "" : used->last.iso());
  fields.set("prompt_day_path", used == nullptr ? "" : day_path(used->last));
  Fields::List older;
  for (std::size_t i = 1; i < uses.size(); ++i) older.push_back(prompt_use_fields(uses[i], prompts));
  fields.flag("has_older_prompts", !older.empty());
  fields.set("older_prompts", std::move(older));
}

Fields::List status_list() {
  Fields::List list;
  for (const Status status :
       {Status::complete, Status::partial, Status::local, Status::degraded, Status::quiet, Status::lost})
    list.push_back(Fields().set("status", status_name(status)).set("status_sentence", status_sentence(status)));
  return list;
}

}  // namespace

Fields about_page_fields(const Summaries& days, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {"about/", "About", "How the papers are chosen", ""});
  const Cutoffs& cutoffs = parts.interests.cutoffs;
  fields.set("relevance", static_cast<long long>(cutoffs.relevance));
  fields.set("novelty", static_cast<long long>(cutoffs.novelty));
  fields.set("at_most", static_cast<long long>(cutoffs.at_most));
  fields.flag("has_topics", !parts.interests.topics.empty());
  fields.set("topics", topic_list(parts.interests));
  fields.set("skip_keywords", joined(words_against(parts.interests), ", "));
  Fields::List authors;
  for (const Author& author : parts.interests.authors) authors.push_back(Fields().set("name", author.name));
  fields.flag("has_authors", !authors.empty());
  fields.set("authors", std::move(authors));
  fields.set("statuses", status_list());
  set_prompts(fields, prompts_used(days, parts.prompts), parts.prompts);
  return fields;
}

Fields feeds_page_fields(const std::vector<FeedPlan>& plans, const SiteSettings& site) {
  Fields fields = page_fields(site, {"feeds/", "Feeds", "Every feed of this site", ""});
  Fields::List list;
  for (const FeedPlan& plan : plans)
    list.push_back(Fields()
                       .set("title", plan.title)
                       .set("description", plan.description)
                       .set("path", plan.path)
                       .set("url", absolute_url(site, plan.path)));
  fields.set("feeds", std::move(list));
  return fields;
}

Fields not_found_fields(const SiteSettings& site) {
  // The server shows this page at any depth, so its links must not be relative: the first of a name counts.
  Fields fields;
  fields.set("root", site.url);
  const Fields usual = page_fields(site, {"", "Not found", "", ""});
  for (const auto& member : usual.members())
    if (const auto* text = std::get_if<std::string>(&member.second)) fields.set(member.first.text(), *text);
  fields.flag("is_front", false);
  return fields;
}

Fields no_days_fields(const SiteSettings& site) { return page_fields(site, {"", "", "", ""}); }

std::string own_page_path(const std::string& file_path) { return file_path.substr(0, file_path.size() - 3) + '/'; }

Fields own_page_fields(const File& file, const SiteSettings& site) {
  const std::string path = own_page_path(file.path);
  const std::string title = prose_title(file.bytes);
  Fields fields = page_fields(site, {path, title.empty() ? path.substr(0, path.size() - 1) : title, "", ""});
  fields.set("body_html", prose_html(file.bytes, 0));
  return fields;
}

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site) {
  XmlWriter xml;
  xml.open("opml", {{"version", "2.0"}});
  xml.open("head");
  xml.element("title", site.title);
  xml.close();
  xml.open("body");
  for (const FeedPlan& plan : plans)
    xml.empty("outline", {{"type", "rss"},
                          {"text", plan.title},
                          {"title", plan.title},
                          {"description", plan.description},
                          {"xmlUrl", absolute_url(site, plan.path + "atom.xml")},
                          {"htmlUrl", absolute_url(site, plan.home)}});
  xml.close();
  xml.close();
  return xml.text();
}

std::string sitemap(const std::vector<SitemapPage>& pages, const SiteSettings& site) {
  XmlWriter xml;
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
