#include "site/prompt_page.h"

#include <algorithm>
#include <string_view>

#include "site/links.h"
#include "site/page.h"
#include "site/prose.h"

namespace daybook {

namespace {

constexpr std::size_t short_digits = 12;
constexpr std::string_view folder = "prompts/";

// Two prompts of one owner do not begin alike in 48 bits.
std::string_view name_of(std::string_view hash) { return hash.substr(hash.find(':') + 1, short_digits); }

std::string path_of(std::string_view hash) { return std::string(folder).append(name_of(hash)) + '/'; }

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

Fields prompt_use_fields(const PromptUse& use) {
  Fields fields;
  set_use(fields, use);
  return fields;
}

Fields prompt_page_fields(const PromptUse& use, const PromptUse& in_force, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {path_of(use.hash), "Prompt " + std::string(name_of(use.hash)),
                                           "What the LLM was asked on " + counted(use.days, "day", "days"), ""});
  set_use(fields, use);
  fields.flag("in_force", use == in_force);
  fields.set("prompt_html", prose_html_below(parts.prompts.at(use.hash), 1));
  return fields;
}

}  // namespace daybook
