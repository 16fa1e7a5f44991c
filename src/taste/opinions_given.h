// What the owner said of papers by id, for the page that shows it.
#pragma once

#include "site/learned.h"
#include "store/context.h"

namespace daybook {

// Opinions newest first: those of issues, then the lines of feedback.txt, which have no date and win; of the library
// its number of papers. A library at Zotero does not count: its copy is in state/, and a site is made from the archive
// alone. Words are left empty, and faults to `check`.
Learned opinions_given(const CommandContext& context);

}  // namespace daybook
