// A guess at how new a paper is, from the words by which it presents itself. Weak, and meant to be: 5 or 6 mostly.
#pragma once

#include "rank/words.h"

namespace daybook {

// 2 to 9.
int guessed_novelty(const Words& title, const Words& abstract);

}  // namespace daybook
