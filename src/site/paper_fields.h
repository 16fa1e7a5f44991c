// A paper as templates see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "day/day.h"
#include "settings/settings.h"
#include "settings/template_fields.h"

namespace daybook {

// Names of topics by slug: the day's own first, then the settings'; a slug that neither knows is its own name.
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
  std::size_t number;             // from 1, its place in the day
  Date date;                      // the page's day
  std::string topic;              // its name, empty: none
  const std::vector<Date>& days;  // SiteParts::days
};

// The path of a paper on its day's page; empty where the archive has no such day.
std::string paper_path(std::string_view id, Date date, const std::vector<Date>& days);

// For pages: math as markup.
Fields paper_fields(const PaperView& view);

// Why its numbers are not believed, as a sentence; empty: they are. "Its text speaks to the scorer (it asks for ...".
std::string injection_words(const Score& score);

// A near miss in a list: without its abstract, its authors cut short.
Fields near_miss_fields(const Entry& entry);

// For feeds, whose readers take MathML out: plain text only, and absolute links.
Fields feed_paper_fields(const PaperView& view, const SiteSettings& site);

}  // namespace daybook
