// What is asked of an LLM, but for the papers: the part that is the same in every request of a day, so that endpoints
// which keep the beginning of a prompt charge less for it.
#pragma once

#include <string>

namespace daybook {

struct Prompt {
  std::string system;
  std::string instructions;  // reply format, criteria, topics; the papers follow
  bool operator==(const Prompt&) const = default;
};

}  // namespace daybook
