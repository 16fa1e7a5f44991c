// Interests files have no categories: an owner's goes with any. So what belongs together is a table here.
#include "command/field_settings.h"

#include <algorithm>
#include <vector>

#include "core/text.h"
#include "settings/categories.h"
#include "settings/rules.h"
#include "site/builtin.h"

namespace daybook {

namespace {

struct ResearchField {
  std::string_view name;
  std::vector<std::string_view> categories;  // arXiv's
};

const std::vector<ResearchField>& research_fields() {
  static const std::vector<ResearchField> fields = {
      {"astro-ph", {"astro-ph"}},
      {"cond-mat", {"cond-mat"}},
      {"math", {"math"}},
      {"q-bio", {"q-bio"}},
      {"robotics", {"cs.RO"}},
      {"stat", {"stat.ME", "stat.TH", "stat.AP", "stat.CO"}},
      {"econ", {"econ"}},
      {"hep", {"hep-th", "hep-ph", "hep-ex", "hep-lat"}},
      {"machine-learning", {"cs.LG", "cs.CL", "cs.AI", "stat.ML"}},
  };
  return fields;
}

const ResearchField* field_called(std::string_view name) {
  for (const ResearchField& field : research_fields())
    if (field.name == name || std::count(field.categories.begin(), field.categories.end(), name) > 0) return &field;
  return nullptr;
}

const ResearchField* find_field(std::string_view name) {
  const ResearchField* field = field_called(name);
  return field == nullptr && is_arxiv_category(name) ? field_called(name.substr(0, name.find('.'))) : field;
}

Error no_such_field(std::string_view name) {
  std::vector<std::string_view> known;
  for (const ResearchField& field : research_fields()) {
    known.push_back(field.name);
    known.insert(known.end(), field.categories.begin(), field.categories.end());
  }
  // What is a category of arXiv's is no slip of another.
  const std::string_view near = is_arxiv_category(name) ? std::string_view() : nearest(name, known);
  return {Kind::misuse,
          {},
          "there are no topics for the field " + quoted(name) + "; there are for " + names_of_fields(),
          did_you_mean(near, "start with the field nearest to yours and edit its topics and categories")};
}

// The line of `categories`, and all topics: from the first [[topic]] to the next heading in a comment.
void put_field(std::string& settings, const ResearchField& field, std::string_view interests) {
  const std::string first_topic = "\n[[topic]]\n";
  const std::size_t topics = settings.find(first_topic);
  const std::string_view own = trim(interests.substr(interests.find(first_topic)));
  settings.replace(topics + 1, settings.find("\n\n\n# ---", topics) - topics - 1, own);
  std::vector<std::string> categories;
  for (const std::string_view category : field.categories) categories.push_back('"' + std::string(category) + '"');
  const std::size_t line = settings.find("\ncategories = ") + 1;
  settings.replace(line, settings.find('\n', line) - line, "categories = [" + joined(categories, ", ") + ']');
}

}  // namespace

std::string names_of_fields() {
  std::vector<std::string> names;
  for (const ResearchField& field : research_fields()) names.emplace_back(field.name);
  return joined(names, ", ");
}

Result<std::string> settings_for_field(std::string_view name) {
  const ResearchField* field = find_field(name);
  if (field == nullptr) return no_such_field(name);
  std::string settings = *find_bytes(builtin_config(), "daybook.toml");
  if (const auto* interests = find_bytes(builtin_config(), "interests/" + std::string(field->name) + ".toml"))
    put_field(settings, *field, *interests);
  return settings;
}

}  // namespace daybook
