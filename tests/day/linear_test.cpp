// A record, and a page to import, take time in proportion to their length.
#include "day/record.h"
#include "legacy/import.h"
#include "support/catch.h"
#include "support/growth.h"

using namespace daybook;

namespace {

const std::vector<std::string> tokens = {"a",
                                         " ",
                                         "\n",
                                         "#",
                                         "# x\n",
                                         "## 1. [t](https://arxiv.org/abs/9901.00001)\n",
                                         "##",
                                         "**Authors:** ",
                                         "**Abstract:** x\n",
                                         "---\n",
                                         "[",
                                         "](",
                                         "![",
                                         "<",
                                         "<a name=\"x\">",
                                         "</a>",
                                         "`",
                                         "```\n",
                                         "$",
                                         "\\",
                                         "*",
                                         "_",
                                         "|",
                                         "| a |\n",
                                         "> ",
                                         ":",
                                         "0",
                                         "1. ",
                                         "- ",
                                         "(",
                                         ")",
                                         "arXiv:",
                                         "ArXiv ID: ",
                                         "2099-01-05",
                                         "\"",
                                         "\\\"",
                                         "\\u0041",
                                         "\\uD800",
                                         "{",
                                         "}",
                                         "[1,",
                                         "{\"a\":",
                                         "1,",
                                         "\xC3\xA9",
                                         "\xFF",
                                         "[daybook]: # \"",
                                         "&lt;",
                                         "Total arXiv papers: 1\n",
                                         "**Relevance:** 5\n"};

template <typename Read>
void check_linear(Read read, const std::string& before, const std::string& behind) {
  for (const std::string& token : tokens) {
    INFO("token: " << token);
    CHECK_FALSE(grows_too_fast([&](std::size_t bytes) { read(before + repeated(token, bytes) + behind); }));
  }
}

void import_text(const std::string& text) { static_cast<void>(import_file(text, "2099-01-05.md")); }

void read_text(const std::string& text) {
  static_cast<void>(read_record(text, "a.json"));
  static_cast<void>(read_others(text, "a.jsonl"));
}

// `count` members of an object, each of its own name.
std::string members(std::size_t count, const std::string& of_each) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += (i == 0 ? "\"9901." : ",\"9901.") + std::to_string(10000 + i) + "\": " + of_each;
  return text;
}

}  // namespace

TEST_CASE("linear: importing a page", "[linear]") {
  const std::string page = "# Personalized Daily ArXiv Papers 01/05/2099\n\nTotal relevant papers: 1\n\n";
  const std::string paper =
      "## 0. [T](https://arxiv.org/abs/9901.00001) <a id=\"link0\"></a>\n**ArXiv ID:** 9901.00001\n\n";
  check_linear(import_text, "", "");
  check_linear(import_text, page, "");
  check_linear(import_text, page + paper + "**Authors:** ", "\n");
  check_linear(import_text, page + paper + "**Abstract:** ", "\n");
}

TEST_CASE("linear: importing a store and a bundle", "[linear]") {
  const std::string paper = R"({"title": "T", "abstract": "A", "authors": ["A"], "PRIMARY_TOPIC_LABEL": "t"})";
  CHECK_FALSE(grows_too_fast([&](std::size_t bytes) { import_text('{' + members(bytes / 64, paper) + '}'); }));
  CHECK_FALSE(grows_too_fast([&](std::size_t bytes) {
    std::string text = "{\"meta\": {\"date\": \"2099-01-05\"}, \"papers\": {";
    for (std::size_t i = 0; i < bytes / 16; ++i)
      text += (i == 0 ? "\"9901." : ",\"9901.") + std::to_string(10000 + i) +
              R"(": {"title": "T", "PRIMARY_TOPIC_LABEL": "t)" + std::to_string(i) + "\"}";
    import_text(text + "}}");
  }));
}

TEST_CASE("linear: reading a record", "[linear]") {
  const std::string head = R"({"schema": 1, "date": "2099-01-05", "status": "complete", )";
  check_linear(read_text, "", "");
  check_linear(read_text, head + R"("papers": [{"id": "9901.00001", "title": ")", "\"}]}");
  check_linear(read_text, head + "\"papers\": [", "]}");
  CHECK_FALSE(grows_too_fast([&](std::size_t bytes) { read_text(head + members(bytes / 16, "1") + '}'); }));
  CHECK_FALSE(grows_too_fast([&](std::size_t bytes) {
    read_text(head + "\"categories\": {" +
              members(bytes / 64, R"({"announced": 1, "new": 1, "cross": 0, "state": "complete"})") + "}}");
  }));
}
