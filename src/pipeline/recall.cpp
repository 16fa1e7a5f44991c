// A day's papers again, where state/ has forgotten them.
#include <algorithm>
#include <map>

#include "pipeline/candidates.h"

namespace daybook {

namespace {

void warn(const CommandContext& context, Date date, const std::string& what) {
  context.console.warning({Kind::failed,
                           {},
                           date.iso() + " can't be scored again now: " + what,
                           "nothing: later runs try again, for " + std::to_string(days_to_heal) + " days"});
}

}  // namespace

std::optional<Candidates> recalled_candidates(const CommandContext& context, const ArxivSettings& arxiv,
                                              PoliteClient& client, const Archive& archive, Date date) {
  auto day = archive.read(date);
  if (!day) return std::nullopt;  // the build names it
  const auto others = archive.read_others(date);
  if (!others) {
    warn(context, date, others.error().what);
    return std::nullopt;
  }
  Candidates candidates;
  for (auto* entries : {&day->papers, &day->near_misses})
    for (Entry& entry : *entries) candidates.papers.push_back(std::move(entry.paper));
  std::vector<std::string> missing;
  for (const Other& other : *others) {
    const auto has_it = [&](const Paper& paper) { return paper.id == other.id; };
    if (std::none_of(candidates.papers.begin(), candidates.papers.end(), has_it)) missing.push_back(other.id);
  }
  if (!missing.empty()) {
    const Group group(context.console, "Fetching the papers of " + date.iso() + " again");
    auto papers = fetch_papers(context, arxiv, client, missing);
    if (!papers) {
      warn(context, date, papers.error().what);
      return std::nullopt;
    }
    if (papers->size() < missing.size()) {
      warn(context, date,
           "arXiv has only " + std::to_string(papers->size()) + " of " + std::to_string(missing.size()) +
               " papers that were asked for");
      return std::nullopt;
    }
    for (Paper& paper : *papers) candidates.papers.push_back(std::move(paper));
  }
  candidates.day.date = date;
  candidates.day.counts = day->counts;
  candidates.day.categories = std::move(day->categories);
  candidates.day.cut_off = std::move(day->cut_off);
  candidates.day.again = std::move(day->again);
  return candidates;
}

}  // namespace daybook
