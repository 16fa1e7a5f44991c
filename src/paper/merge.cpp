#include "paper/merge.h"

#include <algorithm>
#include <utility>

namespace daybook {

void PaperMerge::add(const Paper& paper) {
  const auto [place, fresh] = places_.try_emplace(paper.id, papers_.size());
  if (fresh) {
    papers_.push_back(paper);
    return;
  }
  Paper& first = papers_[place->second];
  if (!first.announce_type) first.announce_type = paper.announce_type;
  if (paper.announce_type) first.announce_type = std::min(*first.announce_type, *paper.announce_type);
  for (const auto& category : paper.listed_in)
    if (std::find(first.listed_in.begin(), first.listed_in.end(), category) == first.listed_in.end())
      first.listed_in.push_back(category);
  if (paper.version <= first.version) return;
  Paper newer = paper;
  newer.announce_type = first.announce_type;
  newer.listed_in = std::move(first.listed_in);
  first = std::move(newer);
}

}  // namespace daybook
