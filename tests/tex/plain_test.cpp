#include "support/catch.h"
#include "tex/tex.h"

using daybook::plain_text;

TEST_CASE("math that Unicode can say is said in Unicode") {
  CHECK(plain_text("$\\alpha$, $n^2$, $H_0$, $k$-means") == "α, n², H₀, k-means");
  CHECK(plain_text("$\\mathcal{O}(n \\log n)$ in $\\mathbb{R}^d$") == "𝒪(n log n) in ℝᵈ");
  CHECK(plain_text("$\\ell_1$ at $10^{-3}$, $5\\times$, $<10\\%$") == "ℓ₁ at 10⁻³, 5×, <10%");
  CHECK(plain_text("$\\sqrt{n}$, $\\frac{1}{2}$, $\\hat{x}$, $\\tilde{n}$, $x'$") == "√n, 1/2, x\u0302, ñ, x′");
  CHECK(plain_text("$\\frac{a+b}{2}$, $\\sqrt{a+b}$, $\\text{FMT}^*$") == "(a+b)/2, √(a+b), FMT*");
}

TEST_CASE("math that Unicode cannot say, or not without doubt, keeps its source") {
  for (const std::string math :
       {"$W_{q,k}$", "$x^{q}$", "$\\foo$", "$\\sqrt{n}d$", "$\\sqrt[3]{x}$", "$\\begin{x}$", "$a&b$"}) {
    CHECK(plain_text(math) == math);
  }
  CHECK(plain_text("\\[ \\sum_{i=1}^q \\]") == "$\\sum_{i=1}^q$");
}

TEST_CASE("ties are blanks in plain text") { CHECK(plain_text("Figure~1 -- \\'e") == "Figure 1 – é"); }
