// RSS 2.0 as rss.arxiv.org writes it: https://info.arxiv.org/help/rss_specifications.html
#include <algorithm>
#include <utility>

#include "core/text.h"
#include "paper/fields.h"
#include "paper/formats.h"
#include "paper/limits.h"

namespace daybook {

namespace {

EntryDraft read_item(const tinyxml2::XMLElement& item, const Prefixes& prefixes) {
  const std::string description = child_text(item, "description");
  const Described described = read_description(description);
  EntryDraft draft;
  draft.line = item.GetLineNum();
  draft.ids = {child_text(item, "guid"), child_text(item, "link"), std::string(described.id)};
  draft.announce_type = child_text(item, prefixes.arxiv + "announce_type");
  if (draft.announce_type.empty()) draft.announce_type = std::string(described.announce_type);
  Paper& paper = draft.paper;
  paper.title = child_text(item, "title");
  paper.abstract = std::string(described.abstract);
  const std::string creator = child_text(item, prefixes.dc + "creator");
  Names authors = split_authors(utf8_prefix(creator, name_list_bytes_max));
  paper.authors = std::move(authors.names);
  paper.affiliations = std::move(authors.affiliations);
  for (const auto* category = item.FirstChildElement("category"); category != nullptr;
       category = category->NextSiblingElement("category"))
    add_category(paper, text_of(*category));
  paper.license = child_text(item, prefixes.dc + "rights");
  paper.doi = child_text(item, prefixes.arxiv + "DOI");
  paper.journal_ref = child_text(item, prefixes.arxiv + "journal_reference");
  paper.comments = child_text(item, prefixes.arxiv + "comment");
  return draft;
}

std::vector<Weekday> read_skip_days(const tinyxml2::XMLElement& channel) {
  std::vector<Weekday> days;
  const auto* list = channel.FirstChildElement("skipDays");
  if (list == nullptr) return days;
  for (const auto* day = list->FirstChildElement("day"); day != nullptr; day = day->NextSiblingElement("day")) {
    const std::string name = text_of(*day);
    for (int i = 0; i < 7; ++i)
      if (weekday_name(static_cast<Weekday>(i)) == name) days.push_back(static_cast<Weekday>(i));
  }
  return days;
}

std::optional<Date> read_date(const tinyxml2::XMLElement& channel, const std::string& name) {
  const auto when = Instant::parse_rfc822(child_text(channel, name));
  return when ? announced_date(*when) : std::nullopt;
}

}  // namespace

void read_rss(const tinyxml2::XMLElement& root, Feed& feed, std::size_t& entries, Errors& errors) {
  feed.kind = FeedKind::rss;
  const auto* channel = root.FirstChildElement("channel");
  if (channel == nullptr) return;  // read_feed() tells
  const Prefixes prefixes = prefixes_of(root);
  feed.category = category_of(child_text(*channel, "link"), child_text(*channel, "title"));
  feed.skip_days = read_skip_days(*channel);
  feed.announced = read_date(*channel, "pubDate");
  if (!feed.announced) feed.announced = read_date(*channel, "lastBuildDate");
  for (const auto* item = channel->FirstChildElement("item"); item != nullptr; item = item->NextSiblingElement("item"))
    add_entry(feed, read_item(*item, prefixes), ++entries, errors);
}

}  // namespace daybook
