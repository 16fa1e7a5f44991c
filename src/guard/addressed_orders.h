// Orders to a scorer that are told by their manner: in an abstract nobody is told what to do, or thanked.
#pragma once

#include <string_view>

#include "guard/addressed_asked.h"

namespace daybook {

// The name of what the sentence does of this kind, or empty.
std::string_view broken_order(const AskedSentence& asked);

}  // namespace daybook
