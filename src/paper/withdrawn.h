// Papers that their authors or arXiv took back: https://info.arxiv.org/help/withdraw.html
#pragma once

#include "paper/paper.h"

namespace daybook {

// Whether the abstract or the authors' comments open with a notice of it: "This paper has been withdrawn by the author
// due to an error in Lemma 2", "arXiv admin note: this submission has been withdrawn ...". Comments may have it behind
// other sentences. A paper that only speaks of withdrawal has none, nor one that was withdrawn from a conference.
bool is_withdrawn(const Paper& paper);

}  // namespace daybook
