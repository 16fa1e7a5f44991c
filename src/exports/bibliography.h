// A day's papers for reference managers, beside its page: day.bib and day.ris.
//
// BibTeX is for biber and biblatex, which read UTF-8 (https://ctan.org/pkg/biblatex): accents are letters, mathematics
// stays TeX. An entry is @misc, keyed "arXiv:ID", as arXiv's papers are; entries are parted by an empty line, so that
// the site's script finds one by its `eprint = {ID}`. Words whose capitals carry meaning stand in braces, since styles
// write titles in small letters.
//
// RIS (https://en.wikipedia.org/wiki/RIS_(file_format)) has no preprints: the type is UNPB, and lines end in CRLF.
#pragma once

#include <string>

#include "day/day.h"

namespace daybook {

struct Exports {
  std::string bibtex, ris;
};

// All papers that the day shows, in its order. Days without papers have neither file.
Exports exports_of(const Day& day);

}  // namespace daybook
