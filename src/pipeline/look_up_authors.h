#pragma once

#include <vector>

#include "authors/semantic_scholar.h"
#include "paper/paper.h"
#include "pipeline/context.h"
#include "pipeline/run_context.h"
#include "settings/settings.h"

namespace daybook {

// Whether the settings name an author by id or set an h-index floor.
bool asks_semantic_scholar(const Settings& settings);

// The papers' authors as Semantic Scholar has them, where it is to be asked; one request for 500 papers. A service
// that fails is a warning, what it did not say is absent, and it is not asked again in this run.
KnownAuthors look_up_authors(RunContext& run, const std::vector<Paper>& papers);

}  // namespace daybook
