// The LLM's prompts, made from the owner's interests by the templates in templates/prompts/.
#pragma once

#include <string>
#include <vector>

#include "score/prompt.h"
#include "settings/settings.h"
#include "site/templates.h"

namespace daybook {

struct Prompts {
  Prompt scoring;  // prompts/scoring.md
  Prompt titles;   // prompts/titles.md: the first pass, over titles alone
};

// Same interests, same templates: same bytes. No text ends in a line break; the papers follow behind an empty line.
Prompts scoring_prompts(const Interests& interests, const Templates& templates);

enum class FirstPass { none, titles };

// What the archive keeps of a day's prompts: Markdown, with the headings that imports of older pages give them, and the
// one of the first pass behind them where there is one.
std::string prompt_text(const Prompts& prompts, FirstPass first_pass);

// The words that speak against a paper: [select] skip_keywords without those that are a topic's own keywords.
std::vector<std::string> words_against(const Interests& interests);

// What the templates are given.
Fields prompt_fields(const Interests& interests);

}  // namespace daybook
