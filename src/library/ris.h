// RIS (.ris) as Zotero, Mendeley, EndNote and publishers export it: lines "TY  - JOUR" from TY to ER; what has no tag
// goes on with the line before. https://en.wikipedia.org/wiki/RIS_(file_format)
#pragma once

#include "library/reference.h"

namespace daybook {

// Titles are TI or T1, abstracts AB or N2, authors AU or A1; the arXiv id stands in DO, UR, AN and others. A record
// that lacks its TY or its ER is read all the same. Faults go to `errors`: bytes that are not UTF-8, a record with
// neither id nor title, a file without any record.
std::vector<Reference> read_ris(std::string_view bytes, const std::string& source, Errors& errors);

// N1 and RN, and of L1 to L4 those that are no addresses on the web, where they hold anything.
PrivateFields private_fields_of_ris(std::string_view bytes);

}  // namespace daybook
