#include "site/exports.h"

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
std::string bibtex_author(const std::string& author) {
  const std::string name = family_first(plain_line(author));
  const bool parted = name.find(',') != std::string::npos && name.find(" and ") == std::string::npos;
  return parted || name.find(' ') == std::string::npos ? tex(name) : '{' + tex(name) + '}';
}

std::string doi_of(const Paper& paper) {
  return paper.doi.empty() ? arxiv_doi(paper.id) : one_line(printable(paper.doi));
}
std::string year_of(const Paper& paper) { return month_of_id(paper.id).substr(0, 4); }

void append_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.append(",\n  ").append(name).append(" = {").append(value).append("}");
}

}  // namespace

std::string bibtex(const Day& day) {
  std::string out;
  for (const Entry& entry : day.papers) {
    const Paper& paper = entry.paper;
    std::string authors;
    for (const std::string& author : paper.authors) {
      if (!authors.empty()) authors += " and ";
      authors += bibtex_author(author);
    }
    if (!out.empty()) out += '\n';
    out.append("@misc{arXiv:").append(paper.id);
    append_field(out, "title", title_of(paper));
    append_field(out, "author", authors);
    append_field(out, "year", year_of(paper));
    append_field(out, "eprint", paper.id);
    append_field(out, "archiveprefix", "arXiv");
    append_field(out, "primaryclass", paper.categories.empty() ? "" : tex(plain_line(paper.categories.front())));
    append_field(out, "note", tex(plain_line(paper.journal_ref)));
    append_field(out, "doi", tex(doi_of(paper)));
    append_field(out, "url", abstract_url(paper.id));
    out += "\n}\n";
  }
  return out;
}

std::string ris(const Day& day) {
  std::string out;
  const auto line = [&out](std::string_view tag, std::string_view value) {
    if (!value.empty()) out.append(tag).append("  - ").append(value).append("\r\n");
  };
  for (const Entry& entry : day.papers) {
    const Paper& paper = entry.paper;
    line("TY", "UNPB");
    line("TI", plain_line(paper.title));
    for (const std::string& author : paper.authors) line("AU", family_first(plain_line(author)));
    line("PY", year_of(paper));
    line("PB", "arXiv");
    line("N1", plain_line(paper.journal_ref));
    line("DO", doi_of(paper));
    line("UR", abstract_url(paper.id));
    out += "ER  - \r\n\r\n";
  }
  return out;
}

}  // namespace daybook
