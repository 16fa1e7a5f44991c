#include <algorithm>
#include <charconv>

#include "core/text.h"
#include "legacy/import_kinds.h"
#include "paper/paper.h"

namespace daybook {

namespace {

// The LLM's JSON was stored as it came: a score may be a number or a number in quotes.
std::optional<int> stored_score(const Json* value) {
  if (const auto number = integer_of(value)) return on_scale(number);
  const std::string_view digits = trim(string_of(value));
  long long number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return on_scale(number);
}

}  // namespace

bool is_store(const Json& root) {
  return root.IsObject() && std::all_of(root.MemberBegin(), root.MemberEnd(), [](const auto& paper) {
           return paper.value.IsObject() && ArxivId::parse(string_of(&paper.name)).has_value();
         });
}

void read_stored_paper(Members& members, std::string_view id, Entry& entry) {
  const auto known = ArxivId::parse(id);
  if (!known) return members.document().add_fault(members.where(), '"' + std::string(id) + "\" is no arXiv id");
  Paper& paper = entry.paper;
  paper.id = known->text;
  paper.version = known->version;
  members.required("title");
  members.read("title", paper.title);
  paper.title = std::string(trim(paper.title));
  std::string abstract;
  members.read("abstract", abstract);
  set_abstract(paper, abstract);
  // The names were split at every comma, those inside of affiliations too.
  std::vector<std::string> pieces;
  members.read("authors", pieces);
  std::string joined;
  for (const std::string& piece : pieces) joined.append(joined.empty() ? "" : ", ").append(piece);
  set_authors(paper, joined);
  members.read("COMMENT", entry.score.comment);
  entry.score.comment = std::string(trim(entry.score.comment));
  entry.score.relevance = stored_score(members.find("RELEVANCE"));
  entry.score.novelty = stored_score(members.find("NOVELTY"));
  entry.score.scorer = scorer_of_import(entry.score);
}

Day read_store(LocatedJson& document) {
  Day day;
  const Json& root = document.root;
  day.papers.reserve(root.MemberCount());
  for (const auto& paper : root.GetObject()) {
    const std::string_view id = string_of(&paper.name);
    const JsonStep step{nullptr, id};
    Members members(document, paper.value, &step);
    read_stored_paper(members, id, day.papers.emplace_back());
  }
  return day;
}

}  // namespace daybook
