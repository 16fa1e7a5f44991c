#include "advice/topic_warnings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "day/day.h"
#include "store/archive.h"
#include "store/settings_snapshot.h"

namespace daybook {

namespace {

constexpr int days_back = 30;
constexpr std::size_t days_needed = 5;
constexpr std::size_t papers_needed = 100;

// How recorded papers fell to the topics. Topics are on record of the papers shown and of the near misses: where more
// papers reach the cut-off than those, the others are taken to fall to the topics as these do.
struct TopicCounts {
  std::size_t days = 0;
  std::size_t papers = 0;
  std::size_t reaching = 0;                     // the cut-off of relevance
  std::size_t reaching_with_topic = 0;          // of these, with their topic on record
  std::map<std::string, std::size_t> best_fit;  // by slug, of these again
  std::map<std::string, std::size_t> shown;     // by slug

  std::size_t estimate(const std::string& slug) const {
    const auto found = best_fit.find(slug);
    return found == best_fit.end() ? 0 : found->second * reaching / reaching_with_topic;
  }
};

void count(TopicCounts& counts, const Day& day, const std::vector<Other>& others, int cutoff) {
  const auto reaches = [&](const Score& score) {
    return score.relevance && *score.relevance >= cutoff && !is_discarded(score);
  };
  ++counts.days;
  counts.papers += day.papers.size() + others.size();
  for (const auto* entries : {&day.papers, &day.near_misses}) {
    for (const Entry& entry : *entries) {
      if (entries == &day.papers) ++counts.shown[entry.score.topic];
      if (!reaches(entry.score)) continue;
      ++counts.reaching_with_topic;
      ++counts.best_fit[entry.score.topic];
      if (entries == &day.papers) ++counts.reaching;  // a near miss is one of the others
    }
  }
  counts.reaching += static_cast<std::size_t>(
      std::count_if(others.begin(), others.end(), [&](const Other& other) { return reaches(other.score); }));
}

// The first day whose scores say something of the topics as they are now; none: all are older.
std::optional<Date> first_day(const CommandContext& context, const Interests& interests, Date today) {
  const auto snapshot = kept_snapshot(context.options.state);
  const Date earliest = today - days_back;
  if (!snapshot || !*snapshot) return earliest;
  if ((*snapshot)->interests.topics != interests.topics) return std::nullopt;
  return std::max(earliest, (*snapshot)->since);
}

std::string read_on(const TopicCounts& counts) {
  return std::to_string(counts.papers) + " papers read on the last " + std::to_string(counts.days) + " recorded days";
}

}  // namespace

Errors warnings_of_topics(const CommandContext& context, const Interests& interests, const std::vector<Date>& dates,
                          Date today) {
  const auto first = first_day(context, interests, today);
  if (!first) return {};
  const Archive archive(context.options.archive);
  TopicCounts counts;
  for (const Date date : dates) {
    if (date > today || date < *first) continue;
    const auto day = archive.read(date);
    const auto others = archive.read_others(date);
    // A quiet day has none, an imported one does not know them.
    if (day && others && !others->empty()) count(counts, *day, *others, interests.cutoffs.relevance);
  }
  Errors warnings;
  if (counts.days < days_needed || counts.papers < papers_needed) return warnings;
  const Place place{context.options.interests.empty() ? context.options.config : context.options.interests, 0, 0};
  const bool is_exact = counts.reaching == counts.reaching_with_topic;
  for (const Topic& topic : interests.topics) {
    const std::string name = "topic \"" + topic.name + '"';
    const std::size_t papers = counts.estimate(topic.slug);
    if (papers * 4 > counts.papers) {
      warnings.push_back({Kind::misuse, place,
                          name + " is the best fit of " + (is_exact ? "" : "about ") + std::to_string(papers) +
                              " of the " + read_on(counts) + " (relevance " +
                              std::to_string(interests.cutoffs.relevance) + " or more)",
                          "keep only keywords that other papers lack, or raise relevance in [select]; \"daybook "
                          "preview\" shows what an edit changes"});
    } else if (counts.shown.count(topic.slug) == 0) {
      warnings.push_back({Kind::misuse, place, name + " shows none of the " + read_on(counts),
                          "add keywords: phrases that authors write in titles and abstracts about it; or remove the "
                          "topic"});
    }
  }
  return warnings;
}

}  // namespace daybook
