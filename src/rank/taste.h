// What the owner thinks of a paper, for the scorer to learn from.
#pragma once

#include "paper/paper.h"

namespace daybook {

struct Taste {
  Paper paper;  // id (empty: none is known), title, abstract (empty: none is known), authors, categories
  bool liked = true;
  bool operator==(const Taste&) const = default;
};

}  // namespace daybook
