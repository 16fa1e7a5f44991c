#include "support/catch.h"
#include "tex/tex.h"

using daybook::html;

TEST_CASE("HTML: text is escaped and nothing between angle brackets is lost", "[tex]") {
  CHECK(html("a <b> & \"c\" 'd' <script>") == "a &lt;b&gt; &amp; &quot;c&quot; 'd' &lt;script&gt;");
  CHECK(html("\\emph{x} \\& <y>") == "x &amp; &lt;y&gt;");
}

TEST_CASE("HTML: characters that XML or HTML refuse become replacement characters", "[tex]") {
  CHECK(html(std::string("a\0b\x01\x7F\xC2\x85\xEF\xBF\xBE.", 11)) == "a\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFD.");
  CHECK(html("\xFF\xC3") == "\uFFFD\uFFFD");
  CHECK(html("\u00A0\uFFFD\uF000") == "\u00A0\uFFFD\uF000");
}

TEST_CASE("HTML: math becomes MathML", "[tex]") {
  CHECK(html("$x_i^2$") == "<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>");
  CHECK(html("$\\frac{1}{n}$") == "<math><mfrac><mn>1</mn><mi>n</mi></mfrac></math>");
  CHECK(html("$\\mathbb{R}^{d}$") == "<math><msup><mi>ℝ</mi><mi>d</mi></msup></math>");
  CHECK(html("$$a$$") == "<math display=\"block\"><mi>a</mi></math>");
  CHECK(html("$a<b$") == "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>");
  CHECK(html("$n\\log n$") ==
        "<math><mi>n</mi><mspace width=\"0.1667em\"/><mi>log</mi><mspace width=\"0.1667em\"/><mi>n</mi></math>");
  CHECK(html("$(-1, 0.5)$") ==
        "<math><mo>(</mo><mo form=\"prefix\">−</mo><mn>1</mn><mo>,</mo><mn>0.5</mn><mo>)</mo></math>");
}

TEST_CASE("HTML: math alphabets are Unicode's letters, not mathvariant", "[tex]") {
  CHECK(html("$\\mathcal{L}\\mathbf{x}\\bm{\\theta}\\mathfrak{g}$") ==
        "<math><mi>ℒ</mi><mi>𝐱</mi><mi>𝛉</mi><mi>𝔤</mi></math>");
  CHECK(html("${\\cal O}$") == "<math><mi>𝒪</mi></math>");
  CHECK(html("$\\mathrm{d}\\mathrm{Adv}$") == "<math><mi mathvariant=\"normal\">d</mi><mi>Adv</mi></math>");
}

TEST_CASE("HTML: structures of math keep their parts in MathML's order", "[tex]") {
  CHECK(html("$\\sqrt[3]{x}$") == "<math><mroot><mi>x</mi><mn>3</mn></mroot></math>");
  CHECK(html("$\\sum_{i=1}^n$") ==
        "<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover></math>");
  CHECK(html("$\\left( x \\right]$") ==
        "<math><mrow><mo stretchy=\"true\">(</mo><mi>x</mi><mo stretchy=\"true\">]</mo></mrow></math>");
  CHECK(html("$\\hat{x}'$") ==
        "<math><msup><mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">^</mo></mover><mo>′</mo></msup></math>");
  CHECK(html("$^{*}$") == "<math><msup><mrow></mrow><mo>∗</mo></msup></math>");
  CHECK(html("$\\text{if } x$") == "<math><mtext>if\u00A0</mtext><mi>x</mi></math>");
  CHECK(html("$\\overset{a}{b}$") == "<math><mover><mi>b</mi><mi>a</mi></mover></math>");
  CHECK(html("$\\not\\in$") == "<math><mo>∉</mo></math>");
  CHECK(html("$\\not\\to$") == "<math><mo>→\u0338</mo></math>");
  CHECK(html("$\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$") ==
        "<math><mrow><mo stretchy=\"true\">(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
        "<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo stretchy=\"true\">)</mo></mrow></math>");
}

TEST_CASE("HTML: math that is not understood is shown as its source", "[tex]") {
  CHECK(html("$\\foo<1$") == "<code class=\"tex\">$\\foo&lt;1$</code>");
  CHECK(html("$$\\frac{1}$$") == "<code class=\"tex\">$$\\frac{1}$$</code>");
  CHECK(html("$x_a_b$") == "<code class=\"tex\">$x_a_b$</code>");
  CHECK(html("$\\left(x$") == "<code class=\"tex\">$\\left(x$</code>");
  CHECK(html("$\\left\u4E2D x\\right)$") == "<code class=\"tex\">$\\left\u4E2D x\\right)$</code>");
  const std::string deep = "$" + std::string(100, '{') + "x" + std::string(100, '}') + "$";
  CHECK(html(deep) == "<code class=\"tex\">" + deep + "</code>");
}

TEST_CASE("HTML: it is appended to what is there", "[tex]") {
  std::string out = "<p>";
  daybook::append_html(out, "a & b");
  CHECK(out == "<p>a &amp; b");
}

TEST_CASE("HTML: a megabyte of abstracts becomes HTML", "[tex][!benchmark]") {
  std::string abstract =
      "We study the problem of state-of-the-art inference -- that is, of G{\\\"o}del's numbers -- with a rate of "
      "$O(n \\log n)$ and a gain of 3.1\\% over \\emph{the} baseline, ``as expected''. ";
  for (int i = 0; i < 10; ++i)
    abstract += "It is a long sentence of ordinary words, with a comma and a full stop at its end. ";
  std::string out;
  BENCHMARK("append_html of 1 MB") {
    out.clear();
    for (std::size_t bytes = 0; bytes < 1000000; bytes += abstract.size()) daybook::append_html(out, abstract);
    return out.size();
  };
}
