// The table behind addressed_words.h.
#pragma once

#include <string_view>
#include <vector>

#include "guard/addressed_words.h"

namespace daybook {

// Words in plain letters, parted by blanks; one that ends in '*' stands for all that begin so.
struct AddressedWords {
  std::string_view words;
  Sense senses;
};

const std::vector<AddressedWords>& addressed_vocabulary();

}  // namespace daybook
