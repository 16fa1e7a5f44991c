#include "settings/sections.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"

namespace daybook {

namespace {

constexpr std::array<std::pair<AnnounceType, std::string_view>, 4> announce_names = {{
    {AnnounceType::new_, "new"},
    {AnnounceType::cross, "cross"},
    {AnnounceType::replace, "replace"},
    {AnnounceType::replace_cross, "replace-cross"},
}};

std::optional<Fault> announce_type(std::string& text) {
  if (announce_type_of(text)) return std::nullopt;
  std::vector<std::string_view> names;
  for (const auto& [type, name] : announce_names) names.push_back(name);
  const std::string_view near = nearest(text, names);
  return Fault{quoted(text) + " is no announce type of arXiv",
               near.empty() ? "arXiv's are \"new\", \"cross\", \"replace\" and \"replace-cross\""
                            : "did you mean \"" + std::string(near) + "\"?"};
}

void read_categories(const Node& node, const Reading& reading, ArxivSettings& to) {
  refuse_empty(node, reading, "[\"cs.LG\"]");
  read_texts(node, reading, arxiv_category, to.categories);
}

void read_announce(const Node& node, const Reading& reading, ArxivSettings& to) {
  refuse_empty(node, reading, "[\"new\", \"cross\"]");
  std::vector<std::string> names;
  read_texts(node, reading, announce_type, names);
  if (names.empty()) return;
  to.announce.clear();
  for (const auto& name : names) to.announce.push_back(*announce_type_of(name));
}

}  // namespace

std::string_view announce_type_name(AnnounceType type) {
  return announce_names.at(static_cast<std::size_t>(type)).second;
}

std::optional<AnnounceType> announce_type_of(std::string_view name) {
  for (const auto& [type, known] : announce_names) {
    if (known == name) return type;
  }
  return std::nullopt;
}

const Fields<SiteSettings>& site_fields() {
  static const Fields<SiteSettings> fields = {
      text("title", &SiteSettings::title, not_blank),
      text("url", &SiteSettings::url, web_folder),
      text("id_base", &SiteSettings::id_base, web_folder),
      text("language", &SiteSettings::language, language_tag),
      text("description", &SiteSettings::description, anything),
      text("templates", &SiteSettings::templates, anything),
  };
  return fields;
}

const Fields<ArxivSettings>& arxiv_fields() {
  static const Fields<ArxivSettings> fields = {
      {"categories", read_categories},
      {"announce", read_announce},
      flag("primary_only", &ArxivSettings::primary_only),
      text("rss_url", &ArxivSettings::rss_url, web_folder),
      text("api_url", &ArxivSettings::api_url, web_address),
      text("list_url", &ArxivSettings::list_url, web_folder_or_nothing),
      number("seconds_between", &ArxivSettings::seconds_between, {0, 3600}),
      whole("retries", &ArxivSettings::retries, {0, 20}),
  };
  return fields;
}

const Fields<Select>& select_fields() {
  static const Fields<Select> fields = {
      whole<Select>("relevance", &Select::relevance, {1, 10}),
      whole<Select>("novelty", &Select::novelty, {1, 10}),
      whole<Select>("at_most", &Select::at_most, {1, 1000}),
      texts("skip_keywords", &Select::skip_keywords, not_blank),
  };
  return fields;
}

const Fields<LlmSettings>& llm_fields() {
  static const Fields<LlmSettings> fields = {
      text("base_url", &LlmSettings::base_url, web_address_or_nothing),
      text("model", &LlmSettings::model, anything),
      whole("batch", &LlmSettings::batch, {1, 200}),
      whole("concurrency", &LlmSettings::concurrency, {1, 64}),
      whole("requests_per_minute", &LlmSettings::requests_per_minute, {0, 1'000'000}),
      whole("tokens_per_minute", &LlmSettings::tokens_per_minute, {0, 1'000'000'000}),
      number("budget", &LlmSettings::budget, {0, 10'000}),
      whole("timeout", &LlmSettings::timeout, {1, 3600}),
      flag("title_filter", &LlmSettings::title_filter),
      flag("batch_api", &LlmSettings::batch_api),
      flag("required", &LlmSettings::required),
      number("temperature", &LlmSettings::temperature, {0, 2}),
      text("reasoning_effort", &LlmSettings::reasoning_effort, word_or_nothing),
  };
  return fields;
}

const Fields<ScoringSettings>& scoring_fields() {
  static const Fields<ScoringSettings> fields = {
      number("target_recall", &ScoringSettings::target_recall, {0.5, 1}),
      number("explore", &ScoringSettings::explore, {0, 1}),
      whole("h_index", &ScoringSettings::h_index, {0, 500}),
      text("s2_url", &ScoringSettings::s2_url, web_folder),
  };
  return fields;
}

const Fields<Topic>& topic_fields() {
  static const Fields<Topic> fields = {
      text("name", &Topic::name, not_blank),
      text("keep", &Topic::keep, not_blank),
      text("skip", &Topic::skip, anything),
      texts("keywords", &Topic::keywords, not_blank),
  };
  return fields;
}

const Fields<Author>& author_fields() {
  static const Fields<Author> fields = {
      text("name", &Author::name, not_blank),
      text("s2", &Author::s2, s2_author),
      text("orcid", &Author::orcid, orcid),
  };
  return fields;
}

const std::vector<Section>& sections() {
  static const std::vector<Section> all = {
      {"site", false, names_of(site_fields())},       {"arxiv", false, names_of(arxiv_fields())},
      {"select", false, names_of(select_fields())},   {"llm", false, names_of(llm_fields())},
      {"scoring", false, names_of(scoring_fields())}, {"topic", true, names_of(topic_fields())},
      {"author", true, names_of(author_fields())},
  };
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::string homes_of(std::string_view setting) {
  std::vector<std::string> homes;
  for (const Section& section : sections()) {
    if (std::find(section.settings.begin(), section.settings.end(), setting) != section.settings.end())
      homes.push_back(section.heading());
  }
  return joined(homes);
}

}  // namespace daybook
