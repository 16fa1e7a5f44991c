#include "exports/bibliography.h"

#include <algorithm>

#include "authors/names.h"
#include "core/escape.h"
#include "core/text.h"
#include "site/coins.h"
#include "site/links.h"
#include "tex/letters.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// TeX's own characters as text. BibTeX counts even escaped braces, so those get names.
void append_tex(std::string& out, char c) {
  switch (c) {
    case '{':
      out += "\\textbraceleft{}";
      break;
    case '}':
      out += "\\textbraceright{}";
      break;
    case '\\':
      out += "\\textbackslash{}";
      break;
    case '~':
      out += "\\textasciitilde{}";
      break;
    case '^':
      out += "\\textasciicircum{}";
      break;
    case '&':
    case '%':
    case '#':
    case '_':
    case '$':
      out += '\\';
      [[fallthrough]];
    default:
      out += c;
  }
}

std::string tex(std::string_view text) {
  constexpr ByteSet special("{}\\~^&%#_$");
  if (special.find_in(text) == text.npos) return std::string(text);
  std::string out;
  for (const char c : text) append_tex(out, c);
  return out;
}

// "LoRA", "GPT", "3D", "K" of "K-means": what sentence case would spoil. A capital that stands alone is a word or
// begins the title.
bool has_case(std::string_view text, std::size_t at, std::size_t end) {
  if (end - at == 1) return is_upper(text[at]) && (byte_before(text, at) == '-' || byte_at(text, end) == '-');
  return std::any_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                     text.begin() + static_cast<std::ptrdiff_t>(end), is_upper);
}

std::string tex_with_case(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    while (at < text.size() && is_word(text[at])) ++at;
    const bool braced = at > start && has_case(text, start, at);
    out.append(braced ? "{" : "").append(text.substr(start, at - start)).append(braced ? "}" : "");
    if (at < text.size()) append_tex(out, text[at++]);
  }
  return out;
}

bool is_balanced(std::string_view math) {
  int depth = 0;
  for (const char c : math) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth == 0;
}

// A title: text for TeX, formulas as they are.
std::string title_of(const Paper& paper) {
  std::string out;
  for (const Run& run : runs(paper.title)) {
    if (run.kind == Run::Kind::text) {
      out += tex_with_case(run.text);
    } else {
      out += is_balanced(run.text) ? '$' + run.text + '$' : tex('$' + run.text + '$');
    }
  }
  return one_line(printable(out));
}

// A group's name, or one that would be read as two, in braces.
std::string bibtex_author(const std::string& name) {
  const bool parted = name.find(',') != std::string::npos && name.find(" and ") == std::string::npos;
  return parted || name.find(' ') == std::string::npos ? tex(name) : '{' + tex(name) + '}';
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.append(",\n  ").append(name).append(" = {").append(value).append("}");
}

void append_line(std::string& out, std::string_view tag, std::string_view value) {
  if (!value.empty()) out.append(tag).append("  - ").append(value).append("\r\n");
}

void append(Exports& out, const Paper& paper) {
  const std::string year = month_of_id(paper.id).substr(0, 4);
  const std::string journal = plain_line(paper.journal_ref);
  const std::string doi = paper.doi.empty() ? arxiv_doi(paper.id) : one_line(printable(paper.doi));
  const std::string url = abstract_url(paper.id);
  append_line(out.ris, "TY", "UNPB");
  append_line(out.ris, "TI", plain_line(paper.title));
  std::string authors;
  for (const std::string& author : paper.authors) {
    const std::string name = family_first(plain_line(author));
    authors.append(authors.empty() ? "" : " and ").append(bibtex_author(name));
    append_line(out.ris, "AU", name);
  }
  append_line(out.ris, "PY", year);
  append_line(out.ris, "PB", "arXiv");
  append_line(out.ris, "N1", journal);
  append_line(out.ris, "DO", doi);
  append_line(out.ris, "UR", url);
  out.ris += "ER  - \r\n\r\n";

  out.bibtex.append(out.bibtex.empty() ? "" : "\n").append("@misc{arXiv:").append(paper.id);
  append_field(out.bibtex, "title", title_of(paper));
  append_field(out.bibtex, "author", authors);
  append_field(out.bibtex, "year", year);
  append_field(out.bibtex, "eprint", paper.id);
  append_field(out.bibtex, "archiveprefix", "arXiv");
  append_field(out.bibtex, "primaryclass", paper.categories.empty() ? "" : tex(plain_line(paper.categories.front())));
  append_field(out.bibtex, "note", tex(journal));
  append_field(out.bibtex, "doi", tex(doi));
  append_field(out.bibtex, "url", url);
  out.bibtex += "\n}\n";
}

}  // namespace

Exports exports_of(const Day& day) {
  Exports out;
  for (const Entry& entry : day.papers) append(out, entry.paper);
  return out;
}

}  // namespace daybook
