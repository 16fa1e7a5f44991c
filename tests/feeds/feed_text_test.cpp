#include "feeds/feed_text.h"
#include "support/catch.h"

using daybook::linear_text;
using daybook::simple_html;

namespace {

struct Said {
  const char* tex;
  const char* linear;
  const char* html;
};

}  // namespace

TEST_CASE("feed text: math is said without TeX, in one line and as simple HTML", "[tex]") {
  static const Said table[] = {
      {"$n^2$ in $x_2$", "n² in x₂", "<i>n</i><sup>2</sup> in <i>x</i><sub>2</sub>"},
      {"2$\\frac{1}{2}$D, $2\\frac{3}{16}$", "2½D, 2 3/16", "2½D, 2 3/16"},
      {"2$\\frac{3}{16}$7", "2 (3/16)7", "2 (3/16)7"},
      {"$x^{n+q}$", "x^(n+q)", "<i>x</i><sup><i>n</i>+<i>q</i></sup>"},
      {"$W_{q,k}$, $N_{\\text{eff}}$, $\\mathbb{R}^\\ell$", "W_(q,k), N_eff, ℝ^ℓ",
       "<i>W</i><sub><i>q</i>,<i>k</i></sub>, <i>N</i><sub>eff</sub>, ℝ<sup>ℓ</sup>"},
      {"$O(\\frac{\\sqrt{d}}{K^{1/4}})$", "O(√d/(K^(1/4)))", "<i>O</i>(√<i>d</i>/(<i>K</i><sup>1/4</sup>))"},
      {"a$\\unicode{x2013}$b, $\\unicode{8212}$", "a–b, —", "a–b, —"},
      {"$a<b$ & $\\hat{x}$", "a<b & x̂", "<i>a</i>&lt;<i>b</i> &amp; x̂"},
      {"$\\binom{n}{k}$, $\\norm{x}$, $\\sqrt[3]{x}$", "(n choose k), ‖x‖, ³√x",
       "(<i>n</i> choose <i>k</i>), ‖<i>x</i>‖, <sup>3</sup>√<i>x</i>"},
      {"$\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}$", "a b ; c d ", "<i>a</i> <i>b</i> ; <i>c</i> <i>d</i> "},
      {"$1\\over 2$", "1/2", "1/2"},
  };
  for (const auto& [tex, linear, html] : table) {
    INFO(tex);
    CHECK(linear_text(tex) == linear);
    CHECK(simple_html(tex) == html);
  }
}

TEST_CASE("feed text: what is left of TeX in running text is said too", "[tex]") {
  static const Said table[] = {
      {"10^{100} at O(n^{2/3}), CO_{2}", "10¹⁰⁰ at O(n^(2/3)), CO₂",
       "10<sup>100</sup> at O(n<sup>2/3</sup>), CO<sub>2</sub>"},
      {"We call it \\ours{}, \\new{these words} and \\ours-7B", "We call it ours, these words and ours-7B",
       "We call it ours, these words and ours-7B"},
      {"$\\cO(L)$ and $\\foo{x}$", "cO(L) and foox", "cO(<i>L</i>) and foox"},
      {"snake_case, {0,1}^n, a \\n b", "snake_case, {0,1}^n, a \\n b", "snake_case, {0,1}^n, a \\n b"},
      {"costs $5 and $10", "costs $5 and $10", "costs $5 and $10"},
      {"a\1b < c", "ab < c", "ab &lt; c"},
  };
  for (const auto& [tex, linear, html] : table) {
    INFO(tex);
    CHECK(linear_text(tex) == linear);
    CHECK(simple_html(tex) == html);
  }
}

TEST_CASE("feed text: no formula is too broken to be said", "[tex]") {
  for (const char* tex : {"$x^$",
                          "$\\frac{a}$",
                          "$\\unicode{zz}$",
                          "$\\left( \\begin{x} a$",
                          "$\\text{a \\emph{b} {c}}$",
                          "$\\sqrt[$",
                          "$\\end$",
                          "$\\end{$",
                          "$x_$",
                          "$\\hat$",
                          "$a^{b^{c^{d}}}$",
                          "\\begin{align} a",
                          "^{",
                          "_{}",
                          "\\",
                          "x^{\\foo}",
                          "$\\textcolor{$",
                          "$\\tag{1$",
                          "$\\sqrt[3$",
                          "$\\unicode{}$"}) {
    INFO(tex);
    CHECK(linear_text(tex).find("\\frac") == std::string::npos);
    CHECK(simple_html(tex).find('\1') == std::string::npos);
  }
}
