// BibTeX (.bib) as Zotero, Mendeley, JabRef, Google Scholar, Semantic Scholar, the ACL Anthology, DBLP, INSPIRE, ADS
// and arXiv itself export it: http://tug.org/docs/html/btxdoc/btxdoc.html, read as loosely as these programs write it.
// The arXiv id is in eprint (with archivePrefix or eprinttype), arxivId, doi, url, journal and volume, number, pages,
// howpublished or note, depending on the program. https://info.arxiv.org/help/hypertex/bibstyles/index.html
//
// A library is a file of the owner's that another program wrote, so one broken entry must not cost the others: an entry
// whose braces do not close ends where the next one begins on a line of its own. Missing keys and commas are forgiven.
// Values are put together from '#' and @string; @comment, @preamble and text between entries are skipped. Time is
// linear in the file, without recursion, and abbreviations expand to at most 1 MiB in all.
//
// Decided against: libbtparse. Debian has no static library of it, it prints faults instead of returning them, and it
// does not know RIS, which the same libraries are exported as.
#pragma once

#include "library/reference.h"

namespace daybook {

// Reads all entries that can be read. `errors` gets faults of syntax, bytes that are not UTF-8, an arXiv eprint that is
// not an id, and entries with neither id nor title.
std::vector<Reference> read_bibtex(std::string_view bytes, const std::string& source, Errors& errors);

// note, annote, annotation, comment, review and file, where they hold more than an arXiv id.
PrivateFields private_fields_of_bibtex(std::string_view bytes);

}  // namespace daybook
