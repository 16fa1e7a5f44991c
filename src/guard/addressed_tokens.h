// A text taken apart into sentences of words with their senses.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "guard/addressed_words.h"

namespace daybook {

struct AddressedWord {
  Sense senses = 0;
  std::size_t start = 0;  // bytes of the text
  std::size_t end = 0;
  bool fresh = false;   // something other than blanks stands before it: a clause may start here
  bool colon = false;   // ':' or '=' follows it, quotes and blanks apart
  bool quoted = false;  // a quote stands right before it
};

struct AddressedSentence {
  std::size_t start = 0;  // bytes of the text; sentences follow one another without a gap
  std::size_t end = 0;
  Sense senses = 0;  // of all its words
  std::vector<AddressedWord> words;
};

// Sentences of fewer than three words belong to the one before or behind: "Ignore. All. Of. That." is one.
// The text must be UTF-8.
std::vector<AddressedSentence> addressed_sentences(std::string_view text);

}  // namespace daybook
