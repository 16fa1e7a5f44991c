// White space of other people's text.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Every run of white space as one blank, none at the ends.
std::string single_spaced(std::string_view text);

// Only runs with a line break in them become one blank: arXiv's API wraps long lines. None at the ends.
std::string unwrapped(std::string_view text);

}  // namespace daybook
