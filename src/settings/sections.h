// The sections that daybook.toml may have and the settings in each: to add a setting, add its line to the table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings/field.h"
#include "settings/settings.h"

namespace daybook {

// [select] is the cut-offs and the words that belong to no topic.
struct Select : Cutoffs {
  std::vector<std::string> skip_keywords;
};

const Fields<SiteSettings>& site_fields();
const Fields<ArxivSettings>& arxiv_fields();
const Fields<Select>& select_fields();
const Fields<LlmSettings>& llm_fields();
const Fields<ScoringSettings>& scoring_fields();
const Fields<Topic>& topic_fields();
const Fields<Author>& author_fields();

template <typename S>
std::vector<std::string_view> names_of(const Fields<S>& fields) {
  std::vector<std::string_view> names;
  for (const auto& field : fields) names.push_back(field.name);
  return names;
}

// A section, whether it is a list of them, and its settings' names.
struct Section {
  std::string_view name;
  bool repeated;
  std::vector<std::string_view> settings;

  std::string heading() const { return repeated ? "[[" + std::string(name) + "]]" : "[" + std::string(name) + "]"; }
};

const std::vector<Section>& sections();

// The headings of the sections with a setting of that name, "[site] and [llm]"; empty: there is none.
std::string homes_of(std::string_view setting);

// "a, b and c"
std::string joined(const std::vector<std::string>& words);

}  // namespace daybook
