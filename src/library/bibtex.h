// BibTeX (.bib) as Zotero, Mendeley, JabRef, Google Scholar, Semantic Scholar, the ACL Anthology, DBLP, INSPIRE, ADS
// and arXiv itself export it. The arXiv id stands in eprint (with archivePrefix or eprinttype), arxivId, doi, url,
// journal and volume, number, pages, howpublished or note, as the program pleases.
// https://info.arxiv.org/help/hypertex/bibstyles/index.html
#pragma once

#include "library/reference.h"

namespace daybook {

// Faults go to `errors`: those of the syntax, bytes that are not UTF-8, an eprint of arXiv that is no id, an entry
// with neither id nor title. All else is read.
std::vector<Reference> read_bibtex(std::string_view bytes, const std::string& source, Errors& errors);

}  // namespace daybook
