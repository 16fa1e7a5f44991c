// What is no fault of the settings and will still surprise the owner.
#include <algorithm>

#include "advice/settings_warnings.h"
#include "paper/announcement.h"
#include "pipeline/record_day.h"
#include "platform/clock.h"
#include "platform/environment.h"
#include "platform/url.h"
#include "rank/phrases.h"
#include "settings/rules.h"
#include "settings/site_address.h"
#include "site/builtin.h"
#include "store/context.h"

namespace daybook {

namespace {

Settings shipped_settings() {
  Errors none;
  return read_settings(*find_bytes(builtin_config(), "daybook.toml"), "", none);
}

bool is_among(const std::string& category, const Settings& settings) {
  const auto& all = settings.arxiv.categories;
  return std::find(all.begin(), all.end(), category) != all.end();
}

// To pause one of several topics is no move to another field.
bool describe_the_same(const Topic& a, const Topic& b) {
  return a.name == b.name && a.keep == b.keep && a.skip == b.skip && a.keywords == b.keywords;
}

// Categories and topics belong together: an owner who changed one has most likely forgotten the other.
std::optional<Error> half_edited(const Place& place, const Settings& settings) {
  const Settings shipped = shipped_settings();
  const bool own_categories = settings.arxiv.categories != shipped.arxiv.categories;
  const auto& topics = settings.interests.topics;
  const auto& theirs = shipped.interests.topics;
  const bool own_topics = !std::equal(topics.begin(), topics.end(), theirs.begin(), theirs.end(), describe_the_same);
  const bool elsewhere = std::any_of(settings.arxiv.categories.begin(), settings.arxiv.categories.end(),
                                     [&](const std::string& category) { return !is_among(category, shipped); });
  // Some of the categories that the topics are about is no other field.
  if (elsewhere && !own_topics)
    return Error{Kind::misuse, place,
                 "[arxiv] categories were changed, but the topics are still those that ship with Daybook",
                 "describe in [[topic]] what you read in these categories; papers are scored by topic"};
  if (own_topics && !own_categories)
    return Error{Kind::misuse, place,
                 "the topics were changed, but [arxiv] categories are still those that ship with Daybook",
                 "list the categories that you read; if these are right, change their order"};
  return std::nullopt;
}

// Such a word is not held against any paper (rank/phrases.h).
Errors wanted_and_skipped(const Place& place, const Interests& interests) {
  Errors warnings;
  for (const Topic& topic : interests.topics) {
    Interests with_topic;
    with_topic.topics = {topic};
    with_topic.skip_keywords = interests.skip_keywords;
    const auto against = words_against(with_topic);
    for (const std::string& word : interests.skip_keywords)
      if (std::count(against.begin(), against.end(), word) == 0)
        warnings.push_back({Kind::misuse, place,
                            quoted(word) + " is in skip_keywords and a keyword of the topic " + quoted(topic.name),
                            "remove it from one of them; until then it counts for the topic, and against no paper"});
  }
  return warnings;
}

Errors warnings_of(const CommandContext& context, const Settings& settings, Date today) {
  const Place place{context.options.config, 0, 0};
  Errors warnings;
  if (const auto fault = fault_of_address(settings.site.url))
    warnings.push_back({Kind::misuse, place, fault->what, fault->hint});
  const auto warn_of_open = [&](const char* key, const std::string& url, const std::string& setting) {
    if (is_open_to_others(url) && secret(key))
      warnings.push_back({Kind::misuse, place,
                          std::string(key) + " is sent unencrypted to " + std::string(host_of(url)) +
                              ": its address begins with http://",
                          "write https:// in " + setting});
  };
  if (asks_semantic_scholar(settings)) warn_of_open("S2_API_KEY", settings.scoring.s2_url, "s2_url in [scoring]");
  if (settings.zotero.is_set()) warn_of_open("ZOTERO_API_KEY", settings.zotero.url, "url in [zotero]");
  if (settings.interests.topics.empty() && settings.interests.authors.empty()) {
    warnings.push_back({Kind::misuse, place,
                        "there is no [[topic]] and no [[author]]: nothing says which papers to show",
                        "add a [[topic]] with name, keep and keywords, or copy one from config/interests/"});
  } else if (context.options.interests.empty()) {  // a file of interests goes with any categories
    if (auto warning = half_edited(place, settings)) warnings.push_back(std::move(*warning));
  }
  const Interests interests = interests_on(settings.interests, today);
  const Place of_interests{context.options.interests.empty() ? context.options.config : context.options.interests, 0,
                           0};
  if (interests.topics.empty() && !settings.interests.topics.empty())
    warnings.push_back(
        {Kind::misuse, of_interests,
         "every topic is paused or has ended: no paper is chosen for a topic, though an LLM still reads them",
         "remove paused or until from a [[topic]], or add one"});
  for (Error& warning : wanted_and_skipped(of_interests, interests)) warnings.push_back(std::move(warning));
  return warnings;
}

}  // namespace

void warn_of_settings(const CommandContext& context, const Settings& settings) {
  const auto present = now();  // a clock that can't be read is an error of the command
  const Date today = present ? announcement_day(*present) : Date();
  for (const Error& warning : warnings_of(context, settings, today)) context.console.warning(warning);
}

}  // namespace daybook
