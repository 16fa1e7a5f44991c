// A feedback.txt with opinions put into it, which is the owner's own file: what they say nothing of stays as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/opinions.h"

namespace daybook {

// `said`: lines of an issue or a page; `opinions`: read_opinions_of_issue() of it. A line that says otherwise of a
// paper gets the other sign and keeps its comment, a paper's further lines are removed, "forget" removes all of them,
// and a new paper's line comes last. Every other line keeps its bytes.
std::string with_opinions(std::string_view file, std::string_view said, const std::vector<Opinion>& opinions);

}  // namespace daybook
