#include "paper/limits.h"

#include "core/text.h"

namespace daybook {

namespace {

class Cutter {
 public:
  void text(std::string& text, std::string_view name) {
    if (cut(text)) note(name);
  }
  void list(std::vector<std::string>& texts, std::size_t most, std::string_view name) {
    bool any = texts.size() > most;
    if (any) texts.resize(most);
    for (std::string& text : texts) any |= cut(text);
    if (any) note(name);
  }
  std::string names() { return joined(names_, ", "); }

 private:
  static bool cut(std::string& text) {
    if (text.size() <= field_bytes_max) return false;
    text.resize(utf8_prefix(text, field_bytes_max).size());
    return true;
  }
  void note(std::string_view name) { names_.emplace_back(name); }

  std::vector<std::string> names_;
};

}  // namespace

std::string cut_to_limits(Paper& paper) {
  Cutter cutter;
  cutter.text(paper.title, "title");
  cutter.list(paper.authors, authors_max, "authors");
  cutter.list(paper.affiliations, authors_max, "affiliations");
  cutter.text(paper.abstract, "abstract");
  cutter.list(paper.categories, categories_max, "categories");
  cutter.text(paper.comments, "comments");
  cutter.text(paper.journal_ref, "journal_ref");
  cutter.text(paper.doi, "doi");
  cutter.text(paper.license, "license");
  return cutter.names();
}

}  // namespace daybook
