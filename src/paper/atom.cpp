// Atom (RFC 4287) as rss.arxiv.org writes it: the fields of its RSS, most of them under the same names.
#include <algorithm>
#include <utility>

#include "core/text.h"
#include "paper/fields.h"
#include "paper/formats.h"
#include "paper/limits.h"

namespace daybook {

namespace {

EntryDraft read_entry(const tinyxml2::XMLElement& entry, const Prefixes& prefixes) {
  const std::string summary = child_text(entry, prefixes.atom + "summary");
  const Described described = read_description(summary);
  EntryDraft draft;
  draft.line = entry.GetLineNum();
  draft.ids = {child_text(entry, prefixes.atom + "id"), child_attribute(entry, prefixes.atom + "link", "href"),
               std::string(described.id)};
  draft.announce_type = child_text(entry, prefixes.arxiv + "announce_type");
  if (draft.announce_type.empty()) draft.announce_type = std::string(described.announce_type);
  Paper& paper = draft.paper;
  paper.title = child_text(entry, prefixes.atom + "title");
  paper.abstract = std::string(described.abstract);
  const std::string creator = child_text(entry, prefixes.dc + "creator");
  Names authors = split_authors(utf8_prefix(creator, name_list_bytes_max));
  paper.authors = std::move(authors.names);
  paper.affiliations = std::move(authors.affiliations);
  const std::string name = prefixes.atom + "category";
  for (const auto* category = entry.FirstChildElement(name.c_str()); category != nullptr;
       category = category->NextSiblingElement(name.c_str()))
    if (const char* term = category->Attribute("term")) add_category(paper, term);
  paper.license = child_text(entry, prefixes.dc + "rights");
  paper.doi = child_text(entry, prefixes.arxiv + "DOI");
  paper.journal_ref = child_text(entry, prefixes.arxiv + "journal_reference");
  paper.comments = child_text(entry, prefixes.arxiv + "comment");
  return draft;
}

std::optional<Date> read_date(const tinyxml2::XMLElement& parent, const std::string& name) {
  const auto when = Instant::parse_rfc3339(child_text(parent, name));
  return when ? announced_date(*when) : std::nullopt;
}

}  // namespace

void read_atom(const tinyxml2::XMLElement& root, Feed& feed, std::size_t& entries, Errors& errors) {
  feed.kind = FeedKind::atom;
  const Prefixes prefixes = prefixes_of(root);
  feed.category = category_of(child_text(root, prefixes.atom + "id"), child_text(root, prefixes.atom + "title"));
  const std::string name = prefixes.atom + "entry";
  for (const auto* entry = root.FirstChildElement(name.c_str()); entry != nullptr;
       entry = entry->NextSiblingElement(name.c_str())) {
    // Here, <published> is the midnight of the announcement, the same in all entries.
    feed.announced = std::max(feed.announced, read_date(*entry, prefixes.atom + "published"));
    add_entry(feed, read_entry(*entry, prefixes), ++entries, errors);
  }
  if (!feed.announced) feed.announced = read_date(root, prefixes.atom + "updated");
}

}  // namespace daybook
