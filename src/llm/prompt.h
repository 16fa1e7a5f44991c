// The LLM's prompts, made from the owner's interests by the templates in templates/prompts/.
#pragma once

#include <string>
#include <vector>

#include "settings/settings.h"
#include "settings/templates.h"

namespace daybook {

// What is asked but for the papers: the part that is the same in every request of a day, so that endpoints which keep
// the beginning of a prompt charge less for it.
struct Prompt {
  std::string system;
  std::string instructions;  // reply format, criteria, topics; the papers follow
  bool operator==(const Prompt&) const = default;
};

struct Prompts {
  Prompt scoring;  // prompts/scoring.md
  Prompt titles;   // prompts/titles.md: the first pass, over titles alone
};

// Same interests, same templates: same bytes. `words_against`: words_against(interests) of rank/phrases.h. No text ends
// in a line break; the papers follow behind an empty line.
Prompts scoring_prompts(const Interests& interests, const std::vector<std::string>& words_against,
                        const Templates& templates);

enum class FirstPass { none, titles };

// What the archive keeps of a day's prompts: Markdown, with the headings that imports of older pages give them, and the
// one of the first pass behind them where there is one.
std::string prompt_text(const Prompts& prompts, FirstPass first_pass);

// What the templates are given.
Fields prompt_fields(const Interests& interests, const std::vector<std::string>& words_against);

}  // namespace daybook
