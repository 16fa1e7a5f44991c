// Authors' names taken apart, so that different ways to write one compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "paper/paper.h"
#include "settings/settings.h"

namespace daybook {

// Without case, accents, punctuation and "Jr.": "Maaten, Laurens van der" is {laurens} {van der maaten}.
struct PersonName {
  std::vector<std::string> given;   // a single letter is an initial
  std::vector<std::string> family;  // particles too
};

PersonName person_name(std::string_view name);

// The name as libraries sort it: "van der Maaten, Laurens", "King, Jr., Martin Luther". Where the family name begins is
// told by BibTeX's rule: at the first word in lower case behind the first word, else at the last word. A name of one
// word, of a group ("The Imagined Collaboration") or with a comma stays as it is. Plain text, not TeX.
std::string family_first(std::string_view name);

// Whether both can be one person's: the same words in any order, or the same family name and given names that differ
// at most by initials in place of names, or by initials that one of them leaves out.
bool same_person(const PersonName& a, const PersonName& b);

// The followed author among the paper's, or null. Names are compared without accents, case, punctuation and order
// ("LeCun, Yann" is "Yann LeCun"); an initial fits a full given name where the family name is the same and the followed
// name is given with an initial itself or the paper has only the initial.
const Author* followed_author(const Paper& paper, const std::vector<Author>& authors);

}  // namespace daybook
