// Days written into the archive, many at once.
#pragma once

#include <map>
#include <vector>

#include "store/archive.h"
#include "store/context.h"

namespace daybook {

using Days = std::map<Date, Day>;

// The records, their Markdown pages, and the index, in which `unreadable` days are named too. The site comes with the
// next build. Every fault is returned, and keeps no other day from being written.
Errors write_days(const CommandContext& context, const Archive& archive, const Days& days,
                  const std::vector<Date>& unreadable, const SiteSettings& site);

}  // namespace daybook
