#include "site/links.h"

#include "core/escape.h"
#include "site/markdown_page.h"
#include "site/prose.h"
#include "support/catch.h"
#include "tex/tex.h"

using namespace daybook;

namespace {

SiteSettings site_at(const std::string& url) {
  SiteSettings site;
  site.url = url;
  return site;
}

}  // namespace

TEST_CASE("links: a day has its folder, and every folder its way back to the root", "[site]") {
  CHECK(day_path(*Date::from_parts(2099, 1, 5)) == "2099/01/05/");
  CHECK(root_from("2099/01/05/") == "../../../");
  CHECK(root_from("archive/") == "../");
  CHECK(root_from("") == "./");
}

TEST_CASE("links: an old id makes an anchor without a slash", "[site]") {
  CHECK(anchor("9901.00001") == "p9901.00001");
  CHECK(anchor("hep-th/9901001") == "phep-th_9901001");
}

TEST_CASE("links: a permanent id is made of the site's host and path, without its port, in lower case", "[site]") {
  CHECK(tag_uri(site_at("https://Owner.GitHub.io/daybook/"), "papers/9901.00001") ==
        "tag:owner.github.io,2026:/daybook/papers/9901.00001");
  CHECK(tag_uri(site_at("http://127.0.0.1:8000/"), "days/2099-01-05") == "tag:127.0.0.1,2026:/days/2099-01-05");
}

TEST_CASE("links: an answer to a paper is the issue form with a line filled in, where there is a form", "[site]") {
  const std::string form = "https://github.com/ada/papers/issues/new?template=feedback.yml";
  CHECK(like_url(form, "9901.00001") == form + "&papers=%2B+9901.00001");
  CHECK(dislike_url(form, "hep-th/9901001") == form + "&papers=-+hep-th/9901001");
  CHECK(forget_url(form, "9901.00001") == form + "&papers=forget+9901.00001");
  CHECK(like_url("", "9901.00001").empty());
}

TEST_CASE("links: money is told in cents, and in less where cents would say nothing", "[site]") {
  CHECK(money(0.22) == "$0.22");
  CHECK(money(12) == "$12.00");
  CHECK(money(0.0042) == "$0.0042");
  CHECK(money(0) == "$0.00");
  CHECK(money(1.605) == "$1.61");
}

TEST_CASE("links: a heading's anchor is what GitHub makes of it", "[site]") {
  CHECK(heading_slug("1. What $5 & $10 Buy: C++ / C#") == "1-what-5--10-buy-c--c");
  CHECK(heading_slug("3. Über-Netze — größer_als x² …") == "3-über-netze--größer_als-x-");
  CHECK(heading_slug("5. R³Mem, H₂O, 2½D and xⁿ in ℝᵈ") == "5-rmem-ho-2d-and-xⁿ-in-ℝᵈ");
  CHECK(heading_slug("4. ΑΒΓ Жук 山田 \xF0\x9F\x98\x80!") == "4-αβγ-жук-山田-");
}

TEST_CASE("links: what XML forbids is replaced, what it needs escaped is escaped", "[site]") {
  std::string out;
  append_escaped(out, "a\x01<b>&\"c\"\n");
  CHECK(out == "a\xEF\xBF\xBD&lt;b&gt;&amp;&quot;c&quot;\n");
  CHECK(xml_allowed("a\x0B<\t") == "a\xEF\xBF\xBD<\t");
}

TEST_CASE("prose: an address that leads elsewhere than it looks is no link, its text stays", "[site]") {
  CHECK(prose_html("[*arXiv*](https://arxiv.org@evil.example/) and https://a:b@evil.example/x\n", 0) ==
        "<p><em>arXiv</em> and https://a:b@evil.example/x</p>\n");
  CHECK(prose_html("me@example.org, https://example.org/@me\n", 0) ==
        "<p><a href=\"mailto:me@example.org\">me@example.org</a>, <a "
        "href=\"https://example.org/@me\">https://example.org/@me</a></p>\n");
}

TEST_CASE("prose: math between dollar signs is MathML, money and code stay", "[site]") {
  const auto paragraph = [](const std::string& inner) { return "<p>" + inner + "</p>\n"; };
  CHECK(prose_html("With $a_1*b*c_2 < 1$ it's **$\\{x\\}$**.\n", 0) ==
        paragraph("With " + html("$a_1*b*c_2 < 1$") + " it’s <strong>" + html("$\\{x\\}$") + "</strong>."));
  CHECK(prose_html("$$\nx^2 \\\\\n- y\n$$\n", 0) == paragraph(html("$$\nx^2 \\\\\n- y\n$$")));
  CHECK(html("$$x$$").find("<math display=\"block\">") == 0);
  CHECK(prose_html("| $|x|$ | b |\n| - | - |\n", 0).find("<th>" + html("$|x|$") + "</th>\n<th>b</th>") !=
        std::string::npos);
  for (const char* text : {"It costs $5 and $10.", "From $5 to $7, or US$ 8", "A $ and a $"})
    CHECK(prose_html(text, 0) == paragraph(text));
  CHECK(prose_html("\\$x\\$", 0) == paragraph("$x$"));
  CHECK(prose_html("`$x$` and ``$`y`$`` and $z or `$HOME`", 0) ==
        paragraph("<code>$x$</code> and <code>$`y`$</code> and $z or <code>$HOME</code>"));
  CHECK(prose_html("```sh\necho $a$\n```\n\n~~~\n$b$\n~~~\n\n    $c$\n", 0) ==
        "<pre><code class=\"language-sh\">echo $a$\n</code></pre>\n<pre><code>$b$\n</code></pre>\n"
        "<pre><code>$c$\n</code></pre>\n");
  CHECK(prose_html("![$x$](a$y$.png \"$z$\") [$x$](b$y$)", 0) ==
        paragraph("<img src=\"a$y$.png\" alt=\"$x$\" title=\"$z$\" /> <a href=\"b$y$\">" + html("$x$") + "</a>"));
  CHECK(prose_html("\xEE\x80\x80"
                   "7\xEE\x80\x81 $x$ \xEE\x80\x80",
                   0) == paragraph("\xEE\x80\x80"
                                   "7\xEE\x80\x81 " +
                                   html("$x$") + " \xEE\x80\x80"));
  CHECK(prose_html("A ` and $x$\n\nanother `", 0) == paragraph("A ` and " + html("$x$")) + paragraph("another `"));
  CHECK(prose_title("# On $n^2$\n") == "On n²");
}

TEST_CASE("links: prose is GitHub's Markdown, its headings below the page's own, raw HTML left out", "[site]") {
  CHECK(prose_html("# A\n\n| x |\n| - |\n| ~~y~~ |\n\n<script>z</script>\n", 1) ==
        "<h2>A</h2>\n<table>\n<thead>\n<tr>\n<th>x</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><del>y</del></td>\n"
        "</tr>\n</tbody>\n</table>\n<!-- raw HTML omitted -->\n");
  CHECK(prose_html_below("### A\n\n## B\n", 2) == "<h4>A</h4>\n<h3>B</h3>\n");
  CHECK(prose_html_below("# A\n\n###### B\n", 2) == "<h3>A</h3>\n<h6>B</h6>\n");
  CHECK(prose_html_below("none\n", 2) == "<p>none</p>\n");
  CHECK(prose_title("text\n\n## Our *own* page\n") == "Our own page");
}
