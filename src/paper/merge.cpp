#include "paper/merge.h"

#include <algorithm>
#include <utility>

#include "paper/category.h"

namespace daybook {

namespace {

bool is_wanted(const Paper& paper, const ArxivSettings& settings) {
  const auto& types = settings.announce;
  if (paper.announce_type && std::find(types.begin(), types.end(), *paper.announce_type) == types.end()) return false;
  // Without categories nobody knows the primary one.
  if (!settings.primary_only || paper.categories.empty()) return true;
  return std::any_of(settings.categories.begin(), settings.categories.end(),
                     [&](const auto& category) { return is_within(paper.categories.front(), category); });
}

// The order of the settings; other categories behind, as they were.
void order_listed_in(Paper& paper, const ArxivSettings& settings) {
  const auto place = [&](const std::string& category) {
    return std::find(settings.categories.begin(), settings.categories.end(), category);
  };
  std::stable_sort(paper.listed_in.begin(), paper.listed_in.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

}  // namespace

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

std::vector<Paper> wanted_papers(const std::vector<Feed>& feeds, const ArxivSettings& settings) {
  PaperMerge merge;
  for (const Feed& feed : feeds)
    for (const Paper& paper : feed.papers) merge.add(paper);
  std::vector<Paper> papers = merge.take();
  papers.erase(std::remove_if(papers.begin(), papers.end(), [&](const Paper& p) { return !is_wanted(p, settings); }),
               papers.end());
  for (Paper& paper : papers) order_listed_in(paper, settings);
  return papers;
}

}  // namespace daybook
