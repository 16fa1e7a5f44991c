#include "exports/llms_txt.h"

#include <string_view>

#include "core/escape.h"
#include "core/text.h"
#include "site/links.h"
#include "site/period.h"
#include "site/topic_pages.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::size_t newest_days = 10;

class LinkLists {
 public:
  explicit LinkLists(const SiteSettings& site) : site_(site) {
    text =
        "# " + markdown(site.title) + "\n\n> " + summary() + "\n\n" +
        "Each announcement day has a page of the papers chosen from arXiv's new ones, the best first: title, authors, "
        "abstract,\nrelevance and novelty (1 to 10), who scored it and why. Titles and abstracts are their authors' "
        "words.\n";
  }

  void section(std::string_view title) { text.append("\n## ").append(title).append("\n\n"); }
  void link(std::string_view name, std::string_view path, std::string_view note) {
    text.append("- [").append(markdown(name, MarkdownPlace::link_text)).append("](").append(absolute_url(site_, path));
    text.append("): ").append(note).append("\n");
  }

  std::string text;

 private:
  std::string summary() const {
    const std::string own = one_line(printable(site_.description));
    return own.empty() ? "New papers on arXiv, chosen and scored every announcement day." : markdown(own);
  }

  const SiteSettings& site_;
};

void add_days(LinkLists& lists, const Summaries& days) {
  lists.section("Newest days");
  std::size_t count = 0;
  for (const DaySummary& day : days) {
    if (day.papers.empty()) continue;
    const std::string_view remark = remark_on(day);
    std::string note = papers_text(day.papers.size());
    if (!remark.empty()) note.append(", ").append(remark);
    lists.link(long_date(day.date), day_path(day.date) + "index.md", note);
    if (++count == newest_days) break;
  }
  lists.link("All days", "archive/", "a calendar of every year");
}

}  // namespace

std::string llms_txt(const Summaries& days, const std::vector<TopicName>& topics, const SiteParts& parts) {
  LinkLists lists(parts.site);
  add_days(lists, days);
  lists.section("API");
  lists.link("Days", "api/v1/days.json", "all days as JSON, newest first, each with the address of its own JSON");
  lists.link("Topics", "api/v1/topics.json", "all topics as JSON");
  lists.link("Schema", "api/v1/schema.json", "JSON Schema of these files");
  if (!topics.empty()) lists.section("Topics");
  for (const TopicName& topic : topics)
    lists.link(topic.name, topic_path(topic.slug), papers_text(papers_of_topic(days, topic.slug).size()));
  lists.section("Feeds");
  lists.link("Papers", "atom.xml", "Atom, an entry a paper");
  lists.link("Days", "daily/atom.xml", "Atom, an entry a day");
  lists.link("All feeds", "feeds/", "Atom, RSS and JSON Feed, topics too");
  return lists.text;
}

}  // namespace daybook
