// Where formulas begin and end: braces nest, environments are formulas, and money is neither.
#include <algorithm>
#include <utility>
#include <vector>

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

TEST_CASE("math: a dollar sign in the braces of a text command does not end the formula", "[tex]") {
  CHECK(runs(R"(a $x_{\text{if $k>1$}}$ b)") ==
        std::vector<Run>{text("a "), math(R"(x_{\text{if $k>1$}})"), text(" b")});
  CHECK(runs(R"($(\text{C$\rightarrow$Y})$)") == std::vector<Run>{math(R"((\text{C$\rightarrow$Y}))")});
  CHECK(runs(R"(\(\text{a \(b\) c}_1\) d)") == std::vector<Run>{math(R"(\text{a \(b\) c}_1)"), text(" d")});
  CHECK(runs(R"(\[\mbox{for $n$} < 1\])") == std::vector<Run>{math(R"(\mbox{for $n$} < 1)")});
  CHECK(runs(R"($$\text{$a$}^2$$)") == std::vector<Run>{math(R"(\text{$a$}^2)")});
  CHECK(runs(R"($\text{\$5}_1$)") == std::vector<Run>{math(R"(\text{\$5}_1)")});
}

TEST_CASE("math: text with math in it is text where the formula has nothing else", "[tex]") {
  CHECK(plain_text(R"(at $\textbf{2.5$\times$ lower cost}$, or)") == "at 2.5× lower cost, or");
  CHECK(html(R"(at $\textbf{2.5$\times$ lower}$)") ==
        "at 2.5\u2060<math><mo lspace=\"0\" rspace=\"0\">×</mo></math> lower");
  CHECK(plain_text(R"($\textbf{$\mathcal{BC}$-Evo}$ and $\text{a}_b$)") == "ℬ𝒞-Evo and $\\text{a}_b$");
}

TEST_CASE("math: math in text in math is shown, by every writer without stray dollar signs", "[tex]") {
  for (const std::string tex : {R"(the relation ($\text{C$\to$Y}$))", R"(the relation (${\texttt{C$\to$Y}}$))",
                                R"(the relation $(\text{C$\to$Y})$)", R"(the relation (${\bf C$\to$Y}$))"}) {
    INFO(tex);
    CHECK(plain_text(tex) == "the relation (C→Y)");
    CHECK(seen(tex).find('$') == std::string::npos);
    CHECK(html(tex).find("class=\"tex\"") == std::string::npos);
  }
  CHECK(seen(R"($x_{\text{if $k>1$}}$)") == "xif\u00A0k>1");
  CHECK(markdown(R"($x_{\text{if $k>1$}}$)") == R"($`x_{\text{if }k>1}`$)");
  CHECK(markdown(R"(${\bf A$\to$B}_{q}$)") == R"($`{\bf A\to B}_{q}`$)");
  CHECK(plain_text(R"($x_{\text{if $k>1$}}$)") == "x_{if k>1}");
}

TEST_CASE("math: a dollar sign in any braces does not end the formula", "[tex]") {
  const std::vector<std::pair<std::string, std::string>> formulas = {
      {R"($\textcolor{red}{2$\times$ x}$)", "2× x"},
      {R"($\color{red}{2$\times$}$)", "2×"},
      {R"($\color[rgb]{1,0,0}{2$\times$}$)", "2×"},
      {R"($\colorbox{red}{$x$}$)", "x"},
      {R"($\fcolorbox{red}{blue}{a $x$}$)", "a x"},
      {R"($x^{$y$}$)", "xʸ"},
      {R"($\frac{$a$}{$b$}$)", "a/b"},
      {R"($\fbox{$x$}$)", "x"},
      {R"($\boxed{\text{$x$}}$)", "x"},
      {R"($\bar{$x$}_1$)", "x̄₁"},
      {R"(a $\textsuperscript{b $\dagger$}$)", "a ^{b †}"},
      {R"($x_{\text{a}_{\text{b $c_{\text{d $e$}}$}}}$)", "x_{a_{b c_{d e}}}"}};
  for (const auto& [tex, plain] : formulas) {
    INFO(tex);
    CHECK(plain_text(tex) == plain);
    CHECK(html(tex).find("class=\"tex\"") == std::string::npos);
    CHECK(seen(tex).find('$') == std::string::npos);
    const std::string written = markdown(tex);
    CHECK(std::count(written.begin(), written.end(), '$') == 2);
    CHECK(written.find("\\$") == std::string::npos);
  }
}

TEST_CASE("math: text in text in math is written as math outside of both", "[tex]") {
  CHECK(markdown(R"($x_{\text{if $k_{\text{max $n$}}>1$}}$)") == R"($`x_{\text{if }k_{\text{max }n}>1}`$)");
  CHECK(markdown(R"($a^{\text{for $x_1$, 5\%}}$)") == R"($`a^{\text{for }x_1\text{, 5\%}}`$)");
  CHECK(markdown(R"($x \tag{$\ast$}$)") == R"($`x \qquad{\ast}`$)");
  CHECK(seen(R"($x \tag{$\ast$}$)") == "x(∗)");
}

TEST_CASE("math: plain text of a formula with math in its braces has no source that its author did not write",
          "[tex]") {
  CHECK(plain_text(R"($\underset{\text{for $i$}}{\max}$)") == "max_{for i}");
  CHECK(plain_text(R"($x \tag{$\ast$}$)") == "x (∗)");
  CHECK(plain_text(R"(\begin{align} a &= \text{if $b_{xy}$} \end{align})") == "a = if b_{xy}");
  CHECK(plain_text(R"($\xrightarrow{\text{for $i$}}$)") == R"($\xrightarrow{\text{for $i$}}$)");
}

TEST_CASE("math: a script of the text before is plain where GitHub shows no formula", "[tex]") {
  CHECK(plain_text(R"(C$^\ast$-algebra)") == "C*-algebra");
  CHECK(markdown(R"(C$^\ast$-algebra)") == "C*-algebra");
  CHECK(plain_text("L$^{p,q}$-norm") == "L^{p,q}-norm");
  CHECK(markdown("L$^{p,q}$-norm") == "L^{p,q}-norm");
  CHECK(plain_text(R"($a^\ast b$ and $^{p,q}$)") == R"($a^\ast b$ and $^{p,q}$)");
}

TEST_CASE("math: a digit with a bar does not join the number before it", "[tex]") {
  CHECK(plain_text(R"(5$\overline{3}$ and P$\bar{4}$3m)") == R"(5$\overline{3}$ and P4̄3m)");
}

TEST_CASE("math: operatornamewithlimits is operatorname*", "[tex]") {
  CHECK(html(R"($$\operatornamewithlimits{argmax}_x f$$)") == html(R"($$\operatorname*{argmax}_x f$$)"));
  CHECK(markdown(R"($\operatornamewithlimits{argmax}_x f$)") == markdown(R"($\operatorname*{argmax}_x f$)"));
  CHECK(plain_text(R"($\operatornamewithlimits{max} f$)") == "max f");
}

TEST_CASE("math: braces without a partner and sums of money in braces hide nothing", "[tex]") {
  CHECK(runs("costs $5 {and $n$ of $7") == std::vector<Run>{text("costs $5 {and "), math("n"), text(" of $7")});
  CHECK(runs("costs $5 {and $6} and $n$") == std::vector<Run>{text("costs $5 {and $6} and "), math("n")});
  CHECK(runs("{costs $5} and {$6}, $n$") == std::vector<Run>{text("{costs $5} and {$6}, "), math("n")});
  CHECK(runs(R"(\emph{costs $5 and $n$} for $6)") ==
        std::vector<Run>{text("costs $5 and "), math("n"), text(" for $6")});
  CHECK(runs("pay $5 {for $x^2$}, $6") == std::vector<Run>{text("pay $5 {for "), math("x^2"), text("}, $6")});
  CHECK(runs("costs $5 {per $n_1$} and $6") == std::vector<Run>{text("costs $5 {per "), math("n_1"), text("} and $6")});
  CHECK(runs("a } $n$ and { $m$") == std::vector<Run>{text("a } "), math("n"), text(" and { "), math("m")});
  CHECK(runs(R"(US$ \textbf{for $x_1$ only} and US$)") ==
        std::vector<Run>{text("US$ for "), math("x_1"), text(" only and US$")});
}

TEST_CASE("environments: those of math are formulas, with their rows", "[tex]") {
  const std::string align = R"(\begin{align} a &= b \\ c &= d \end{align})";
  CHECK(runs("so " + align + " fast") == std::vector<Run>{text("so "), math(align), text(" fast")});
  CHECK(html(align) ==
        "<math display=\"block\"><mrow><mtable columnalign=\"right left\" displaystyle=\"true\">"
        "<mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr>"
        "<mtr><mtd><mi>c</mi></mtd><mtd><mo>=</mo><mi>d</mi></mtd></mtr></mtable></mrow></math>");
  CHECK(plain_text(align) == "a = b; c = d");
  CHECK(markdown(align) == R"($`\begin{aligned} a &= b \\ c &= d \end{aligned}`$)");
}

TEST_CASE("environments: all kinds of LaTeX's and amsmath's math are known", "[tex]") {
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

TEST_CASE("environments: subequations are the formulas in them", "[tex]") {
  const std::string align = R"(\begin{align} a &= b \end{align})";
  CHECK(runs(R"(so \begin{subequations}\label{eq:x} )" + align + R"( \end{subequations} fast)") ==
        std::vector<Run>{text("so "), math(align), text(" fast")});
  CHECK(plain_text(R"(\begin{subequations} \end{subequations} x)") == " x");
}

TEST_CASE("environments: in plain text lines are joined, and labels and alignment go", "[tex]") {
  CHECK(plain_text(R"(\begin{equation} E = mc^2 \label{eq:e} \end{equation})") == "E = mc²");
  CHECK(plain_text(R"(\begin{eqnarray} a &=& b \nonumber \\ &=& c, \\ d &<& e \end{eqnarray})") == "a = b = c, d < e");
  CHECK(plain_text(R"(\begin{cases} a & b \\ c & d \end{cases})") == R"(\begin{cases} a & b \\ c & d \end{cases})");
}

TEST_CASE("environments: those that are no math, not understood or never ended keep their line breaks", "[tex]") {
  for (const std::string tex : {R"(\begin{tabular}{cc} a & b \\ c & d \end{tabular})", R"(\begin{align} a \\ b)",
                                R"(\begin{align} \foo \\ b \end{align})"}) {
    INFO(tex);
    CHECK(plain_text(tex) == tex);
    CHECK(seen(tex) == tex);
    CHECK(visible(rendered(markdown(tex))).find("\\\\") != std::string::npos);
  }
  CHECK(plain_text(R"(one.\\ Two \begin{x} a \\ b \end{x}.\\ Three)") == R"(one. Two \begin{x} a \\ b \end{x}. Three)");
}

TEST_CASE("math: fractions of a whole group, lines, tags, lengths and quantities of siunitx are understood", "[tex]") {
  CHECK(html(R"($1-{1 \over n}$)") == "<math><mn>1</mn><mo>−</mo><mfrac><mn>1</mn><mi>n</mi></mfrac></math>");
  CHECK(html(R"($n\choose k$)") ==
        "<math><mrow><mo>(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow></math>");
  CHECK(seen(R"($a \\ b$)") == "ab");
  CHECK(seen(R"($\\omega$)") == R"($\\omega$)");
  CHECK(seen(R"($a \tag{1}$)") == "a(1)");
  CHECK(seen(R"($E\mkern-2mu L$)") == "EL");
  CHECK(seen(R"($t=\SI{5}{\milli\second}$)") == "t=5ms");
}
