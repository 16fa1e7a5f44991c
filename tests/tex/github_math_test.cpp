// Formulas in Markdown as GitHub shows them: github/markup#1742 (beside letters), #1688 (\operatorname).
#include <regex>

#include "support/catch.h"
#include "tex/tex.h"

using daybook::markdown;
using daybook::MarkdownPlace;

TEST_CASE("Markdown: a formula beside a letter or digit is plain Unicode", "[tex]") {
  CHECK(markdown("R$^3$Mem: H$_2$O, PT$^2$-LLM and ReLU$^+$ nets") == "R³Mem: H₂O, PT²-LLM and ReLU⁺ nets");
  CHECK(markdown("the $n$th of 5$\\times$, a$b$$c$d, é$x$, 中$y$, a_$z$") == "the nth of 5×, abcd, éx, 中y, a_z");
  CHECK(markdown("$k$-means, ($n$), \"$m$\", a **b** $c$, “$d$”, 5~$e$") ==
        "$`k`$-means, ($`n`$), \"$`m`$\", a **b** $`c`$, “$`d`$”, 5 $`e`$");
}

TEST_CASE("Markdown: a formula beside a letter that has no plain form is kept apart by a narrow blank", "[tex]") {
  CHECK(markdown("X$_{q,k}$y, $W_{q}$s") == "X\u202F$`_{q,k}`$\u202Fy, $`W_{q}`$\u202Fs");
}

TEST_CASE("Markdown: in the text of a link, where GitHub shows none, formulas are plain Unicode", "[tex]") {
  CHECK(markdown("Rank $r^2$ and $W_{q}$", MarkdownPlace::link_text) == "Rank r² and $`W_{q}`$");
  CHECK(markdown("$W_{q}$$n$", MarkdownPlace::link_text) == "$`W_{q}`$\u202Fn");
  CHECK(markdown("$2$$\\frac12$", MarkdownPlace::link_text) == "2½");
}

TEST_CASE("Markdown: no formula is beside a letter, whatever stands there", "[tex]") {
  static const std::regex beside(R"([A-Za-z0-9_]\$`|`\$[A-Za-z0-9_])");
  for (const std::string left : {"a", "7", " ", ")", "$b$", "$b_{q}$", "_", "\\_", "**x**", ""}) {
    for (const std::string formula :
         {"$x$", "$x_{q}$", "\\(x\\)", "$$x$$", "$x$$y_{q}$", "\\begin{math} z_{q} \\end{math}"}) {
      for (const std::string right : {"a", "7", " ", "-", "$b$", "_", "**x**", ""}) {
        const std::string text = left + formula + right;
        INFO(text << " -> " << markdown(text));
        CHECK_FALSE(std::regex_search(markdown(text), beside));
      }
    }
  }
}

TEST_CASE("Markdown: what GitHub refuses in formulas is written as what it takes", "[tex]") {
  CHECK(markdown("$\\operatorname{rank}(A_{q})$") == "$`\\mathop{\\mathrm{rank}}(A_{q})`$");
  CHECK(markdown("$\\operatorname*{argmax}_\\theta f_{q}$") == "$`\\mathop{\\mathrm{argmax}}_\\theta f_{q}`$");
  CHECK(markdown("$\\operatorname f_{q}$") == "$`\\mathop{\\mathrm{f}}_{q}`$");
  CHECK(markdown("$\\operatorname{\\operatorname{a}b}_{q}$") == "$`\\mathop{\\mathrm{\\mathop{\\mathrm{a}}b}}_{q}`$");
  CHECK(markdown("$\\argmin_x \\mbox{if } y_{q}$") == "$`\\mathop{\\mathrm{arg\\,min}}_x \\text{if } y_{q}`$");
  CHECK(markdown("$\\colorbox{red}{a}_{q} \\label{b} c$") == "$`\\text{a}_{q}  c`$");
}

TEST_CASE("Markdown: what MathJax does not know in formulas is written as what it knows", "[tex]") {
  CHECK(markdown("$\\bm{x}_{q}, \\textsc{Ab}, \\mathds{1}, \\norm{z}$") ==
        "$`\\boldsymbol{x}_{q}, \\text{Ab}, \\mathbb{1}, \\lVert {z}\\rVert `$");
  CHECK(markdown("$x_{q}=\\SI{5}{\\milli\\second}, \\num{7}$") == "$`x_{q}={5\\,\\text{ms}}, {7}`$");
  CHECK(markdown("$50% \\text{ of } x_{q}$") == "$`50\\% \\text{ of } x_{q}`$");
  CHECK(markdown("$\\Alpha x_{q}$") == "$`Α x_{q}`$");
  CHECK(markdown("$$\\begin{align*}a_{q}\\end{align*}$$") == "$`\\begin{aligned}a_{q}\\end{aligned}`$");
}

TEST_CASE("Markdown: a formula that GitHub could only show as an error is its source", "[tex]") {
  for (const std::string tex : {"$\\newcommand{\\a}{b}$", "$\\def\\a{b}$", "$\\R^d$", "$\\phantom{x}_{q}$", "$x_a_b$",
                                "$\\DeclareMathOperator{\\a}{b}$"}) {
    INFO(tex << " -> " << markdown(tex));
    CHECK(markdown(tex).find("$`") == std::string::npos);
  }
}
