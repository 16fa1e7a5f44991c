// Papers for word processors and reference managers as CSL-JSON: day.csl.json, week.csl.json and, of a topic's page,
// papers.csl.json. https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html; its schema is csl-data.json of
// https://github.com/citation-style-language/schema.
//
// A paper is of the type `article`, which CSL 1.0.2 has for preprints; it was issued in the month of its id. Abstracts
// are left out. Text is Unicode; scripts that Unicode has no characters for are <sub> and <sup>, which CSL reads in
// titles; other mathematics stays TeX between '$'. Nothing is escaped: CSL takes all other tags for text.
#pragma once

#include <string>
#include <vector>

#include "day/day.h"
#include "site/summary.h"

namespace daybook {

// A list with a line for each paper, in the order given.
std::string csl_json(const Day& day);
std::string csl_json(const std::vector<PaperRef>& papers);

}  // namespace daybook
