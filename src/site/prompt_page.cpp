#include "site/prompt_page.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "site/links.h"
#include "site/page.h"
#include "site/prose.h"

namespace daybook {

namespace {

constexpr std::size_t short_digits = 12;
constexpr std::string_view folder = "prompts/";

std::string_view digits_of(std::string_view hash) {
  const auto colon = hash.find(':');
  return colon == std::string_view::npos ? hash : hash.substr(colon + 1);
}

std::string_view short_name(std::string_view hash) { return digits_of(hash).substr(0, short_digits); }

// Hashes stand in order: one that begins alike stands next to it.
bool has_namesake(PromptTexts::const_iterator prompt, const PromptTexts& kept) {
  const auto name = short_name(prompt->first);
  const auto next = std::next(prompt);
  return (prompt != kept.begin() && short_name(std::prev(prompt)->first) == name) ||
         (next != kept.end() && short_name(next->first) == name);
}

std::string_view name_of(PromptTexts::const_iterator prompt, const PromptTexts& kept) {
  return has_namesake(prompt, kept) ? digits_of(prompt->first) : short_name(prompt->first);
}

void set_use(Fields& fields, const PromptUse& use, std::string_view name) {
  fields.set("prompt_name", name);
  fields.set("prompt_path", std::string(folder).append(name) + '/');
  fields.set("prompt_hash", use.hash);
  fields.set("day_count", counted(use.days, "day", "days"));
  fields.set("first_day", use.first.iso());
  fields.set("first_day_path", day_path(use.first));
  fields.set("last_day", use.last.iso());
  fields.set("last_day_path", day_path(use.last));
  fields.flag("several_days", use.days > 1);
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
  const auto prompt = kept.find(hash);
  return prompt == kept.end() ? "" : std::string(folder).append(name_of(prompt, kept)) + '/';
}

Fields prompt_use_fields(const PromptUse& use, const PromptTexts& kept) {
  Fields fields;
  set_use(fields, use, name_of(kept.find(use.hash), kept));
  return fields;
}

Fields prompt_page_fields(const PromptUse& use, const PromptUse& in_force, const SiteParts& parts) {
  const auto prompt = parts.prompts.find(use.hash);
  const std::string name(name_of(prompt, parts.prompts));
  Fields fields = page_fields(parts.site, {prompt_path(use.hash, parts.prompts), "Prompt " + name,
                                           "What the LLM was asked on " + counted(use.days, "day", "days"), ""});
  set_use(fields, use, name);
  fields.flag("in_force", use == in_force);
  fields.set("prompt_html", prose_html_below(prompt->second, 1));
  return fields;
}

}  // namespace daybook
