#include "core/json.h"

#include "support/catch.h"

using namespace daybook;

namespace {

std::string fault(std::string text) {
  JsonDocument document;
  document.text = std::move(text);
  const auto error = parse_json(document, "day.json");
  return error ? describe(*error) : "";
}

}  // namespace

TEST_CASE("JSON: a fault is told with the line and column of the text as written", "[json]") {
  CHECK(fault("{\n  \"a\": 1,\n  \"b\" 2\n}") ==
        "day.json:3:7: error: this is not valid JSON: Missing a colon after a name of object member.\n"
        "  hint: restore the file from its history, or correct it there\n");
  CHECK(fault("[\"\\u00e9\\n\\u00e9\", x]").substr(0, 16) == "day.json:1:20: e");
}

TEST_CASE("JSON: text that is cut off anywhere is a fault and no crash", "[json]") {
  const std::string whole = R"({"id": "9901.00001", "scores": [1, 2.5, null, true], "text": "a \"b\" é"})";
  CHECK(fault(whole).empty());
  for (std::size_t length = 0; length < whole.size(); ++length)
    if (fault(whole.substr(0, length)).empty()) FAIL(whole.substr(0, length));
}

TEST_CASE("JSON: a string's escapes, controls and end are found wherever they stand", "[json]") {
  for (std::size_t at = 0; at < 40; ++at) {
    const std::string before(at, 'a'), behind(40 - at, '~');
    INFO(at << " in front");
    JsonDocument document;
    document.text = R"([")" + before + R"(\"\\\u00e9)" + behind + "\u00E9\", \"" + before + "\"]";
    REQUIRE_FALSE(parse_json(document, "x"));
    CHECK(string_of(&items_of(&document.root)[0]) == before + "\"\\\u00E9" + behind + "\u00E9");
    CHECK(string_of(&items_of(&document.root)[1]) == before);
    for (const char control : {'\x01', '\n', '\x1F'})
      CHECK_FALSE(fault("[\"" + before + control + behind + "\"]").empty());
    CHECK_FALSE(fault("[\"" + before).empty());
  }
}

TEST_CASE("JSON: text behind the value, NaN and bytes that are not UTF-8 are faults", "[json]") {
  CHECK_FALSE(fault("{} x").empty());
  CHECK_FALSE(fault("[NaN]").empty());
  CHECK_FALSE(fault("[\"\xE9\"]").empty());
  CHECK_FALSE(fault("").empty());
}

TEST_CASE("JSON: brackets nested deeper than anything needs are refused, and do not overflow the stack", "[json]") {
  CHECK_FALSE(fault(std::string(1000000, '[')).empty());
  CHECK(fault(std::string(64, '[') + std::string(64, ']')).empty());
  CHECK(fault(std::string(65, '[') + std::string(65, ']')) ==
        "day.json:1:65: error: objects and lists are nested more than 64 deep\n"
        "  hint: restore the file from its history, or correct it there\n");
  CHECK(fault("[\"" + std::string(100, '[') + "\\\"" + std::string(100, '{') + "\"]").empty());
}

TEST_CASE("JSON: members are read by type, and what is missing reads as empty", "[json]") {
  JsonDocument document;
  document.text = R"({"name": "Ada", "whole": 8, "also": 8.0, "part": 8.5, "big": 1e300, "list": []})";
  REQUIRE_FALSE(parse_json(document, "x"));
  const Json& root = document.root;
  CHECK(string_of(member(root, "name")) == "Ada");
  CHECK(string_of(member(root, "whole")).empty());
  CHECK(string_of(member(root, "none")).empty());
  CHECK(integer_of(member(root, "whole")) == 8);
  CHECK(integer_of(member(root, "also")) == 8);
  CHECK_FALSE(integer_of(member(root, "part")));
  CHECK_FALSE(integer_of(member(root, "big")));
  CHECK_FALSE(integer_of(member(root, "name")));
  CHECK(number_of(member(root, "part")) == 8.5);
  CHECK_FALSE(number_of(member(root, "list")));
  CHECK_FALSE(number_of(nullptr));
  CHECK(member(*member(root, "list"), "name") == nullptr);
}
