// One paper of several mentions.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "paper/paper.h"

namespace daybook {

// Papers, one of each id, in the order in which they were first met. The first mention's fields stay; `listed_in` names
// all categories, the announce type is the strongest (new, cross, replace, replace-cross), the version the highest.
class PaperMerge {
 public:
  void add(const Paper& paper);
  std::vector<Paper> take() { return std::move(papers_); }

 private:
  std::vector<Paper> papers_;
  std::unordered_map<std::string, std::size_t> places_;  // asked only, never walked through
};

}  // namespace daybook
