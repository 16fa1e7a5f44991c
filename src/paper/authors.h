// Authors' names cleaned of what is not part of them. arXiv gives them in two ways, a list joined by commas (RSS) or an
// element for each (Atom), and both go through these functions.
//
// Marks of affiliation or footnotes stand at the ends of names, as TeX, as superscript characters or in brackets. They
// go; numbers among them are kept for the key that explains them ("(1) MIT, (2) ETH"). A name with a mark left on it
// would be somebody else to Semantic Scholar and to the list of followed authors. A mark has at most 200 bytes, so that
// the search for its end stays linear.
#pragma once

#include <string>
#include <string_view>

#include "paper/feed.h"

namespace daybook {

// Takes the marks off both ends of a name: Ada$^{1,2}$, Bo$^\dagger$, Cy\textsuperscript{1}, Di¹*, Ed [1]. Inside a
// name they belong to it ("The R$^3$B Collaboration"). Returns the numbers among them: "1,2".
std::string take_marks(std::string& name);

// False for the ":" that arXiv's splitting of "Some Team: First Author, ..." leaves as a name.
bool is_name(std::string_view text);

// Adds an author; `affiliations` stays parallel to `names`.
void add_author(Names& list, std::string name, std::string affiliation);

// Rejoins nicknames that arXiv's splitting tore apart, and empties `affiliations` if none is known.
void finish_authors(Names& list);

}  // namespace daybook
