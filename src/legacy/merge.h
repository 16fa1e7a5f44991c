// One day from two readings of it.
#pragma once

#include "day/day.h"

namespace daybook {

// Page and JSON, say: `later` fills what `earlier` left unknown. Papers are matched by id;
// fields that both have are the earlier's.
Day merged(Day earlier, const Day& later);

}  // namespace daybook
