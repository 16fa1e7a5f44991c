// Where formulas begin and end: braces nest, environments are formulas, and money is neither.
#include <utility>

#include "support/catch.h"
#include "tex/rendered.h"
#include "tex/tex.h"

using daybook::html;
using daybook::markdown;
using daybook::plain_text;
using daybook::Run;
using daybook::runs;

namespace {

Run text(std::string words) { return {Run::Kind::text, std::move(words)}; }
Run math(std::string tex) { return {Run::Kind::math, std::move(tex)}; }

// What a reader sees of the HTML.
std::string seen(const std::string& tex) { return visible(html(tex)); }

}  // namespace

TEST_CASE("math: a dollar sign in the braces of a text command does not end the formula") {
  CHECK(runs(R"(a $x_{\text{if $k>1$}}$ b)") ==
        std::vector<Run>{text("a "), math(R"(x_{\text{if $k>1$}})"), text(" b")});
  CHECK(runs(R"($(\text{C$\rightarrow$Y})$)") == std::vector<Run>{math(R"((\text{C$\rightarrow$Y}))")});
  CHECK(runs(R"(\(\text{a \(b\) c}_1\) d)") == std::vector<Run>{math(R"(\text{a \(b\) c}_1)"), text(" d")});
  CHECK(runs(R"(\[\mbox{for $n$} < 1\])") == std::vector<Run>{math(R"(\mbox{for $n$} < 1)")});
  CHECK(runs(R"($$\text{$a$}^2$$)") == std::vector<Run>{math(R"(\text{$a$}^2)")});
  CHECK(runs(R"($\text{\$5}_1$)") == std::vector<Run>{math(R"(\text{\$5}_1)")});
}

TEST_CASE("math: text with math in it is text where the formula has nothing else") {
  CHECK(plain_text(R"(at $\textbf{2.5$\times$ lower cost}$, or)") == "at 2.5× lower cost, or");
  CHECK(html(R"(at $\textbf{2.5$\times$ lower}$)") == "at 2.5<math><mo>×</mo></math> lower");
  CHECK(plain_text(R"($\textbf{$\mathcal{BC}$-Evo}$ and $\text{a}_b$)") == "ℬ𝒞-Evo and $\\text{a}_b$");
}

TEST_CASE("math: math in text in math is shown, by every writer without stray dollar signs") {
  for (const std::string tex : {R"(the relation ($\text{C$\to$Y}$))", R"(the relation (${\texttt{C$\to$Y}}$))",
                                R"(the relation $(\text{C$\to$Y})$)", R"(the relation (${\bf C$\to$Y}$))"}) {
    INFO(tex);
    CHECK(plain_text(tex) == "the relation (C→Y)");
    CHECK(seen(tex).find('$') == std::string::npos);
    CHECK(html(tex).find("class=\"tex\"") == std::string::npos);
  }
  CHECK(seen(R"($x_{\text{if $k>1$}}$)") == "xif\u00A0k>1");
  CHECK(markdown(R"($x_{\text{if $k>1$}}$)") == R"($`x_{{\text{if }k>1}}`$)");
  CHECK(markdown(R"(${\bf A$\to$B}_{q}$)") == R"($`{\bf A\to B}_{q}`$)");
  CHECK(plain_text(R"($x_{\text{if $k>1$}}$)") == R"($x_{{\text{if }k>1}}$)");
}

TEST_CASE("math: braces without a partner and sums of money in braces hide nothing") {
  CHECK(runs("costs $5 {and $n$ of $7") == std::vector<Run>{text("costs $5 {and "), math("n"), text(" of $7")});
  CHECK(runs("costs $5 {and $6} and $n$") == std::vector<Run>{text("costs $5 {and $6} and "), math("n")});
  CHECK(runs("{costs $5} and {$6}, $n$") == std::vector<Run>{text("{costs $5} and {$6}, "), math("n")});
  CHECK(runs(R"(\emph{costs $5 and $n$} for $6)") ==
        std::vector<Run>{text("costs $5 and "), math("n"), text(" for $6")});
  CHECK(runs("a } $n$ and { $m$") == std::vector<Run>{text("a } "), math("n"), text(" and { "), math("m")});
  CHECK(runs(R"(US$ \textbf{for $x_1$ only} and US$)") ==
        std::vector<Run>{text("US$ for "), math("x_1"), text(" only and US$")});
}

TEST_CASE("environments: those of math are formulas, with their rows") {
  const std::string align = R"(\begin{align} a &= b \\ c &= d \end{align})";
  CHECK(runs("so " + align + " fast") == std::vector<Run>{text("so "), math(align), text(" fast")});
  CHECK(html(align) ==
        "<math display=\"block\"><mrow><mtable columnalign=\"right left\" displaystyle=\"true\">"
        "<mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr>"
        "<mtr><mtd><mi>c</mi></mtd><mtd><mo>=</mo><mi>d</mi></mtd></mtr></mtable></mrow></math>");
  CHECK(plain_text(align) == "a = b; c = d");
  CHECK(markdown(align) == R"($`\begin{aligned} a &= b \\ c &= d \end{aligned}`$)");
}

TEST_CASE("environments: all kinds of LaTeX's and amsmath's math are known") {
  for (const std::string name :
       {"align",     "align*",   "equation",  "equation*", "gather",      "gather*",    "multline",
        "multline*", "eqnarray", "eqnarray*", "split",     "displaymath", "math",       "flalign",
        "flalign*",  "aligned",  "gathered",  "cases",     "dcases",      "rcases",     "matrix",
        "pmatrix",   "bmatrix",  "Bmatrix",   "vmatrix",   "Vmatrix",     "smallmatrix"}) {
    const std::string tex = "\\begin{" + name + "} a \\\\ b \\end{" + name + "}";
    INFO(tex);
    CHECK(html(tex).find("<mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr>") != std::string::npos);
    CHECK(markdown(tex).find("\\\\ b") != std::string::npos);
  }
  CHECK(html(R"(\begin{alignat}{2} a &= b \end{alignat})").find("<mi>a</mi>") != std::string::npos);
  CHECK(html(R"(\begin{array}{cc} a & b \\[2pt] c & d \end{array})").find("2pt") == std::string::npos);
}

TEST_CASE("environments: in plain text lines are joined, and labels and alignment go") {
  CHECK(plain_text(R"(\begin{equation} E = mc^2 \label{eq:e} \end{equation})") == "E = mc²");
  CHECK(plain_text(R"(\begin{eqnarray} a &=& b \nonumber \\ &=& c, \\ d &<& e \end{eqnarray})") == "a = b = c, d < e");
  CHECK(plain_text(R"(\begin{cases} a & b \\ c & d \end{cases})") == R"(\begin{cases} a & b \\ c & d \end{cases})");
}

TEST_CASE("environments: those that are no math, not understood or never ended keep their line breaks") {
  for (const std::string tex : {R"(\begin{tabular}{cc} a & b \\ c & d \end{tabular})", R"(\begin{align} a \\ b)",
                                R"(\begin{align} \foo \\ b \end{align})"}) {
    INFO(tex);
    CHECK(plain_text(tex) == tex);
    CHECK(seen(tex) == tex);
    CHECK(visible(rendered(markdown(tex))).find("\\\\") != std::string::npos);
  }
  CHECK(plain_text(R"(one.\\ Two \begin{x} a \\ b \end{x}.\\ Three)") == R"(one. Two \begin{x} a \\ b \end{x}. Three)");
}

TEST_CASE("math: fractions of a whole group, lines, tags, lengths and quantities of siunitx are understood") {
  CHECK(html(R"($1-{1 \over n}$)") == "<math><mn>1</mn><mo>−</mo><mfrac><mn>1</mn><mi>n</mi></mfrac></math>");
  CHECK(html(R"($n\choose k$)") ==
        "<math><mrow><mo>(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow></math>");
  CHECK(seen(R"($a \\ b$)") == "ab");
  CHECK(seen(R"($\\omega$)") == R"($\\omega$)");
  CHECK(seen(R"($a \tag{1}$)") == "a(1)");
  CHECK(seen(R"($E\mkern-2mu L$)") == "EL");
  CHECK(seen(R"($t=\SI{5}{\milli\second}$)") == "t=5ms");
}
