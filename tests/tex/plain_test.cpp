#include "support/catch.h"
#include "tex/tex.h"

using daybook::plain_text;

TEST_CASE("plain text: math that Unicode can say is said in Unicode", "[tex]") {
  CHECK(plain_text("$\\alpha$, $n^2$, $H_0$, $k$-means") == "α, n², H₀, k-means");
  CHECK(plain_text("$\\mathcal{O}(n \\log n)$ in $\\mathbb{R}^d$") == "𝒪(n log n) in ℝᵈ");
  CHECK(plain_text("$\\ell_1$ at $10^{-3}$, $5\\times$, $<10\\%$") == "ℓ₁ at 10⁻³, 5×, <10%");
  CHECK(plain_text("$\\sqrt{n}$, $\\frac{1}{2}$, $\\hat{x}$, $\\tilde{n}$, $x'$") == "√n, 1/2, x\u0302, ñ, x′");
  CHECK(plain_text("$\\frac{a+b}{2}$, $\\sqrt{a+b}$, $\\text{FMT}^*$") == "(a+b)/2, √(a+b), FMT*");
}

TEST_CASE("plain text: math that Unicode cannot say, or not without doubt, keeps its source", "[tex]") {
  for (const std::string math :
       {"$W_{q,k}$", "$x^{q}$", "$\\foo$", "$\\sqrt{n}d$", "$\\sqrt[3]{x}$", "$\\begin{x}$", "$a&b$"}) {
    CHECK(plain_text(math) == math);
  }
  CHECK(plain_text("\\[ \\sum_{i=1}^q \\]") == "$\\sum_{i=1}^q$");
}

TEST_CASE("plain text: ties are blanks in plain text", "[tex]") {
  CHECK(plain_text("Figure~1 -- \\'e") == "Figure 1 – é");
}

TEST_CASE("plain text: a fraction behind a number is no other number", "[tex]") {
  CHECK(plain_text("A 2$\\frac{1}{2}$D view, 3\\frac{7}{8} and $1\\frac12$") == "A 2½D view, 3⅞ and 1½");
  CHECK(plain_text("2$\\frac{3}{16}$ inch, $2\\tfrac{3}{16}$, $2{\\frac12}$, $2\\mathbf{\\frac{3}{7}}$") ==
        "2 3/16 inch, 2 3/16, 2½, 2 3/7");
  CHECK(plain_text("2\\frac{1}{2}D, $\\frac{1}{2}$D, spin-$\\frac12$, $\\nicefrac{1}{2}$, $\\frac{1}{2}x$") ==
        "2½D, ½D, spin-1/2, 1/2, ½x");
  CHECK(plain_text("$\\frac{1}{2}$3, $\\frac{1}{2}3$, ${\\frac{1}{2}}3$") == "(1/2)3, (1/2)3, (1/2)3");
  CHECK(plain_text("x$\\frac{a}{b}$c, $\\frac{a}{b}$-c") == "x(a/b)c, a/b-c");
  CHECK(plain_text("2$\\frac{3}{16}$7") == "2$\\frac{3}{16}$7");
}

TEST_CASE("plain text: scripts and roots beside a number are no other number", "[tex]") {
  CHECK(plain_text("10$^{5}$, 10$^5$, $10^{56}$, $10^56$, x$_{10}$, $x_{10}$") == "10⁵, 10⁵, 10⁵⁶, 10⁵6, x₁₀, x₁₀");
  CHECK(plain_text("GPT-4$^\\dagger$") == "GPT-4†");
  CHECK(plain_text("$\\sqrt{2}$3, $\\sqrt{2}3$, $\\sqrt{2}$n, $\\sqrt{2}$") ==
        "$\\sqrt{2}$3, $\\sqrt{2}3$, $\\sqrt{2}$n, √2");
  CHECK(plain_text("$1\\over 2$, $2{1\\over 2}$, $2^{1/2}$") == "$1\\over 2$, $2{1\\over 2}$, $2^{1/2}$");
  CHECK(
      plain_text("10\\textsuperscript{5}, 10\\textsuperscript{5,6}, 10\\textsuperscript{5/6}, a\\textsuperscript{Q}") ==
      "10⁵, 10⁵,⁶, 10^(5/6), aQ");
}
