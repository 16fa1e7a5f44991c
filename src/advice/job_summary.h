#pragma once

#include "day/day.h"
#include "store/context.h"

namespace daybook {

// The day's table for GitHub's job summary; nothing elsewhere.
void summarize_job(const CommandContext& context, const Day& day);

// A day of many as a row; GitHub takes 1 MiB a step. The table's head comes before the first.
void summarize_head(const CommandContext& context);
void summarize_row(const CommandContext& context, const Day& day);

}  // namespace daybook
