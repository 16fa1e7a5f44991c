// Whether a paper is by someone its readers follow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authors/semantic_scholar.h"
#include "paper/paper.h"
#include "settings/settings.h"

namespace daybook {

// Whether a name is that of so many that it alone tells nobody: a very common family name with a given name that is
// missing, an initial, a single syllable (of East Asian names), or very common itself. "Wei Wang", "J. Smith", "Wang,
// Wei"; not "Z. Quillfeather". In doubt a name is uncommon.
bool is_common_name(const std::string& name);

struct AuthorMatch {
  const Author* followed = nullptr;  // one of `authors`: surely him, or nobody else is likely to have that name
  const Author* namesake = nullptr;  // one of `authors`: of that name, but maybe another; null where one is followed
  std::optional<int> h_index;        // the highest of the paper's authors that is known
};

// `known`: what Semantic Scholar has of the paper's authors; null where it does not know the paper or was not asked.
//
// Where it is there, ids decide: an [[author]] whose s2 or orcid is among them is followed; one with an s2 that is not
// is neither followed by name, nor a namesake where the author of that name has another id. Else names decide as in
// followed_author(), but a name that many have (is_common_name), in the settings or on the paper, makes a namesake. The
// first in the settings counts before others. An ORCID that is missing says nothing: few authors have one there.
AuthorMatch match_authors(const Paper& paper, const std::vector<Author>& authors,
                          const std::vector<KnownAuthor>* known);

}  // namespace daybook
