#include <tinyxml2.h>

#include <array>
#include <random>

#include "core/text.h"
#include "feeds/feed_text.h"
#include "support/catch.h"
#include "tex/addresses.h"
#include "tex/rendered.h"
#include "tex/tex.h"

namespace {

bool is_well_formed(const std::string& fragment) {
  tinyxml2::XMLDocument document;
  return document.Parse(("<p>" + fragment + "</p>").c_str()) == tinyxml2::XML_SUCCESS;
}

void check_all(const std::string& tex) {
  INFO(tex);
  const std::string html = daybook::html(tex);
  REQUIRE(daybook::is_utf8(html));
  REQUIRE(is_well_formed(html));
  const std::string paragraph = daybook::html_paragraph(tex);
  REQUIRE(is_well_formed(paragraph));
  REQUIRE(visible(paragraph) == visible(html));
  REQUIRE(daybook::is_utf8(daybook::code_address(tex)));
  REQUIRE(daybook::is_utf8(daybook::plain_text(tex)));
  REQUIRE(daybook::is_utf8(daybook::linear_text(tex)));
  REQUIRE(is_well_formed(daybook::simple_html(tex)));
  const std::string markdown = daybook::markdown(tex);
  REQUIRE(daybook::is_utf8(markdown));
  REQUIRE(rendered(markdown).find("raw HTML omitted") == std::string::npos);
  for (const daybook::Run& run : daybook::runs(tex)) REQUIRE(daybook::is_utf8(run.text));
}

const std::string sample =
    R"(G\"{o}del's ``$\left\{\frac{1}{\sqrt[3]{x_i^{2'}}}\right\}$'' -- \emph{a~\textbf{b}} {\it c} \[ \begin{cases} a & b \\ c )"
    R"(& d \end{cases} \] \href{https://a.example/~b}{x} $\mathcal{O}(\hat n)$ \SI{5}{\ms} `q' \'{\^a} $\text{if $x$}$ 25{,}6 é中)";

}  // namespace

TEST_CASE("garbage: TeX cut off at any byte is neither a crash nor broken markup", "[tex]") {
  for (std::size_t length = 0; length <= sample.size(); ++length) {
    check_all(sample.substr(0, length));
    check_all(sample.substr(length));
  }
}

TEST_CASE("garbage: it is neither a crash nor broken markup", "[tex]") {
  static constexpr std::array<std::string_view, 60> pieces = {
      "\\",      "$",       "{",      "}",       "^",         "_",
      "~",       "--",      "`",      "``",      "''",        "'",
      "\"",      "&",       "<",      ">",       " ",         "\n",
      "a",       "B",       "7",      "é",       "中",        "\xFF",
      "\xC3",    "\x01",    "\\frac", "\\sqrt",  "[",         "]",
      "\\left",  "\\right", "\\(",    "\\)",     "\\[",       "\\]",
      "\\text",  "\\emph",  "\\\"",   "\\'",     "\\v",       "\\mathbf",
      "\\alpha", "\\sum",   "\\hat",  "\\not",   "\\begin",   "{cases}",
      "\\end",   "\\\\",    "\\href", "\\SI",    "\\unicode", "\\big",
      "\\bf",    "\\cite",  "\\ding", "\\binom", "$$",        "https://x.example/"};
  std::mt19937 random(9901);
  for (int i = 0; i < 20000; ++i) {
    std::string tex;
    for (std::size_t n = random() % 30; n > 0; --n) tex += pieces[random() % pieces.size()];
    check_all(tex);
  }
}

TEST_CASE("garbage: random bytes are neither a crash nor broken markup", "[tex]") {
  std::mt19937 random(12);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes;
    for (std::size_t n = random() % 40; n > 0; --n) bytes += static_cast<char>(random() % 256);
    check_all(bytes);
  }
}
