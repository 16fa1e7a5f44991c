// Names of other papers in a text.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// The text with "[a paper]" in place of everything shaped like an arXiv id, of either scheme, in an address of
// arxiv.org, behind "arXiv:", in fullwidth digits or with blanks around its full stop.
std::string without_arxiv_ids(std::string_view text);

}  // namespace daybook
