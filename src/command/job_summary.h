#pragma once

#include "command/world.h"

namespace daybook {

// The day's table for GitHub's job summary; nothing elsewhere.
void summarize_job(const World& world, const Day& day);

}  // namespace daybook
