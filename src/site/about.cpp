#include "site/about.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/text.h"
#include "llm/prompt.h"
#include "rank/phrases.h"
#include "site/links.h"
#include "site/page.h"
#include "site/prose.h"
#include "site/topic_pages.h"
#include "site/usage_fields.h"

namespace daybook {

namespace {

constexpr std::size_t short_digits = 12;
constexpr std::string_view folder = "prompts/";

// Two prompts of one owner do not begin alike in 48 bits.
std::string_view name_of(std::string_view hash) { return hash.substr(hash.find(':') + 1, short_digits); }

std::string path_of(std::string_view hash) { return std::string(folder).append(name_of(hash)) + '/'; }

// prompt_name, prompt_path, prompt_hash, day_count, first_day, first_day_path, last_day, last_day_path, several_days.
void set_use(Fields& fields, const PromptUse& use) {
  fields.set("prompt_name", name_of(use.hash));
  fields.set("prompt_path", path_of(use.hash));
  fields.set("prompt_hash", use.hash);
  fields.set("day_count", counted(use.days, "day", "days"));
  fields.set("first_day", use.first.iso());
  fields.set("first_day_path", day_path(use.first));
  fields.set("last_day", use.last.iso());
  fields.set("last_day_path", day_path(use.last));
  fields.flag("several_days", use.days > 1);
}

Fields topic_fields(const Topic& topic, const Summaries& days) {
  Fields fields;
  set_end(fields, topic, days);
  return fields.set("name", topic.name)
      .set("topic_path", topic_path(topic.slug))
      .set("keep", topic.keep)
      .set("skip", topic.skip)
      .set("keywords", joined(topic.keywords, ", "));
}

void set_prompts(Fields& fields, const std::vector<PromptUse>& uses, const PromptTexts& prompts) {
  const PromptUse* used = uses.empty() ? nullptr : &uses.front();
  fields.set("prompt_html", used == nullptr ? "" : prose_html_below(prompts.at(used->hash), 2));
  fields.set("prompt_hash", used == nullptr ? "" : used->hash);
  fields.set("prompt_path", used == nullptr ? "" : prompt_path(used->hash, prompts));
  fields.set("prompt_day", used == nullptr ? "" : used->last.iso());
  fields.set("prompt_day_path", used == nullptr ? "" : day_path(used->last));
  Fields::List older;
  for (std::size_t i = 1; i < uses.size(); ++i) set_use(older.emplace_back(), uses[i]);
  fields.flag("has_older_prompts", !older.empty());
  fields.set("older_prompts", std::move(older));
}

// Of the latest day that the cascade was at work.
std::string latest_certificate(const Summaries& days) {
  const auto day =
      std::find_if(days.begin(), days.end(), [](const DaySummary& one) { return one.cascade.has_value(); });
  return day == days.end() ? "" : certificate_text(*day->cascade, day->date);
}

Fields status_fields(Status status) {
  return Fields().set("status", status_name(status)).set("status_sentence", status_sentence(status));
}

}  // namespace

std::vector<PromptUse> prompts_used(const Summaries& days, const PromptTexts& kept) {
  std::vector<PromptUse> uses;
  for (const DaySummary& day : days) {
    if (kept.count(day.prompt) == 0) continue;
    auto use = std::find_if(uses.begin(), uses.end(), [&](const PromptUse& one) { return one.hash == day.prompt; });
    if (use == uses.end()) use = uses.insert(uses.end(), {day.prompt, day.date, day.date, 0});
    use->first = day.date;
    ++use->days;
  }
  return uses;
}

std::string prompt_path(const std::string& hash, const PromptTexts& kept) {
  return kept.count(hash) == 0 ? "" : path_of(hash);
}

Fields prompt_page_fields(const PromptUse& use, const PromptUse& snapshot, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {path_of(use.hash), "Prompt " + std::string(name_of(use.hash)),
                                           "What the LLM was asked on " + counted(use.days, "day", "days"), ""});
  set_use(fields, use);
  fields.flag("in_force", use == snapshot);
  fields.set("prompt_html", prose_html_below(parts.prompts.at(use.hash), 1));
  return fields;
}

Fields about_page_fields(const Summaries& days, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {"about/", "About", "How the papers are chosen", ""});
  const Cutoffs& cutoffs = parts.interests.cutoffs;
  fields.set("relevance", static_cast<long long>(cutoffs.relevance));
  fields.set("novelty", static_cast<long long>(cutoffs.novelty));
  fields.set("at_most", static_cast<long long>(cutoffs.at_most));
  fields.flag("has_topics", !parts.interests.topics.empty());
  fields.set("topics", list_of(parts.interests.topics, [&](const Topic& topic) { return topic_fields(topic, days); }));
  const Interests newest = interests_on(parts.interests, days.empty() ? Date() : days.front().date);
  fields.set("skip_keywords", joined(words_against(newest), ", "));
  const auto& authors = parts.interests.authors;
  fields.flag("has_authors", !authors.empty());
  fields.set("authors", list_of(authors, [](const Author& author) { return Fields().set("name", author.name); }));
  fields.set("statuses", list_of(std::array{Status::complete, Status::partial, Status::local, Status::degraded,
                                            Status::quiet, Status::lost},
                                 status_fields));
  set_learned(fields, parts.learned, parts.feedback_form);
  fields.set("certificate", latest_certificate(days));
  set_prompts(fields, prompts_used(days, parts.prompts), parts.prompts);
  return fields;
}

Fields not_found_fields(const SiteSettings& site) {
  // The server shows this page at any depth, so that its links can't be relative. With a host in them, the content
  // security policy would refuse the style sheet wherever the site has another name too.
  PagePlace place{"404.html", "Not found", "", ""};
  place.root = root_path(site);
  return page_fields(site, place);
}

Fields no_days_fields(const SiteSettings& site) { return page_fields(site, {"", "", "", ""}); }

std::string own_page_path(const std::string& file_path) { return file_path.substr(0, file_path.size() - 3) + '/'; }

Fields own_page_fields(const File& file, const SiteSettings& site) {
  const std::string path = own_page_path(file.path);
  const std::string title = prose_title(file.bytes);
  Fields fields = page_fields(site, {path, title.empty() ? path.substr(0, path.size() - 1) : title, "", ""});
  fields.set("body_html", prose_html(file.bytes, 0));
  return fields;
}

}  // namespace daybook
