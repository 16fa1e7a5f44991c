#include "library/bibtex.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "library/bibtex_syntax.h"
#include "paper/paper.h"
#include "paper/reply.h"
#include "paper/white_space.h"

namespace daybook {

namespace {

// Where an id may stand within other text, the likeliest first.
constexpr std::array<std::string_view, 12> hints = {"doi",    "url",   "journal", "journaltitle", "number", "volume",
                                                    "adsurl", "pages", "eid",     "howpublished", "ee",     "note"};
constexpr std::array<std::string_view, 5> of_eprint = {"eprint", "arxivid", "archiveprefix", "eprinttype",
                                                       "primaryclass"};

template <std::size_t n>
bool has(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

FieldUse use_of(std::string_view field) {
  if (field == "title" || field == "abstract" || field == "author") return FieldUse::text;
  return has(hints, field) || has(of_eprint, field) ? FieldUse::hint : FieldUse::none;
}

// How many of the braces at the start are closed at the very end only: 2 of "{{A} title}" would be 1.
std::size_t enclosing_braces(std::string_view text) {
  const std::size_t opening = std::min(text.find_first_not_of('{'), text.size());
  const auto last = text.find_last_not_of('}');
  const std::size_t closing = last == std::string_view::npos ? text.size() : text.size() - 1 - last;
  if (opening + closing >= text.size()) return 0;
  auto depth = static_cast<long long>(opening);
  long long least = std::min(depth, static_cast<long long>(closing));
  for (const char c : text.substr(opening, text.size() - opening - closing)) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    least = std::min(least, depth);
  }
  return depth == static_cast<long long>(closing) && least > 0 ? static_cast<std::size_t>(least) : 0;
}

// Programs put titles and abstracts in a second pair of braces to keep their capitals.
std::string text_of_field(std::string_view value) {
  const std::string text = single_spaced(value);
  const std::size_t braces = enclosing_braces(text);
  return single_spaced(std::string_view(text).substr(braces, text.size() - 2 * braces));
}

void add_name(std::vector<std::string>& names, std::string_view name) {
  std::string ordered = name_in_order(text_of_field(name));
  if (!ordered.empty() && ordered != "others") names.push_back(std::move(ordered));
}

// Parted by the word "and" outside of braces.
std::vector<std::string> names_in(std::string_view value) {
  const std::string text = single_spaced(value);
  std::vector<std::string> names;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}') --depth;
    if (text[at] != ' ' || depth > 0 || !equal_ignoring_case(std::string_view(text).substr(at, 5), " and ")) continue;
    add_name(names, std::string_view(text).substr(start, at - start));
    at += 4;
    start = at;
  }
  add_name(names, std::string_view(text).substr(start));
  return names;
}

// Other archives have eprints too: HAL, PubMed.
std::string id_of_eprint(const BibtexEntry& entry, const std::string& source, Errors& errors) {
  if (auto id = ArxivId::parse(text_of_field(entry.field("arxivid")))) return std::move(id->text);
  const std::string eprint = text_of_field(entry.field("eprint"));
  std::string archive = text_of_field(entry.field("archiveprefix"));
  if (archive.empty()) archive = text_of_field(entry.field("eprinttype"));
  const bool is_arxiv = equal_ignoring_case(archive, "arxiv");
  if (eprint.empty() || (!is_arxiv && !archive.empty())) return {};
  if (auto id = ArxivId::parse(eprint)) return std::move(id->text);
  // Before 2007 some wrote eprint = {9901001}, primaryClass = {hep-th}.
  if (auto id = ArxivId::parse(text_of_field(entry.field("primaryclass")) + '/' + eprint)) return std::move(id->text);
  if (is_arxiv)
    errors.push_back({Kind::failed,
                      {source, entry.line, 0},
                      "the entry's eprint " + excerpt(eprint) + " is no arXiv id",
                      "write it as in \"2401.12345\" or \"hep-th/9901001\""});
  return {};
}

std::string id_of(const BibtexEntry& entry, const std::string& source, Errors& errors) {
  std::string id = id_of_eprint(entry, source, errors);
  for (const auto name : hints) {
    if (!id.empty()) return id;
    id = arxiv_id_in(entry.field(name));
  }
  return id.empty() ? arxiv_id_of_volume(text_of_field(entry.field("journal")), text_of_field(entry.field("volume")))
                    : id;
}

}  // namespace

std::vector<Reference> read_bibtex(std::string_view bytes, const std::string& source, Errors& errors) {
  std::vector<Reference> references;
  const auto text = library_text(bytes, source, errors);
  if (!text) return references;
  for (const BibtexEntry& entry : read_bibtex_entries(*text, source, use_of, errors)) {
    Reference reference;
    reference.line = entry.line;
    reference.id = id_of(entry, source, errors);
    reference.title = text_of_field(entry.field("title"));
    reference.abstract = text_of_field(entry.field("abstract"));
    reference.authors = names_in(entry.field("author"));
    add_reference(references, std::move(reference), source, errors);
  }
  return references;
}

}  // namespace daybook
