// One paper of several mentions.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "paper/paper.h"

namespace daybook {

// Papers, one of each id, in the order in which they were first met. Of two versions the newer is taken whole: the
// number of one and the text of the other would be a paper that never was. Of two mentions of one version the first
// stays. `listed_in` names all categories, the announce type is the strongest (new, cross, replace, replace-cross).
class PaperMerge {
 public:
  void add(const Paper& paper);
  std::vector<Paper> take() { return std::move(papers_); }

 private:
  std::vector<Paper> papers_;
  std::unordered_map<std::string, std::size_t> places_;  // asked only, never walked through
};

}  // namespace daybook
