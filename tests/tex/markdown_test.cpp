#include <random>

#include "core/text.h"
#include "support/catch.h"
#include "tex/rendered.h"
#include "tex/tex.h"

using daybook::markdown;
using daybook::MarkdownPlace;

namespace {

// Texts that Markdown would like to make something of.
const std::vector<std::string> nasty = [] {
  constexpr std::string_view lines =
      "*a* ** b** _c_ __d__ ***e*** x**y** **z\nsnake_case and _x_ and a_b_c_\n`code` and ``more``\n"
      "[link](x) [](https://x.example) [a [b](c)\n[x]: y\n![image](z)\n<b>bold</b> <br/> <!-- c --> <?p ?>\n"
      "a < b, a <5, <- and <=\n&amp; &#36; &copy; AT&T &x\n\\model \\\nback\\here \\< \\]\n1. first\n12) twelfth\n"
      "- item\n+ item\n# heading\n> quote\n=====\n---\n| a | b |\nC# and #1 and ends with #\n"
      "~~gone~~ ~one~ ~10% to ~20%\n[^1] and [ ] and [x]\n$ and $5 or 7$\n!important ![\na * b * c\n2*3*4\n"
      "www.x.example is there\nmail a.b@x.example or mAP@0.5\nx: https://a.example/b_c_d/*e*?f=1&copy=2.\n"
      "(see https://a.example/x_(y))\nftp://x.example/~u\n:smile: @someone\ntab\there\na|b||c\nhttp://\n"
      "https://a.example/_x_\n*\n_\n`\n[\n]\n<\n&\n~\n$\n|\n#\n\\\n\n lead and trail \n2^{10} {a}\n"
      "<https://x.example>\na\\https://x.example\n'single' \"double\"\n中文*强调*_x_\n=\n+\n-\n1.\n***\n___";
  const auto texts = daybook::split(lines, '\n');
  return std::vector<std::string>(texts.begin(), texts.end());
}();

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

TEST_CASE("Markdown: nasty text reads as meant in a paragraph", "[tex]") {
  for (const std::string& text : nasty) {
    INFO(text << " -> " << markdown(text));
    CHECK(std::string(daybook::trim(folded(visible(rendered("**Abstract:** " + markdown(text)))))) ==
          std::string(daybook::trim(folded("Abstract: " + text))));
  }
}

TEST_CASE("Markdown: nasty text reads as meant in a link in a heading", "[tex]") {
  for (const std::string& text : nasty) {
    const std::string label = markdown(text, MarkdownPlace::link_text);
    INFO(text << " -> " << label);
    const std::string html = rendered("## 1. [a " + label + " z](https://x.example/y) {#z}");
    CHECK(folded(visible(html)) == folded("1. a " + text + " z {#z}\n"));
    CHECK(html.find("<a href=\"https://x.example/y\">a ") != std::string::npos);
    CHECK(html.find("<a ", html.find("<a ") + 1) == std::string::npos);
  }
}

TEST_CASE("Markdown: nasty text alone on a line is a paragraph and nothing else", "[tex]") {
  for (const std::string& text : nasty) {
    if (daybook::trim(text).empty()) continue;
    INFO(text << " -> " << markdown(text));
    CHECK(rendered(markdown(text)).rfind("<p>", 0) == 0);
  }
}

TEST_CASE("Markdown: what no renderer takes for markup has no escape", "[tex]") {
  for (const std::string text : {"It's 5-fold (10.5% of ~20%), snake_case; a < b -> c! See: \"x\" & y, C++ - C#.",
                                 "A* search and Model [gpt-4o]", "a [b] and [c [d]] (e)", "for $5, in C\\x of p(x|y)",
                                 "the ` of it", "2 * 3 * 4", "a_ and b"}) {
    CHECK(markdown(text) == text);
    if (text.find('`') == std::string::npos) CHECK(markdown(text, MarkdownPlace::link_text) == text);
  }
}

TEST_CASE("Markdown: what would be markup is escaped, and nothing beside it", "[tex]") {
  struct Case {
    const char* text;
    const char* paragraph;
    const char* link;
  };
  static const std::vector<Case> cases = {
      {"*a* b", "\\*a\\* b", "\\*a\\* b"},
      {"$5 or 7$", "\\$5 or 7\\$", "\\$5 or 7\\$"},
      {"[a](b) [c]", "[a\\](b) [c]", "\\[a\\](b) [c]"},
      {"[a][b]", "[a\\][b]", "\\[a\\][b]"},
      {"[a]: b", "[a\\]: b", "\\[a\\]: b"},
      {"a ] [ b", "a ] [ b", "a \\] \\[ b"},
      {"N:M of 2:4:8", "N:M of 2:4:8", "N\\:M of 2\\:4\\:8"},
      {"so :smile: it", "so \\:smile: it", "so \\:smile: it"},
  };
  for (const Case& one : cases) {
    CHECK(markdown(one.text) == one.paragraph);
    CHECK(markdown(one.text, MarkdownPlace::link_text) == one.link);
  }
}

TEST_CASE("Markdown: math is written in GitHub's form, with nothing in it escaped", "[tex]") {
  CHECK(markdown("a $x_i^*$ and\n\\(y\n+ z\\)") == "a $`x_i^*`$ and $`y + z`$");
  CHECK(markdown("$f`_{q}$ x") == "\\$f`_{q}\\$ x");
}

TEST_CASE("Markdown: addresses become links in a paragraph and none in a link", "[tex]") {
  CHECK(markdown("at https://a.example/b_c.") == "at <https://a.example/b_c>.");
  CHECK(markdown("at https://a.example/b", MarkdownPlace::link_text) == "at https\\://a.example/b");
}

TEST_CASE("Markdown: emphasis and links that an author wrote in Markdown do their work in a paragraph", "[tex]") {
  const std::string text = "We propose **CK-Plug (v2)**, see [our page](https://x.example/a_b). [Code](x.example/c)";
  CHECK(markdown(text) == text);
  CHECK(visible(rendered(markdown(text))) == "We propose CK-Plug (v2), see our page. Code\n");
  CHECK(markdown(text, MarkdownPlace::link_text) ==
        "We propose \\*\\*CK-Plug (v2)\\*\\*, see \\[our page\\](https\\://x.example/a_b). \\[Code\\](x.example/c)");
}

TEST_CASE("Markdown: any mixture of Markdown's characters reads as meant", "[tex]") {
  std::mt19937 random(20250805);
  const std::string alphabet = "ab1 *_`[]()<>&\\#~|!:.-+=@/;^\"'{}";
  for (int i = 0; i < 20000; ++i) {
    std::string text = "x";
    for (std::size_t n = random() % 24; n > 0; --n) text += alphabet[random() % alphabet.size()];
    text += "x";
    const std::string plain = shown(text);
    const std::string written = markdown(text);
    INFO(text << " -> " << written);
    REQUIRE(without_separators(visible(rendered("**A:** " + written))) == "A: " + plain + "\n");
    const std::string label = markdown(text, MarkdownPlace::link_text);
    INFO(label);
    const std::string html = rendered("1. [" + label + "](#a)\n   **B:** c");
    REQUIRE(html.find("<a href=\"#a\">") != std::string::npos);
    REQUIRE(html.find("<a ", html.find("<a ") + 1) == std::string::npos);
  }
}
