// One paper of several mentions.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "paper/feed.h"

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

// The papers of several feeds that the settings want, one of each id: announce types, primary_only. A paper in several
// feeds keeps the newest version's fields, or else the first's; `listed_in` names all, the announce type is the
// strongest (new, cross, replace, replace-cross). Papers without a type (the API's) are always wanted; an archive among
// the settings' categories ("cs") holds its classes ("cs.LG") as primary ones. Order: first met.
std::vector<Paper> wanted_papers(const std::vector<Feed>& feeds, const ArxivSettings& settings);

}  // namespace daybook
