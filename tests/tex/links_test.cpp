// Addresses as links of a page, and where the code is.
#include "support/catch.h"
#include "tex/addresses.h"
#include "tex/tex.h"

using daybook::code_address;
using daybook::html_paragraph;

namespace {

struct Case {
  const char* tex;
  const char* expected;
};

std::string link(const std::string& address) { return "<a href=\"" + address + "\">" + address + "</a>"; }

}  // namespace

TEST_CASE("paragraph: web addresses are links, without the punctuation behind them", "[tex]") {
  const std::pair<const char*, std::string> cases[] = {
      {"See https://x.example/y.", "See " + link("https://x.example/y") + "."},
      {"(http://x.example)", "(" + link("http://x.example") + ")"},
      {"\\url{https://x.example/a\\_b}, so", link("https://x.example/a_b") + ", so"},
      {"\\href{https://x.example/~b}{here}", "here (" + link("https://x.example/~b") + ")"},
      {"https://x.example/?a=1&b=2", link("https://x.example/?a=1&amp;b=2")},
      {"[it](https://x.example/a)", "[it](" + link("https://x.example/a") + ")"},
      {"https://x.example/a](https://x.example/b)",
       link("https://x.example/a") + "](" + link("https://x.example/b") + ")"},
      {"https://x.example/\"onclick=", link("https://x.example/") + "&quot;onclick="},
      {"https://x.example/50% of", link("https://x.example/50") + "% of"},
      {"https://x.example/ and $x$ at https://y.example.",
       link("https://x.example/") + " and <math><mi>x</mi></math> at " + link("https://y.example") + "."},
  };
  for (const auto& [tex, expected] : cases) {
    INFO(tex);
    CHECK(html_paragraph(tex) == expected);
  }
}

TEST_CASE("paragraph: what is no web address, or leads elsewhere than it looks, is no link", "[tex]") {
  for (const char* tex : {"javascript:alert(1)", "javascript://x.example/%0Aalert(1)", "data:text/html,x",
                          "ftp://x.example/", "www.x.example", "ada@x.example", "http://", "https://...",
                          "http://localhost/x", "https://arxiv.org@evil.example/", "https://x.example:80/",
                          "xhttps://x.example/", "https://1.2.3.4/", "https://x_y.example/"}) {
    INFO(tex);
    CHECK(html_paragraph(tex) == daybook::html(tex));
  }
}

TEST_CASE("code address: the first one at a host of code or models", "[tex]") {
  const Case cases[] = {
      {"Code: https://github.com/ada/loom.", "https://github.com/ada/loom"},
      {"See https://ada.example/x and (\\url{https://gitlab.ada.example/a\\_b}).", "https://gitlab.ada.example/a_b"},
      {"Code is at github.com/ada/loom, www.github.com/ada/x", "https://github.com/ada/loom"},
      {"\\href{https://anonymous.4open.science/r/loom-1/}{Code}", "https://anonymous.4open.science/r/loom-1/"},
      {"https://huggingface.co/ada/loom-7b; https://github.com/ada/loom", "https://huggingface.co/ada/loom-7b"},
      {"https://gist.github.com/ada/1", "https://gist.github.com/ada/1"},
      {"https://GitHub.com/ada/loom", "https://GitHub.com/ada/loom"},
  };
  for (const Case& c : cases) {
    INFO(c.tex);
    CHECK(code_address(c.tex) == c.expected);
  }
  for (const char* tex : {"on github.com.", "https://github.com/", "https://ada.github.io/loom",
                          "atgithub.com/ada/loom", "https://github.com.evil.example/a", "https://ada@github.com/a/b",
                          "$github.com/ada/loom$", "https://x.example/?u=github.com", "ada@github.com", ""}) {
    INFO(tex);
    CHECK(code_address(tex).empty());
  }
}
