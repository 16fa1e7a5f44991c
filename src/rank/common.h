// Words that stand in so many abstracts that they say little about any.
#pragma once

#include "rank/words.h"

namespace daybook {

// What a word is worth: 1 for an uncommon one, down to 0.05 for one in every other abstract.
double rarity(Stem stem);

}  // namespace daybook
