#include "core/text.h"

#include "support/catch.h"

using namespace daybook;

namespace {

const std::string replacement = "\xEF\xBF\xBD";

std::string encoded(char32_t code_point) {
  std::string text;
  append_utf8(text, code_point);
  return text;
}

}  // namespace

TEST_CASE("text: joined, trimmed, split and compared", "[text]") {
  CHECK(joined({"a", "", "b"}, ", ") == "a, , b");
  CHECK(joined({"alone"}, ", ") == "alone");
  CHECK(joined({}, ", ").empty());
  CHECK(trim(" \t\r\n\f\va b \n") == "a b");
  CHECK(trim(" \n ").empty());
  CHECK(trim("").empty());
  CHECK(split("a,b,,c", ',') == std::vector<std::string_view>{"a", "b", "", "c"});
  CHECK(split(",", ',') == std::vector<std::string_view>{"", ""});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(ascii_lower("AZaz09\xC3\x89") == "azaz09\xC3\x89");
  CHECK(equal_ignoring_case("User-Agent", "uSER-aGENT"));
  CHECK_FALSE(equal_ignoring_case("User-Agent", "User-Agents"));
  CHECK_FALSE(equal_ignoring_case("@", "`"));
}

TEST_CASE("text: one line has single blanks and no controls, wherever they stand", "[text]") {
  CHECK(one_line("").empty());
  CHECK(one_line(" \n").empty());
  CHECK(one_line(" a b\t") == "a b");
  for (std::size_t at = 1; at < 50; ++at) {
    const std::string before(at, 'a'), behind(50 - at, 'b');
    for (const std::string blank : {" ", "  ", "\n", "\x1F", "\x7F", " \t"}) {
      INFO(at << " in front");
      CHECK(one_line(before + blank + behind) == before + ' ' + behind);
    }
    CHECK(one_line(before + "\u00E9~" + behind) == before + "\u00E9~" + behind);
  }
}

TEST_CASE("text: UTF-8 of every length passes unchanged", "[text]") {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9D\x94\xBC";
  CHECK(is_utf8(text));
  CHECK(repaired_utf8(text) == text);
  CHECK(is_utf8("\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST_CASE("text: each byte that is not UTF-8 becomes one replacement character, those cut off at the end too",
          "[text]") {
  CHECK(repaired_utf8("caf\xE9!") == "caf" + replacement + "!");
  CHECK(repaired_utf8("\x80") == replacement);
  CHECK(repaired_utf8("\xC0\xAF") == replacement + replacement);                                      // overlong
  CHECK(repaired_utf8("\xE0\x9F\xBF") == replacement + replacement + replacement);                    // overlong
  CHECK(repaired_utf8("\xED\xA0\x80") == replacement + replacement + replacement);                    // a surrogate
  CHECK(repaired_utf8("\xF4\x90\x80\x80") == replacement + replacement + replacement + replacement);  // too large
  CHECK(repaired_utf8("\xF5\xFF") == replacement + replacement);
  CHECK(repaired_utf8("a\xE2\x82") == "a" + replacement + replacement);
  CHECK(repaired_utf8("\xF0\x9D\x94") == replacement + replacement + replacement);
  CHECK(repaired_utf8("\xE2"
                      "ab") == replacement + "ab");
}

TEST_CASE("text: repaired text is UTF-8, whatever the bytes", "[text]") {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      std::string text = {static_cast<char>(first), static_cast<char>(second), 'x'};
      const std::string repaired = repaired_utf8(text);
      if (!is_utf8(repaired) || repaired.back() != 'x' || (is_utf8(text) && repaired != text))
        FAIL(first << ' ' << second);
    }
  }
}

TEST_CASE("text: code points are written and read back at the edges of their lengths", "[text]") {
  for (const char32_t c : {U'\0', U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
    const std::string text = encoded(c) + "!";
    std::size_t at = 0;
    CHECK(next_code_point(text, at) == c);
    CHECK(at == text.size() - 1);
  }
  CHECK(encoded(U'\x20AC') == "\xE2\x82\xAC");
}

TEST_CASE("slug: ASCII letters, digits and single hyphens, never empty, cut where it is long", "[text]") {
  CHECK(slug("Model Compression") == "model-compression");
  CHECK(slug("  LLMs & (more) -- 2025! ") == "llms-more-2025");
  CHECK(slug("C++") == "c");
  CHECK(slug("\xC3\x89tale \xC3\xB8rsted \xC3\xBF") == "etale-orsted-y");
  CHECK(slug("\xC4\x80 \xC5\x81\xC3\xB3"
             "d\xC5\xBA \xC5\xBD \xC5\xBF") == "a-lodz-z-s");
  CHECK(slug("3\xC3\x97"
             "4\xC3\xB7") == "3-4");
  CHECK(slug("Теория") != slug("Обучение"));
  CHECK(is_slug(slug("Теория")));
  CHECK(slug(std::string(300, 'x')) == std::string(80, 'x'));
  CHECK(is_slug("model-compression"));
  for (const char* wrong : {"", "-a", "a-", "a--b", "A", "../x", "a b"}) CHECK_FALSE(is_slug(wrong));
  CHECK(slug("") == "topic");
}

TEST_CASE("nearest: the fewest letters wrong, and no more than a third", "[text]") {
  CHECK(nearest("relevence", {"relevance", "novelty", "at_most"}) == "relevance");
  CHECK(nearest("noevlty", {"relevance", "novelty"}) == "novelty");  // two letters exchanged count one
  CHECK(nearest("Novelty", {"relevance", "novelty"}) == "novelty");
  CHECK(nearest("ulr", {"title", "url"}) == "url");
  CHECK(nearest("colour", {"title", "url", "language"}).empty());
  CHECK(nearest("abcdef", {"abcdxy"}) == "abcdxy");
  CHECK(nearest("abcdef", {"abcxyz"}).empty());
  CHECK(nearest("word", {}).empty());
}
