// Text and formulas as a Markdown page for GitHub has them.
#pragma once

#include <string_view>
#include <vector>

#include "tex/tex.h"

namespace daybook {

// Beside a letter or digit GitHub shows $`..`$ as its source (github/markup#1742), and in the text of a link always.
// There a formula becomes plain Unicode, as in feeds (R³Mem); one that has no such form is kept apart from the letter
// by a narrow blank at which no line breaks (U+202F). A formula that GitHub can't show is text.
std::vector<Run> markdown_runs(std::string_view tex, MarkdownPlace place);

// The blank between a formula and a letter.
inline constexpr std::string_view math_separator = "\u202F";

}  // namespace daybook
