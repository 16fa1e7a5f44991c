#include "paper/formats.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/text.h"
#include "paper/authors.h"
#include "paper/limits.h"
#include "paper/reply.h"
#include "paper/white_space.h"

namespace daybook {

namespace {

using Element = tinyxml2::XMLElement;

constexpr auto npos = std::string_view::npos;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

// Trimmed; references like "&#1;" and "&#xD800;" name characters that no XML of ours may hold.
std::string cleaned(std::string_view whole) {
  std::string text(trim(whole));
  std::replace_if(text.begin(), text.end(), is_control, '\xFF');
  return is_utf8(text) ? text : repaired_utf8(text);
}

void append_text(std::string& out, const tinyxml2::XMLNode& node) {
  for (const auto* child = node.FirstChild(); child != nullptr; child = child->NextSibling()) {
    if (child->ToText() != nullptr) {
      out += child->Value();
    } else {
      append_text(out, *child);
    }
  }
}

// All text in an element, CDATA and comments' neighbours too. What XML does not allow becomes U+FFFD.
std::string text_of(const Element& element) {
  std::string text;
  append_text(text, element);
  return cleaned(text);
}

// The first child of that name, "arxiv:doi"; where there is none, of that name under another prefix: tinyxml2 knows no
// namespaces, and a feed that another program wrote anew can name them otherwise.
const Element* child_of(const Element& parent, const char* name) {
  if (const Element* child = parent.FirstChildElement(name)) return child;
  const Element* child = parent.FirstChildElement();
  while (child != nullptr && local_name(child->Name()) != local_name(name)) child = child->NextSiblingElement();
  return child;
}

// The text of the first child of that name; empty where there is none.
std::string child_text(const Element& parent, const char* name) {
  const Element* child = child_of(parent, name);
  return child == nullptr ? std::string() : text_of(*child);
}

std::string child_attribute(const Element& parent, const char* name, const char* attribute) {
  const Element* child = child_of(parent, name);
  const char* value = child == nullptr ? nullptr : child->Attribute(attribute);
  return value == nullptr ? std::string() : cleaned(value);
}

template <typename Visit>
void for_each_child(const Element& parent, const char* name, Visit visit) {
  const Element* child = child_of(parent, name);
  for (; child != nullptr; child = child->NextSiblingElement(child->Name())) visit(*child);
}

// What rss.arxiv.org writes into descriptions: "arXiv:9901.00001v1 Announce Type: new \nAbstract: ...".
struct Described {
  std::string_view id;
  std::string_view announce_type;
  std::string_view abstract;
};

// The word at the start, up to white space.
std::string_view first_word(std::string_view text) {
  text = trim(text);
  return text.substr(0, text.find_first_of(" \t\r\n"));
}

Described read_description(std::string_view text) {
  text = trim(text);
  constexpr std::string_view type_label = "Announce Type:";
  constexpr std::string_view abstract_label = "Abstract:";
  const auto line_end = std::min(text.find('\n'), text.size());
  const auto type = text.substr(0, line_end).find(type_label);
  Described described;
  std::string_view rest = text;
  if (text.starts_with("arXiv:") && type != npos) {
    const auto type_text = text.substr(type + type_label.size());
    described = {first_word(text), first_word(type_text), {}};
    rest = trim(text.substr(line_end));
    // On one line, where someone folded the white space.
    if (const auto label = type_text.find(abstract_label); label < line_end - type - type_label.size())
      rest = trim(type_text.substr(label));
  }
  if (rest.starts_with(abstract_label)) rest.remove_prefix(abstract_label.size());
  described.abstract = trim(rest);
  return described;
}

// The day in New York; nothing where it is before arXiv's first: no feed is of such a day, whatever it says.
std::optional<Date> announced_date(std::optional<Instant> when) {
  static const Date first_of_arxiv = *Date::from_parts(1991, 8, 14);
  if (!when) return std::nullopt;
  const Date date = new_york_date(*when);
  return date < first_of_arxiv ? std::nullopt : std::optional<Date>(date);
}

// The category of "http://rss.arxiv.org/rss/cs.AI+cs.LG", or of the title "cs.AI updates on arXiv.org".
std::string category_of(std::string_view address, std::string_view title) {
  const auto slash = address.rfind('/');
  std::string category(slash == npos ? std::string_view() : trim(address.substr(slash + 1)));
  if (category.empty() || address.find("arxiv.org/") == npos) {
    const auto end = title.find(" updates on arXiv.org");
    category = end == npos ? std::string() : std::string(trim(title.substr(0, end)));
  }
  if (const auto query = category.find_first_of("?#"); query != std::string::npos) category.erase(query);
  for (auto plus = category.find("%2B"); plus != std::string::npos; plus = category.find("%2B", plus))
    category.replace(plus, 3, "+");
  // All that arXiv has take less. A feed is asked for each of its papers which of its categories it is in.
  constexpr std::size_t longest = 4000;
  return category.size() > longest ? std::string() : category;
}

void add_category(Paper& paper, std::string category) {
  auto& all = paper.categories;
  if (all.size() > categories_max) return;  // and to have one too many tells add_entry()
  if (!category.empty() && std::find(all.begin(), all.end(), category) == all.end()) all.push_back(std::move(category));
}

// An entry as read, before anyone asked whether it is a paper.
struct EntryDraft {
  Paper paper;                   // without id and version
  std::vector<std::string> ids;  // the texts that may say the id, best first
  std::string announce_type;
};

std::optional<ArxivId> id_of(const std::vector<std::string>& texts) {
  std::optional<ArxivId> id;
  for (const auto& text : texts) {
    const auto found = ArxivId::parse(text);
    if (!found) continue;
    if (!id) id = found;
    // The address has no version, the description has.
    if (id->version == 0 && found->text == id->text) id->version = found->version;
  }
  return id;
}

void set_authors(Paper& paper, Names authors) {
  paper.authors = std::move(authors.names);
  paper.affiliations = std::move(authors.affiliations);
}

// RSS and Atom of rss.arxiv.org have the same fields.
EntryDraft read_announced(const Element& entry, FeedKind kind) {
  const bool is_rss = kind == FeedKind::rss;
  const std::string description = child_text(entry, is_rss ? "description" : "summary");
  const Described described = read_description(description);
  EntryDraft draft;
  draft.ids = {child_text(entry, is_rss ? "guid" : "id"),
               is_rss ? child_text(entry, "link") : child_attribute(entry, "link", "href"), std::string(described.id)};
  draft.announce_type = child_text(entry, "arxiv:announce_type");
  if (draft.announce_type.empty()) draft.announce_type = std::string(described.announce_type);
  Paper& paper = draft.paper;
  paper.title = child_text(entry, "title");
  paper.abstract = std::string(described.abstract);
  const std::string creator = child_text(entry, "dc:creator");
  set_authors(paper, split_authors(utf8_prefix(creator, name_list_bytes_max)));
  for_each_child(entry, "category", [&](const Element& category) {
    const char* term = category.Attribute("term");
    add_category(paper, is_rss ? text_of(category) : term == nullptr ? "" : term);
  });
  paper.license = child_text(entry, "dc:rights");
  paper.doi = child_text(entry, "arxiv:DOI");
  paper.journal_ref = child_text(entry, "arxiv:journal_reference");
  paper.comments = child_text(entry, "arxiv:comment");
  return draft;
}

// The API's: each <author> has a <name> and any number of <arxiv:affiliation>s.
Names read_authors(const Element& entry) {
  Names list;
  for_each_child(entry, "author", [&](const Element& author) {
    std::string name = single_spaced(child_text(author, "name"));
    take_marks(name);
    if (!is_name(name)) return;
    std::string affiliations;
    for_each_child(author, "arxiv:affiliation", [&](const Element& one) {
      affiliations += (affiliations.empty() ? "" : "; ") + single_spaced(text_of(one));
    });
    add_author(list, std::move(name), std::move(affiliations));
  });
  finish_authors(list);
  return list;
}

EntryDraft read_found(const Element& entry) {
  EntryDraft draft;
  draft.ids = {child_text(entry, "id"), child_attribute(entry, "link", "href")};
  Paper& paper = draft.paper;
  paper.title = unwrapped(child_text(entry, "title"));
  paper.abstract = unwrapped(child_text(entry, "summary"));
  set_authors(paper, read_authors(entry));
  add_category(paper, child_attribute(entry, "arxiv:primary_category", "term"));
  for_each_child(entry, "category", [&](const Element& category) {
    // Other schemes hold the codes of the ACM and the AMS.
    const char* scheme = category.Attribute("scheme");
    const char* term = category.Attribute("term");
    if (term != nullptr && (scheme == nullptr || std::string_view(scheme) == "http://arxiv.org/schemas/atom"))
      add_category(paper, term);
  });
  paper.comments = unwrapped(child_text(entry, "arxiv:comment"));
  paper.journal_ref = unwrapped(child_text(entry, "arxiv:journal_ref"));
  paper.doi = child_text(entry, "arxiv:doi");
  paper.license = child_text(entry, "rights");
  paper.published = Instant::parse_rfc3339(child_text(entry, "published"));
  return draft;
}

// Puts the paper of the feed's next entry into it, or into `errors` why there is none.
void add_entry(Feed& feed, EntryDraft draft, int line, Errors& errors) {
  const auto tell = [&](const std::string& what) {
    errors.push_back({Kind::failed, {feed.source, line, 0}, "the " + ordinal(feed.entries) + " entry " + what, ""});
  };
  ++feed.entries;
  const auto id = id_of(draft.ids);
  if (!id) {
    const auto said = std::find_if(draft.ids.begin(), draft.ids.end(), [](const auto& text) { return !text.empty(); });
    const std::string why = said == draft.ids.end() ? "no id" : "no arXiv id but " + excerpt(*said);
    return tell("has " + why + " and is skipped");
  }
  const std::string named = '(' + id->text + ") has ";
  if (draft.paper.title.empty()) return tell(named + "no title and is skipped");
  if (const std::string cut = cut_to_limits(draft.paper); !cut.empty())
    tell(named + "implausibly long fields, which are truncated: " + cut);
  draft.paper.id = id->text;
  draft.paper.version = id->version;
  draft.paper.announce_type = announce_type_of(draft.announce_type);
  if (!draft.paper.announce_type && !draft.announce_type.empty())
    tell(named + "the unknown announce type " + excerpt(draft.announce_type));
  feed.papers.push_back(std::move(draft.paper));
}

std::optional<Error> read_rss(const Element& root, Feed& feed, Errors& errors) {
  const Element* channel = root.FirstChildElement("channel");
  if (channel == nullptr)
    return Error{Kind::failed,
                 {feed.source, root.GetLineNum(), 0},
                 "the feed has no channel",
                 "check that the address belongs to an arXiv feed"};
  feed.category = category_of(child_text(*channel, "link"), child_text(*channel, "title"));
  if (const Element* list = channel->FirstChildElement("skipDays")) {
    for_each_child(*list, "day", [&](const Element& day) {
      const std::string name = text_of(day);
      for (int i = 0; i < 7; ++i)
        if (weekday_name(static_cast<Weekday>(i)) == name) feed.skip_days.push_back(static_cast<Weekday>(i));
    });
  }
  for (const char* const name : {"pubDate", "lastBuildDate"})
    if (!feed.announced) feed.announced = announced_date(Instant::parse_rfc822(child_text(*channel, name)));
  for_each_child(*channel, "item", [&](const Element& item) {
    add_entry(feed, read_announced(item, feed.kind), item.GetLineNum(), errors);
  });
  return std::nullopt;
}

void read_atom(const Element& root, Feed& feed, Errors& errors) {
  feed.kind = FeedKind::atom;
  feed.category = category_of(child_text(root, "id"), child_text(root, "title"));
  const auto date = [&](const Element& parent, const char* name) {
    return announced_date(Instant::parse_rfc3339(child_text(parent, name)));
  };
  for_each_child(root, "entry", [&](const Element& entry) {
    // Here, <published> is the midnight of the announcement, the same in all entries.
    feed.announced = std::max(feed.announced, date(entry, "published"));
    add_entry(feed, read_announced(entry, feed.kind), entry.GetLineNum(), errors);
  });
  if (!feed.announced) feed.announced = date(root, "updated");
}

bool is_api_reply(const Element& root) {
  return child_of(root, "opensearch:totalResults") != nullptr ||
         child_text(root, "id").find("arxiv.org/api/") != std::string::npos;
}

// An error is an entry titled "Error" whose id is ".../api/errors#..." and whose summary says why.
std::optional<Error> read_api(const Element& root, Feed& feed, Errors& errors) {
  feed.kind = FeedKind::api;
  const std::string total = child_text(root, "opensearch:totalResults");
  std::from_chars(total.data(), total.data() + total.size(), feed.total_results);
  std::optional<Error> error;
  for_each_child(root, "entry", [&](const Element& entry) {
    const bool is_error = child_text(entry, "id").find("/api/errors") != std::string::npos;
    if (is_error && !error)
      error = Error{Kind::failed,
                    {feed.source, entry.GetLineNum(), 0},
                    "arXiv's API answers with an error: " + excerpt(child_text(entry, "summary")),
                    "check the ids and dates that were asked for"};
    if (!error) add_entry(feed, read_found(entry), entry.GetLineNum(), errors);
  });
  return error;
}

}  // namespace

std::optional<Error> read_entries(const Element& root, Feed& feed, Errors& errors) {
  if (local_name(root.Name()) == "rss") return read_rss(root, feed, errors);
  if (is_api_reply(root)) return read_api(root, feed, errors);
  read_atom(root, feed, errors);
  return std::nullopt;
}

}  // namespace daybook
