// What is known of words before any paper was read: which say little, and which go with others.
#pragma once

#include <vector>

#include "rank/phrases.h"

namespace daybook {

// What a word is worth: 1 for an uncommon one, down to 0.05 for one in every other abstract.
double rarity(Stem stem);

// What papers speak of when they speak of something: an owner who writes "quantization" means "4-bit weights" too.
struct Relation {
  std::vector<Phrase> heads;    // any of these phrases of the owner's ...
  std::vector<Phrase> related;  // ... brings these with it
};
const std::vector<Relation>& relations();

}  // namespace daybook
