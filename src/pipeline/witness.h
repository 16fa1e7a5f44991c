// Who else says what arXiv announced, where its feeds leave it in doubt.
#pragma once

#include "day/coverage.h"
#include "pipeline/candidates.h"
#include "pipeline/run_context.h"

namespace daybook {

// Asks arXiv's listing pages about the categories in doubt: once a day and category, when the announcement is due, at
// noon in New York; on Wednesdays about all categories, as an audit. A page that can't be read is no witness, which is
// said once.
void ask_witnesses(const RunContext& run, Coverage& coverage, Date day);

// Whether arXiv's API, asked when the announcement is due, knows no paper of a day whose feeds are all empty: a
// holiday, where the listing pages can't be read.
bool api_says_nothing_new(const RunContext& run, const Coverage& coverage, Date day);

}  // namespace daybook
