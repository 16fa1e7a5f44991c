#include <random>

#include "core/text.h"
#include "support/catch.h"
#include "tex/rendered.h"
#include "tex/tex.h"

using daybook::from_markdown;
using daybook::markdown;
using daybook::MarkdownPlace;

namespace {

// Texts that Markdown would like to make something of.
const std::vector<std::string> nasty = {"*a* ** b** _c_ __d__ ***e*** x**y** **z",
                                        "snake_case and _x_ and a_b_c_",
                                        "`code` and ``more``",
                                        "[link](x) [](https://x.example) [a [b](c)",
                                        "[x]: y",
                                        "![image](z)",
                                        "<b>bold</b> <br/> <!-- c --> <?p ?>",
                                        "a < b, a <5, <- and <=",
                                        "&amp; &#36; &copy; AT&T &x",
                                        "\\model \\",
                                        "back\\here \\< \\]",
                                        "1. first",
                                        "12) twelfth",
                                        "- item",
                                        "+ item",
                                        "# heading",
                                        "> quote",
                                        "=====",
                                        "---",
                                        "| a | b |",
                                        "C# and #1 and ends with #",
                                        "~~gone~~ ~one~ ~10% to ~20%",
                                        "[^1] and [ ] and [x]",
                                        "$ and $5 or 7$",
                                        "!important ![",
                                        "a * b * c",
                                        "2*3*4",
                                        "www.x.example is there",
                                        "mail a.b@x.example or mAP@0.5",
                                        "x: https://a.example/b_c_d/*e*?f=1&copy=2.",
                                        "(see https://a.example/x_(y))",
                                        "ftp://x.example/~u",
                                        ":smile: @someone",
                                        "tab\there",
                                        "a|b||c",
                                        "http://",
                                        "https://a.example/_x_",
                                        "*",
                                        "_",
                                        "`",
                                        "[",
                                        "]",
                                        "<",
                                        "&",
                                        "~",
                                        "$",
                                        "|",
                                        "#",
                                        "\\",
                                        "",
                                        " lead and trail ",
                                        "2^{10} {a}",
                                        "<https://x.example>",
                                        "a\\https://x.example",
                                        "'single' \"double\"",
                                        "中文*强调*_x_",
                                        "=",
                                        "+",
                                        "-",
                                        "1.",
                                        "***",
                                        "___"};

std::string folded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) out += c;
    if (blank && (out.empty() || out.back() != ' ')) out += ' ';
  }
  return out;
}

}  // namespace

TEST_CASE("nasty text reads as meant in a paragraph") {
  for (const std::string& text : nasty) {
    INFO(text << " -> " << markdown(text));
    CHECK(std::string(daybook::trim(folded(visible(rendered("**Abstract:** " + markdown(text)))))) ==
          std::string(daybook::trim(folded("Abstract: " + text))));
  }
}

TEST_CASE("nasty text reads as meant in a link in a heading") {
  for (const std::string& text : nasty) {
    const std::string label = markdown(text, MarkdownPlace::link_text);
    INFO(text << " -> " << label);
    const std::string html = rendered("## 1. [a " + label + " z](https://x.example/y) {#z}");
    CHECK(folded(visible(html)) == folded("1. a " + text + " z {#z}\n"));
    CHECK(html.find("<a href=\"https://x.example/y\">a ") != std::string::npos);
    CHECK(html.find("<a ", html.find("<a ") + 1) == std::string::npos);
  }
}

TEST_CASE("nasty text alone on a line is a paragraph and nothing else") {
  for (const std::string& text : nasty) {
    if (daybook::trim(text).empty()) continue;
    INFO(text << " -> " << markdown(text));
    CHECK(rendered(markdown(text)).rfind("<p>", 0) == 0);
  }
}

TEST_CASE("Markdown without TeX is read back as it was") {
  for (const std::string& text : nasty) {
    INFO(markdown(text));
    CHECK(from_markdown(markdown(text)) == folded(text));
    CHECK(from_markdown(markdown(text, MarkdownPlace::link_text)) == folded(text));
  }
  CHECK(from_markdown(markdown("a $x_1$ b")) == "a $x_1$ b");
}

TEST_CASE("ordinary text has few escapes") {
  const std::string text = "It's 5-fold (10.5% of ~20%), snake_case; a < b -> c! See: \"x\" & y, C++ - C#.";
  CHECK(markdown(text) == text);
}

TEST_CASE("math is written in GitHub's form, with nothing in it escaped") {
  CHECK(markdown("a $x_i^*$ and\n\\(y\n+ z\\)") == "a $`x_i^*`$ and $`y + z`$");
  CHECK(markdown("$f`_{q}$ x") == "\\$f\\`\\_{q}\\$ x");
  CHECK(from_markdown("\\$f\\`\\$ x") == "$f`$ x");
}

TEST_CASE("addresses become links in a paragraph and none in a link") {
  CHECK(markdown("at https://a.example/b_c.") == "at <https://a.example/b_c>.");
  CHECK(markdown("at https://a.example/b", MarkdownPlace::link_text) == "at https\\://a.example/b");
  CHECK(from_markdown("at <https://a.example/b_c>.") == "at https://a.example/b_c.");
}

TEST_CASE("emphasis and links that an author wrote in Markdown do their work in a paragraph, and are read back") {
  const std::string text = "We propose **CK-Plug (v2)**, see [our page](https://x.example/a_b). [Code](x.example/c)";
  CHECK(markdown(text) == text);
  CHECK(from_markdown(markdown(text)) == text);
  CHECK(visible(rendered(markdown(text))) == "We propose CK-Plug (v2), see our page. Code\n");
  CHECK(markdown(text, MarkdownPlace::link_text) ==
        "We propose \\*\\*CK-Plug (v2)\\*\\*, see \\[our page\\](https\\://x.example/a_b). \\[Code\\](x.example/c)");
}

TEST_CASE(
    "a colon before a letter or digit is escaped in a heading, where readers with directives would take it for one") {
  CHECK(markdown("2:4 and N:M and a: b", MarkdownPlace::link_text) == "2\\:4 and N\\:M and a: b");
  CHECK(markdown("N:M") == "N:M");
}

TEST_CASE("any mixture of Markdown's characters reads as meant and is read back") {
  std::mt19937 random(20250805);
  const std::string alphabet = "ab1 *_`[]()<>&\\#~|!:.-+=@/;^\"'{}";
  for (int i = 0; i < 20000; ++i) {
    std::string text = "x";
    for (std::size_t n = random() % 24; n > 0; --n) text += alphabet[random() % alphabet.size()];
    text += "x";
    const std::string plain = shown(text);
    const std::string written = markdown(text);
    INFO(text << " -> " << written);
    REQUIRE(without_separators(from_markdown(written)) == plain);
    REQUIRE(without_separators(visible(rendered("**A:** " + written))) == "A: " + plain + "\n");
  }
}
