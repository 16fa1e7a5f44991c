#include "site/about.h"

#include "core/text.h"
#include "site/links.h"
#include "site/page.h"
#include "site/prose.h"
#include "site/xml_writer.h"

namespace daybook {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Fields::List topic_list(const Interests& interests) {
  Fields::List list;
  for (const Topic& topic : interests.topics)
    list.push_back(Fields()
                       .set("name", topic.name)
                       .set("topic_path", topic_path(topic.slug))
                       .set("keep", topic.keep)
                       .set("skip", topic.skip)
                       .set("keywords", joined(topic.keywords)));
  return list;
}

// The newest day whose prompt is known: what it was asked is in force.
const DaySummary* newest_with_prompt(const Summaries& days, const PromptTexts& prompts) {
  for (const DaySummary& day : days)
    if (prompts.count(day.prompt) > 0) return &day;
  return nullptr;
}

void set_prompt(Fields& fields, const DaySummary* day, const PromptTexts& prompts) {
  fields.set("prompt_html", day == nullptr ? "" : prose_html(prompts.at(day->prompt), 2));
  fields.set("prompt_hash", day == nullptr ? "" : day->prompt);
  fields.set("prompt_day", day == nullptr ? "" : day->date.iso());
  fields.set("prompt_day_path", day == nullptr ? "" : day_path(day->date));
}

// The date of a day's page from its path "2025/08/05/", else nothing.
std::optional<Date> date_of_path(const std::string& path) {
  if (path.size() != 11) return std::nullopt;
  return Date::parse(path.substr(0, 4) + '-' + path.substr(5, 2) + '-' + path.substr(8, 2));
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
  fields.set("skip_keywords", joined(parts.interests.skip_keywords));
  Fields::List authors;
  for (const Author& author : parts.interests.authors) authors.push_back(Fields().set("name", author.name));
  fields.flag("has_authors", !authors.empty());
  fields.set("authors", std::move(authors));
  set_prompt(fields, newest_with_prompt(days, parts.prompts), parts.prompts);
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

std::string sitemap(const std::vector<std::string>& page_paths, const Summaries& days, const SiteSettings& site) {
  XmlWriter xml;
  xml.open("urlset", {{"xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"}});
  for (const std::string& path : page_paths) {
    const auto date = date_of_path(path);
    xml.open("url");
    xml.element("loc", absolute_url(site, path));
    if (date) xml.element("lastmod", date->iso());
    if (path.empty() && !days.empty()) xml.element("lastmod", days.front().date.iso());
    xml.close();
  }
  xml.close();
  return xml.text();
}

std::string robots(const SiteSettings& site) {
  return "User-agent: *\nAllow: /\nSitemap: " + absolute_url(site, "sitemap.xml") + '\n';
}

}  // namespace daybook
