// Why the local scorer judged as it did, in words.
#pragma once

#include <string>

#include "rank/match.h"

namespace daybook {

// "Model Compression: Quantization, Low-Rank in the title; KV cache in the abstract. Against it: survey in the title."
// Names the words as the paper has them, and nothing that is not there. `topic`: an index, or Use::every for none.
std::string local_comment(const Lexicon& lexicon, const Interests& interests, const Match& match, int topic,
                          const Text& title, const Text& abstract);

}  // namespace daybook
