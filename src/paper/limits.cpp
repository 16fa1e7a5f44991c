#include "paper/limits.h"

#include "core/text.h"

namespace daybook {

std::string cut_to_limits(Paper& paper) {
  std::vector<std::string> names;
  const auto cut = [](std::string& text) {
    const bool is_long = text.size() > field_bytes_max;
    if (is_long) text.resize(utf8_prefix(text, field_bytes_max).size());
    return is_long;
  };
  const auto cut_text = [&](std::string& text, const char* name) {
    if (cut(text)) names.emplace_back(name);
  };
  const auto cut_list = [&](std::vector<std::string>& texts, std::size_t most, const char* name) {
    bool any = texts.size() > most;
    if (any) texts.resize(most);
    for (std::string& text : texts) any |= cut(text);
    if (any) names.emplace_back(name);
  };
  cut_text(paper.title, "title");
  cut_list(paper.authors, authors_max, "authors");
  cut_list(paper.affiliations, authors_max, "affiliations");
  cut_text(paper.abstract, "abstract");
  cut_list(paper.categories, categories_max, "categories");
  cut_text(paper.comments, "comments");
  cut_text(paper.journal_ref, "journal_ref");
  cut_text(paper.doi, "doi");
  cut_text(paper.license, "license");
  return joined(names, ", ");
}

}  // namespace daybook
