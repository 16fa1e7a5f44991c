#pragma once

#include <vector>

#include "core/date.h"
#include "core/error.h"
#include "settings/settings.h"
#include "store/context.h"

namespace daybook {

// Topics that are too wide or find nothing, as the records of the last 30 days tell: the best fit of more than a
// quarter of the papers, or of none that was shown. Nothing where there are fewer than 5 days or 100 papers, or where
// the topics were edited since. `dates`: the recorded days, newest first. What can't be read is passed over.
Errors warnings_of_topics(const CommandContext& context, const Interests& interests, const std::vector<Date>& dates,
                          Date today);

}  // namespace daybook
