#include <algorithm>

#include "paper/category.h"
#include "paper/feed.h"
#include "paper/merge.h"

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
