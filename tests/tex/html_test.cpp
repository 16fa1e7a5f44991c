#include <string>
#include <utility>

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
        "<math><mo stretchy=\"false\">(</mo><mo form=\"prefix\">−</mo><mn>1</mn><mo>,</mo><mn>0.5</mn>"
        "<mo stretchy=\"false\">)</mo></math>");
}

TEST_CASE("HTML: math alphabets are Unicode's letters, not mathvariant", "[tex]") {
  CHECK(html("$\\mathcal{L}\\mathbf{x}\\bm{\\theta}\\mathfrak{g}$") ==
        "<math><mi>ℒ</mi><mi>𝐱</mi><mi>𝜽</mi><mi>𝔤</mi></math>");
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
        "<math><msup><mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">ˆ</mo></mover><mo>′</mo></msup></math>");
  CHECK(html("$^{*}$") == "<math><msup><mrow></mrow><mo>∗</mo></msup></math>");
  CHECK(html("$\\text{if } x$") == "<math><mtext>if\u00A0</mtext><mi>x</mi></math>");
  CHECK(html("$\\overset{a}{b}$") == "<math><mover><mi>b</mi><mi>a</mi></mover></math>");
  CHECK(html("$\\not\\in$") == "<math><mo lspace=\"0\" rspace=\"0\">∉</mo></math>");
  CHECK(html("$\\not\\to$") == "<math><mo lspace=\"0\" rspace=\"0\">→\u0338</mo></math>");
  CHECK(html("$\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$") ==
        "<math><mrow><mo stretchy=\"true\">(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
        "<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo stretchy=\"true\">)</mo></mrow></math>");
}

TEST_CASE("HTML: math is spaced and slanted as TeX has it", "[tex]") {
  // What stands for ' lspace="0" rspace="0"' and for ' mathvariant="normal"'.
  const auto math = [](std::string markup) {
    const std::pair<std::string, std::string> marks[] = {{"<mo/>", "<mo lspace=\"0\" rspace=\"0\">"},
                                                         {"<mi/>", "<mi mathvariant=\"normal\">"}};
    for (const auto& [mark, written] : marks) {
      for (auto at = markup.find(mark); at != std::string::npos; at = markup.find(mark)) {
        markup.replace(at, mark.size(), written);
      }
    }
    return "<math>" + markup + "</math>";
  };
  const std::pair<const char*, const char*> cases[] = {
      {"\\Gamma\\nabla \\varGamma\\gamma", "<mi/>Γ</mi><mi/>∇</mi><mi>Γ</mi><mi>γ</mi>"},
      {"Γ\\mathrm d\\mathbf{\\Gamma}", "<mi/>Γ</mi><mi/>d</mi><mi>𝚪</mi>"},
      {"\\bm{x}\\boldsymbol{\\Sigma\\nabla}\\mathbf x", "<mi>𝒙</mi><mrow><mi>𝚺</mi><mi>𝛁</mi></mrow><mi>𝐱</mi>"},
      {"4\\times", "<mn>4</mn><mo/>×</mo>"},
      {"\\times", "<mo/>×</mo>"},
      {"\\times 4", "<mo/>×</mo><mn>4</mn>"},
      {"2\\times3", "<mn>2</mn><mo>×</mo><mn>3</mn>"},
      {"2\\times,3\\times=a", "<mn>2</mn><mo/>×</mo><mo>,</mo><mn>3</mn><mo/>×</mo><mo>=</mo><mi>a</mi>"},
      {"-1<+2", "<mo>−</mo><mn>1</mn><mo>&lt;</mo><mo form=\"prefix\">+</mo><mn>2</mn>"},
      {"x^{*}+x^{+}", "<msup><mi>x</mi><mo>∗</mo></msup><mo>+</mo><msup><mi>x</mi><mo>+</mo></msup>"},
      {"a/b", "<mi>a</mi><mo/>/</mo><mi>b</mi>"},
      {"a:=b", "<mi>a</mi><mo>:=</mo><mi>b</mi>"},
      {"a:b", "<mi>a</mi><mo lspace=\"0.2222em\" rspace=\"0.2222em\">:</mo><mi>b</mi>"},
      {"a\\colon b", "<mi>a</mi><mo>:</mo><mi>b</mi>"},
      {"10{,}000", "<mn>10,000</mn>"},
      {"f(x)^2",
       "<mi>f</mi><mo stretchy=\"false\">(</mo><mi>x</mi><msup><mo stretchy=\"false\">)</mo><mn>2</mn></msup>"},
      {"\\vec v", "<mover><mi>v</mi><mo stretchy=\"false\">→</mo></mover>"},
  };
  for (const auto& [tex, markup] : cases) {
    INFO(tex);
    CHECK(html("$" + std::string(tex) + "$") == math(markup));
  }
}

TEST_CASE("HTML: no line breaks between a formula and what is beside it without a blank", "[tex]") {
  const std::string x = "<math><mi>x</mi></math>";
  const auto glued = [&](const std::string& behind) { return "<span class=\"nb\">" + x + behind + "</span>"; };
  const std::pair<const char*, std::string> cases[] = {
      {"a $x$ b", "a " + x + " b"},
      {"a $x$. b", "a " + glued(".") + " b"},
      {"($x$), b", "(\u2060" + glued("),") + " b"},
      {"top-$x$, $x$-means and $x$th", "top-\u2060" + glued(",") + " " + glued("-") + "means and " + glued("th")},
      {"``$x$'' $x$--$x$", "“\u2060" + glued("”") + " " + glued("–") + "\u2060" + x},
      {"$x$~b $x$\u4E2D", x + "\u00A0b " + x + "\u4E2D"},
      {"$x$<b", x + "&lt;b"},
      {"$\\foo$.", "<code class=\"tex\">$\\foo$</code>."},
  };
  for (const auto& [tex, expected] : cases) {
    INFO(tex);
    CHECK(html(tex) == expected);
  }
}

TEST_CASE("HTML: a long formula of a paragraph scrolls in a box that takes the focus", "[tex]") {
  std::string sum = "a";
  for (int i = 0; i < 20; ++i) sum += "+a";
  const std::string plain = html("$" + sum + "$");
  const std::string box = "<span class=\"formula\" tabindex=\"0\" role=\"group\" aria-label=\"formula, scrolls\">";
  CHECK(daybook::html_paragraph("so $" + sum + "$, b") == "so " + box + plain + "</span>, b");
  CHECK(html("$" + sum + "$, b").find(box) == std::string::npos);
  CHECK(daybook::html_paragraph("$a+b$") == html("$a+b$"));
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
