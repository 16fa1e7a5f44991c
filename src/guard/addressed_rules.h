// What makes a sentence one that speaks to the scorer.
#pragma once

#include <string_view>

#include "guard/addressed_tokens.h"

namespace daybook {

// The rule that a sentence breaks, or empty.
std::string_view broken_rule(const AddressedSentence& sentence);

}  // namespace daybook
