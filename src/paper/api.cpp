// The API's Atom: https://info.arxiv.org/help/api/user-manual.html#32-api-response
#include <charconv>
#include <string_view>
#include <utility>

#include "paper/author_marks.h"
#include "paper/authors.h"
#include "paper/fields.h"
#include "paper/formats.h"
#include "paper/reply.h"
#include "paper/white_space.h"

namespace daybook {

namespace {

// Each <author> has a <name> and any number of <arxiv:affiliation>s.
void read_authors(const tinyxml2::XMLElement& entry, const Prefixes& prefixes, Paper& paper) {
  Names list;
  const std::string author_name = prefixes.atom + "author";
  const std::string affiliation_name = prefixes.arxiv + "affiliation";
  for (const auto* author = entry.FirstChildElement(author_name.c_str()); author != nullptr;
       author = author->NextSiblingElement(author_name.c_str())) {
    std::string name = single_spaced(child_text(*author, prefixes.atom + "name"));
    take_marks(name);
    if (!is_name(name)) continue;
    std::string affiliations;
    for (const auto* one = author->FirstChildElement(affiliation_name.c_str()); one != nullptr;
         one = one->NextSiblingElement(affiliation_name.c_str()))
      affiliations += (affiliations.empty() ? "" : "; ") + single_spaced(text_of(*one));
    add_author(list, std::move(name), std::move(affiliations));
  }
  finish_authors(list);
  paper.authors = std::move(list.names);
  paper.affiliations = std::move(list.affiliations);
}

void read_categories(const tinyxml2::XMLElement& entry, const Prefixes& prefixes, Paper& paper) {
  add_category(paper, child_attribute(entry, prefixes.arxiv + "primary_category", "term"));
  const std::string name = prefixes.atom + "category";
  for (const auto* category = entry.FirstChildElement(name.c_str()); category != nullptr;
       category = category->NextSiblingElement(name.c_str())) {
    // Other schemes hold the codes of the ACM and the AMS.
    const char* scheme = category->Attribute("scheme");
    const char* term = category->Attribute("term");
    if (term != nullptr && (scheme == nullptr || std::string_view(scheme) == "http://arxiv.org/schemas/atom"))
      add_category(paper, term);
  }
}

EntryDraft read_entry(const tinyxml2::XMLElement& entry, const Prefixes& prefixes) {
  EntryDraft draft;
  draft.line = entry.GetLineNum();
  draft.ids = {child_text(entry, prefixes.atom + "id"), child_attribute(entry, prefixes.atom + "link", "href")};
  Paper& paper = draft.paper;
  paper.title = unwrapped(child_text(entry, prefixes.atom + "title"));
  paper.abstract = unwrapped(child_text(entry, prefixes.atom + "summary"));
  read_authors(entry, prefixes, paper);
  read_categories(entry, prefixes, paper);
  paper.comments = unwrapped(child_text(entry, prefixes.arxiv + "comment"));
  paper.journal_ref = unwrapped(child_text(entry, prefixes.arxiv + "journal_ref"));
  paper.doi = child_text(entry, prefixes.arxiv + "doi");
  paper.license = child_text(entry, prefixes.atom + "rights");
  paper.published = Instant::parse_rfc3339(child_text(entry, prefixes.atom + "published"));
  return draft;
}

// An error is an entry titled "Error" whose id is ".../api/errors#..." and whose summary says why.
std::optional<Error> told_error(const tinyxml2::XMLElement& entry, const Prefixes& prefixes,
                                const std::string& source) {
  if (child_text(entry, prefixes.atom + "id").find("/api/errors") == std::string::npos) return std::nullopt;
  return Error{Kind::failed,
               {source, entry.GetLineNum(), 0},
               "arXiv's API answers with an error: " + excerpt(child_text(entry, prefixes.atom + "summary")),
               "check the ids and dates that were asked for"};
}

}  // namespace

bool is_api_reply(const tinyxml2::XMLElement& root) {
  const Prefixes prefixes = prefixes_of(root);
  return root.FirstChildElement((prefixes.opensearch + "totalResults").c_str()) != nullptr ||
         child_text(root, prefixes.atom + "id").find("arxiv.org/api/") != std::string::npos;
}

std::optional<Error> read_api(const tinyxml2::XMLElement& root, Feed& feed, std::size_t& entries, Errors& errors) {
  feed.kind = FeedKind::api;
  const Prefixes prefixes = prefixes_of(root);
  const std::string total = child_text(root, prefixes.opensearch + "totalResults");
  std::from_chars(total.data(), total.data() + total.size(), feed.total_results);
  const std::string name = prefixes.atom + "entry";
  for (const auto* entry = root.FirstChildElement(name.c_str()); entry != nullptr;
       entry = entry->NextSiblingElement(name.c_str())) {
    if (auto error = told_error(*entry, prefixes, feed.source)) return error;
    add_entry(feed, read_entry(*entry, prefixes), ++entries, errors);
  }
  return std::nullopt;
}

}  // namespace daybook
