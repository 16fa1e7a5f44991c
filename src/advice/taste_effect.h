// TasteEffect says what an opinion changes, on days that have been: the last five of which state/ has every paper in
// full are scored twice by the local scorer, with the owner's taste before and after, and selected by the settings'
// cut-offs.
//
// It tells what the program would do, and asks nobody. What an LLM said of a paper stands as it was; the taste moves
// the local score beside it, which orders papers that the LLM scored alike, and decides which papers it reads. What it
// would have said of those that it did not read, nobody knows: they are a number.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "paper/paper.h"
#include "rank/local.h"
#include "settings/settings.h"
#include "store/context.h"

namespace daybook {

struct TasteEffect {
  std::size_t days = 0;         // compared; 0: there is none to compare with
  std::vector<Paper> added;     // shown only with the taste of after; by day, the oldest first, the best first
  std::vector<Paper> dropped;   // shown only with that of before
  std::size_t read_anew = 0;    // kept from the LLM before, sent to it after
  std::vector<std::string> up;  // names of the topics whose papers stand higher by a hundredth of the day and more, ...
  std::vector<std::string> down;  // ... and lower; three at most, those that move most first
};

// The owner's opinions before and after.
struct TasteChange {
  std::vector<Tasted> before, after;
};

TasteEffect taste_effect(const CommandContext& context, const Settings& settings, const TasteChange& change);

}  // namespace daybook
