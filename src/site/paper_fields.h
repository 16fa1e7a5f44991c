// A paper as templates see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "day/day.h"
#include "settings/settings.h"
#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// Names of topics by slug: the day's own first, then the settings'; a slug that neither knows is its own name, and so
// is none.
std::string topic_name(std::string_view slug, const std::vector<TopicName>& days, const std::vector<Topic>& settings);

// cross_list and new_version ("v2", empty for none or where the version is not known).
void set_announce_badges(Fields& fields, std::optional<AnnounceType> type, int version);

// Who scored it: "by an LLM", "locally", "author match", "author match, locally", "author match, by an LLM", with what
// the cascade did: "locally (discarded at 0.12, threshold 0.31)".
std::string who_scored(const Score& score);

// What was said of it before: "relevance 8, novelty 5, local".
std::string said_before(const Rescored& rescored);

struct PaperView {
  const Entry& entry;
  std::size_t number;  // from 1, its place in the day
  const Day& day;      // the page's
  const SiteParts& parts;
};

// The path of a paper on its day's page; empty where the archive has no such day.
std::string paper_path(std::string_view id, Date date, const std::vector<Date>& days);

// For paper.html: math as markup. From the 41st of a day on it is `brief`: what unfolds in place is left out.
Fields paper_fields(const PaperView& view);

// For line.html: a paper in a list of several days' papers, with a link to its place on its day's page.
Fields line_fields(const PaperRef& ref, const SiteParts& parts);

// "9·8", and as words: "relevance 9, novelty 8"; empty where neither is known.
std::string score_text(std::optional<int> relevance, std::optional<int> novelty);
std::string score_words(std::optional<int> relevance, std::optional<int> novelty);

// "9·8 · Compression"
std::string score_line(std::optional<int> relevance, std::optional<int> novelty, const std::string& topic);

// Why its numbers are not believed, as a sentence; empty: they are. "Its text speaks to the scorer (it asks for ...".
std::string injection_words(const Score& score);

// A near miss in a list: without its abstract, its authors cut short.
Fields near_miss_fields(const Entry& entry);

// For feeds: simple HTML, and absolute links.
Fields feed_paper_fields(const PaperView& view);

}  // namespace daybook
