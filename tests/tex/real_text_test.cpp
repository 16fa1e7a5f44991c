// Titles, authors and abstracts as arXiv has them, where the material is at hand; it is no part of the repository.
#include <tinyxml2.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "core/json.h"
#include "core/text.h"
#include "support/catch.h"
#include "tex/rendered.h"
#include "tex/tex.h"

namespace {

std::filesystem::path days() {
  const char* shared = std::getenv("DAYBOOK_SHARED");
  const std::filesystem::path root = shared != nullptr ? shared : DAYBOOK_SOURCE_DIR "/../shared";
  return root / "data" / "days";
}

std::vector<std::string> texts_of(const std::filesystem::path& file) {
  std::ostringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  daybook::JsonDocument document;
  document.text = content.str();
  std::vector<std::string> texts;
  if (daybook::parse_json(document, file.string())) return texts;
  for (const auto& paper : document.root.GetObject()) {
    for (const char* field : {"title", "abstract", "COMMENT"}) {
      texts.emplace_back(daybook::string_of(daybook::member(paper.value, field)));
    }
    const daybook::Json* authors = daybook::member(paper.value, "authors");
    if (authors == nullptr || !authors->IsArray()) continue;
    for (const auto& author : authors->GetArray()) texts.emplace_back(daybook::string_of(&author));
  }
  return texts;
}

// One blank for each run of blanks and ties.
std::string folded(std::string text) {
  for (auto tie = text.find("\u00A0"); tie != std::string::npos; tie = text.find("\u00A0")) text.replace(tie, 2, " ");
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    if (blank && (out.empty() || out.back() != ' ')) out += ' ';
  }
  return std::string(daybook::trim(out));
}

// What some authors write into their abstracts, and Markdown shows as they meant it.
std::string without_markup(const std::string& text) {
  static const std::regex strong(R"(\*\*([A-Za-z0-9][^*]*)\*\*)");
  static const std::regex link(R"(\[([^\]\[]+)\]\(([a-z0-9-]+[.:][^ ()]+)\))");
  return std::regex_replace(std::regex_replace(text, strong, "$1"), link, "$1");
}

}  // namespace

TEST_CASE("real text: real titles, names and abstracts read in HTML and Markdown as their authors meant them",
          "[tex]") {
  if (!std::filesystem::is_directory(days())) {
    WARN("skipped: no real days at " << days().string());
    return;
  }
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(days())) {
    for (const std::string& text : texts_of(entry.path())) {
      INFO(text);
      ++count;
      tinyxml2::XMLDocument document;
      REQUIRE(document.Parse(("<p>" + daybook::html(text) + "</p>").c_str()) == tinyxml2::XML_SUCCESS);
      const std::string markdown = daybook::markdown(text);
      REQUIRE(folded(without_separators(visible(rendered("**A:** " + markdown)))) ==
              folded("A: " + without_markup(folded(shown(text)))));
    }
  }
  CHECK(count > 0);
}
