// What commands load before they work: settings, and what a site is made with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/llm.h"
#include "settings/settings.h"
#include "settings/templates.h"
#include "site/parts.h"
#include "store/context.h"

namespace daybook {

// The settings, and the interests in their place where --interests names a file. Says all faults; nothing where there
// are any.
std::optional<Settings> load_settings(const CommandContext& context);

// The same, with the faults to go on with: what could be read is there all the same.
Settings read_all_settings(const CommandContext& context, Errors& errors);

// The templates (ours, the folder templates/ beside config/, then the owner's own) and the folder site/. What a
// folder lacks is as it ships with the program, file by file. Faults go to `errors`; without any, what came is fit for
// use.
struct Publishing {
  SiteParts parts;
  Templates templates;
};
Publishing read_publishing(const CommandContext& context, const Settings& settings, Errors& errors);

// Says all faults; nothing where there are any.
std::optional<Publishing> load_publishing(const CommandContext& context, const Settings& settings);

// What a command that scores begins with.
struct Loaded {
  Settings settings;
  Publishing publishing;
  Llm llm;
  PromptTexts& prompts() { return publishing.parts.prompts; }
};
// Says all faults of the settings, else of the templates, else of the LLM; nothing where there are any.
std::optional<Loaded> load_for_scoring(const CommandContext& context);

// What a site is made of besides the program: files and folders, which need not be there.
std::vector<std::string> site_sources(const CommandContext& context, const SiteSettings& site);

// The folder that is published is replaced as a whole: nothing that is kept or read may lie in it, nor it in them.
std::optional<Error> misplaced_output(const CommandContext& context, const Settings& settings);

}  // namespace daybook
