// What the two ways of naming authors (a list joined by commas, an element each) have in common.
#pragma once

#include <string>
#include <string_view>

#include "paper/feed.h"

namespace daybook {

// Takes the marks off both ends of a name: Ada$^{1,2}$, Bo$^\dagger$, Cy\textsuperscript{1}, Di¹*, Ed [1]; inside of it
// they are part of it ("The R$^3$B Collaboration"). Returns the numbers among them, "1,2", which a key can explain.
std::string take_marks(std::string& name);

// False for the ":" that arXiv's own splitting leaves of "Some Team: First Author, ...".
bool is_name(std::string_view text);

// Adds an author; `affiliations` stays parallel to `names`.
void add_author(Names& list, std::string name, std::string affiliation);

// Mends what arXiv's splitting does to nicknames, and empties `affiliations` where none is known.
void finish_authors(Names& list);

}  // namespace daybook
