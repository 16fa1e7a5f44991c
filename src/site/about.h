// Pages that speak of the site itself: about, the prompts that days were asked with, not found, the owner's own.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// How papers are chosen: the interests, the cut-offs, the prompt in force.
Fields about_page_fields(const Summaries& days, const SiteParts& parts);
Fields not_found_fields(const SiteSettings& site);
Fields no_days_fields(const SiteSettings& site);

// A Markdown file of the folder site/: "imprint.md" is the page "imprint/".
std::string own_page_path(const std::string& file_path);
Fields own_page_fields(const File& file, const SiteSettings& site);

struct PromptUse {
  std::string hash;  // "sha256:..." as records name it
  Date first;
  Date last;
  std::size_t days = 0;
  bool operator==(const PromptUse&) const = default;
};

// The prompts that a day used and whose text is kept; that of the newest day, which is the one in force, first.
std::vector<PromptUse> prompts_used(const Summaries& days, const PromptTexts& kept);

// "prompts/614dce2b6018/": the first twelve hexadecimal digits. Empty where its text is not kept: then it has no page.
std::string prompt_path(const std::string& hash, const PromptTexts& kept);

// For prompt.html; `in_force` is the prompt in force.
Fields prompt_page_fields(const PromptUse& use, const PromptUse& snapshot, const SiteParts& parts);

}  // namespace daybook
