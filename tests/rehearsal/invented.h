// Papers that nobody wrote, as many as a rehearsal wants.
#pragma once

#include <string>

#include "paper/paper.h"

namespace daybook::rehearsal {

// The paper of that number, 1 to 99999: "9901.00001". Its title and abstract follow from the number, with accents, TeX
// and HTML in some of them. `primary`: its first category; some are cross-listed in `cross` too.
Paper invented_paper(int number, const std::string& primary, const std::string& cross);

}  // namespace daybook::rehearsal
