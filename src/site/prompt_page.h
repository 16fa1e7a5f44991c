// What days were asked of an LLM: a page for each prompt that the archive kept and a day used.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

struct PromptUse {
  std::string hash;  // "sha256:..." as records name it
  Date first;
  Date last;
  std::size_t days = 0;
  bool operator==(const PromptUse&) const = default;
};

// The prompts that a day used and whose text is kept; that of the newest day, which is the one in force, first.
std::vector<PromptUse> prompts_used(const Summaries& days, const PromptTexts& kept);

// "prompts/614dce2b6018/": the first twelve hexadecimal digits, or all where those of another kept prompt are the same.
// Empty where its text is not kept: then it has no page.
std::string prompt_path(const std::string& hash, const PromptTexts& kept);

// prompt_name, prompt_path, prompt_hash, day_count, first_day, first_day_path, last_day, last_day_path, several_days.
Fields prompt_use_fields(const PromptUse& use, const PromptTexts& kept);

// For prompt.html; `in_force` is the prompt in force.
Fields prompt_page_fields(const PromptUse& use, const PromptUse& in_force, const SiteParts& parts);

}  // namespace daybook
