// Fields of a feed's elements, by the names that arXiv gives them.
#pragma once

#include <tinyxml2.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "paper/feed.h"

namespace daybook {

// The prefixes that stand for the namespaces in a document, with their colon: "arxiv:". tinyxml2 knows no namespaces,
// and a feed that another program wrote anew can name them otherwise.
struct Prefixes {
  std::string atom;  // empty where Atom is the default namespace
  std::string arxiv = "arxiv:";
  std::string dc = "dc:";
  std::string opensearch = "opensearch:";
};
Prefixes prefixes_of(const tinyxml2::XMLElement& root);

// All text in an element, CDATA and comments' neighbours too, trimmed. What XML does not allow (a character of number
// 1) becomes U+FFFD.
std::string text_of(const tinyxml2::XMLElement& element);
// The text of the first child of that name; empty where there is none.
std::string child_text(const tinyxml2::XMLElement& parent, const std::string& name);
// The attribute of the first child of that name; empty where there is none.
std::string child_attribute(const tinyxml2::XMLElement& parent, const std::string& name, const char* attribute);

// What rss.arxiv.org writes into descriptions: "arXiv:9901.00001v1 Announce Type: new \nAbstract: ...".
struct Described {
  std::string_view id;
  std::string_view announce_type;
  std::string_view abstract;
};
Described read_description(std::string_view text);

// The day in New York; nothing where it is before arXiv's first: no feed is of such a day, whatever it says.
std::optional<Date> announced_date(Instant when);

// The category of "http://rss.arxiv.org/rss/cs.AI+cs.LG", or of the title "cs.AI updates on arXiv.org".
std::string category_of(std::string_view address, std::string_view title);

void add_category(Paper& paper, std::string category);

// An entry as read, before anyone asked whether it is a paper.
struct EntryDraft {
  Paper paper;                   // without id and version
  std::vector<std::string> ids;  // the texts that may say the id, best first
  std::string announce_type;
  int line = 0;
};

// Puts the paper of the feed's next entry into it, or into `errors` why there is none. `number` counts from 1.
void add_entry(Feed& feed, EntryDraft draft, std::size_t number, Errors& errors);

}  // namespace daybook
