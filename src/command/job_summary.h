#pragma once

#include "day/day.h"
#include "pipeline/context.h"

namespace daybook {

// Other people's words for a summary, TeX and all: a title, what an endpoint said. No link, picture or element in them
// comes to life.
std::string foreign_markdown(std::string_view tex);

// The day's table for GitHub's job summary; nothing elsewhere.
void summarize_job(const CommandContext& context, const Day& day);

// A day of many as a row; GitHub takes 1 MiB a step. The table's head comes before the first.
void summarize_head(const CommandContext& context);
void summarize_row(const CommandContext& context, const Day& day);

}  // namespace daybook
