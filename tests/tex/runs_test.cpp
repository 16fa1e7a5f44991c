#include <utility>

#include "support/catch.h"
#include "tex/tex.h"

using daybook::Run;
using daybook::runs;

namespace {

Run text(std::string words) { return {Run::Kind::text, std::move(words)}; }
Run math(std::string tex) { return {Run::Kind::math, std::move(tex)}; }

// The text of TeX without math.
std::string unicode(std::string_view tex) {
  std::string out;
  for (const Run& run : runs(tex)) out += run.kind == Run::Kind::text ? run.text : "[math]";
  return out;
}

}  // namespace

TEST_CASE("TeX: math between single and double signs is told from the text around it", "[tex]") {
  CHECK(runs("a $k$-means of $\\ell_1$ and $$x^2$$!") == std::vector<Run>{text("a "), math("k"), text("-means of "),
                                                                          math("\\ell_1"), text(" and "), math("x^2"),
                                                                          text("!")});
  CHECK(runs("\\(a\\) and \\[ b \\]") == std::vector<Run>{math("a"), text(" and "), math("b")});
  CHECK(runs("$5\\times$") == std::vector<Run>{math("5\\times")});
  CHECK(runs("$2$ of $<10\\%$") == std::vector<Run>{math("2"), text(" of "), math("<10\\%")});
  CHECK(runs("top-$k$, $10^{-3}$") == std::vector<Run>{text("top-"), math("k"), text(", "), math("10^{-3}")});
}

TEST_CASE("TeX: math that digits follow or blanks fill is math where it has commands or nothing but a variable",
          "[tex]") {
  CHECK(runs("$\\sim$70%") == std::vector<Run>{math("\\sim"), text("70%")});
  CHECK(runs("J0859$+$57") == std::vector<Run>{text("J0859"), math("+"), text("57")});
  CHECK(runs("a $ k $ b") == std::vector<Run>{text("a "), math("k"), text(" b")});
  CHECK(runs("$\\times$$\\sim$16") == std::vector<Run>{math("\\times"), math("\\sim"), text("16")});
  CHECK(runs("$\\$$400") == std::vector<Run>{math("\\$"), text("400")});
}

TEST_CASE("TeX: sums of money are text", "[tex]") {
  for (const std::string money :
       {"$5 and $10", "$1,000", "US$ 3", "costs $0.22 in all, $1.5M at most", "from $0.059 to $0.024.", "$5-$10",
        "($5) to ($10)", "$40 per hour and $60 a day", "$18/hour versus $60/hour", "between $100 and US$ a lot",
        "2.2$.", "(QP$), or so", "$", "$$", "$$$", "a $ b", "$1.5M, or $2M", "costs $5 $ and $6 $"}) {
    INFO(money);
    CHECK(runs(money) == std::vector<Run>{text(money)});
  }
  CHECK(runs("\\$5 for $n$ of them at $3") == std::vector<Run>{text("$5 for "), math("n"), text(" of them at $3")});
  CHECK(runs("$5 for $n$ of them") == std::vector<Run>{text("$5 for "), math("n"), text(" of them")});
}

TEST_CASE("TeX: math ends with its paragraph", "[tex]") {
  CHECK(runs("$a\n\nb$") == std::vector<Run>{text("$a\n\nb$")});
  CHECK(runs("$a\nb$") == std::vector<Run>{math("a\nb")});
  CHECK(runs("\\(a") == std::vector<Run>{text("\\(a")});
}

TEST_CASE("TeX: accents in all their spellings are composed letters", "[tex]") {
  CHECK(unicode(R"(\"o \"{o} {\"o} {\"{o}} \'e \`a \^o \~n \=a \.z)") == "ö ö ö ö é à ô ñ ā ż");
  CHECK(unicode(R"(\'\i \'{\i} {\'\i} \c c \c{c} {\c c} \v s \v{s} \u g \H o \k a \r a \d s)") ==
        "í í í ç ç ç š š ğ ő ą å ṣ");
  CHECK(unicode(R"(\'{\^a} \t{oo} \d{q})") == "ấ o\u0361o q\u0323");
  CHECK(unicode(R"(Erd\H{o}s-R\'enyi, Ga\v{s}i\'c, Ar{\i}k, Hern\'andez, Sim\~oes)") ==
        "Erdős-Rényi, Gašić, Arık, Hernández, Simões");
  CHECK(unicode(R"(Miko{\l}aj Wa{\l}\k{e}ga, {\L}ukasz, S{\o}ren, Stra\ss e, \AA rhus, \O{}yvind, {\AE}gir)") ==
        "Mikołaj Wałęga, Łukasz, Søren, Straße, Århus, Øyvind, Ægir");
  CHECK(unicode(R"(\dh\th\DH\TH\dj\DJ \ng \oe \OE \ae)") == "ðþÐÞđĐ ŋ œ Œ æ");
}

TEST_CASE("TeX: commands that arXiv took for accents are repaired", "[tex]") {
  CHECK(unicode(R"(\b{eta}-VAE, \k{appa} = 0.9, \r{ho})") == "β-VAE, κ = 0.9, ρ");
}

TEST_CASE("TeX: text commands leave their arguments", "[tex]") {
  CHECK(
      unicode(
          R"(\emph{a \textbf{b}} {\it c} {\bf d} {\em e\/} \texttt{f} \textcolor{red}{g} {{\large {\textbf{B}}}}x)") ==
      "a b c d e f g Bx");
  CHECK(unicode(R"(see \href{https://a.example/x_y}{the page} or \url{https://b.example/c\_d})") ==
        "see the page (https://a.example/x_y) or https://b.example/c_d");
  CHECK(unicode(R"(\href{https://a.example/x}{a.example/x})") == "https://a.example/x");
  CHECK(unicode(R"(so\footnote{Or not.} it is~\cite{key1,key_2} and \citep[see][]{k})") ==
        "so (Or not.) it is\u00A0[key1,key_2] and [see; k]");
  CHECK(unicode(R"(\LaTeX{} \S 3, \P, \copyright\textregistered \ldots \textendash \&)") == "LaTeX § 3, ¶, ©® … – &");
  CHECK(unicode(R"(A\textsuperscript{+}, H\textsubscript{2}O, \SI{5}{\second}, \SI{90}{\percent}, 29{\deg}C)") ==
        "A⁺, H₂O, 5\u00A0s, 90%, 29°C");
  CHECK(unicode(R"(\ie, so \eg. {\alpha}-x, 3.1\times faster, \mathcal{O}(\sqrt{n}) \ding{182})") ==
        "i.e., so e.g. α-x, 3.1× faster, 𝒪(√n) ❶");
  CHECK(unicode("$\\textbf{Results:}$ good") == "Results: good");
}

TEST_CASE("TeX: escaped characters and spaces are the characters", "[tex]") {
  CHECK(unicode(R"(5\% \& \_ \$ \# \{ \} e.g.\ this, vs.\ that; one.\\ Two; neuro\-symbolic)") ==
        "5% & _ $ # { } e.g. this, vs. that; one. Two; neuro-symbolic");
  CHECK(unicode(R"(86\\% of today\'s rain, the adults\' share)") == "86% of today's rain, the adults' share");
}

TEST_CASE("TeX: unknown commands, unbalanced braces and literal braces stay as they are", "[tex]") {
  for (const std::string plain :
       {R"(\method{} and \ours, \model)", R"(\SomeMacro{BERT}{X})", R"(\textbf{open)", "}{", R"(C:\Users\new)", "\\",
        R"(ends with \)", "{0,1}^n", R"({"a": {"b": 1}})", "O(n^{2/3})", "{time}{place}", "a_{i}", "set {A, B}",
        R"(say \"word\" twice)", "{R}^d"}) {
    INFO(plain);
    CHECK(runs(plain) == std::vector<Run>{text(plain)});
  }
}

TEST_CASE("TeX: braces that keep capitals are dropped", "[tex]") {
  CHECK(unicode("{BERT} and {L}SVRG, S\\&{P}, G{\u00E9}n{\u00E9}ral, 25{,}605") ==
        "BERT and LSVRG, S&P, G\u00E9n\u00E9ral, 25,605");
}

TEST_CASE("TeX: a tilde is a tie only between words", "[tex]") {
  CHECK(unicode("Figure~1, et al.~(2020), propose~\\emph{X}, a~b") ==
        "Figure\u00A01, et al.\u00A0(2020), propose\u00A0X, a\u00A0b");
  for (const std::string plain : {"~10%", "approx ~5", "(~65)", "5~10", "32%~44%", "x~N(0,1)", "~/x",
                                  "http://a.example/~b", "~~gone~~", "a ~ b", "acc:~5"}) {
    INFO(plain);
    CHECK(unicode(plain) == plain);
  }
}

TEST_CASE("TeX: two and three hyphens are dashes where they are no option, rule or arrow", "[tex]") {
  CHECK(unicode("a -- b, pages 1--4, so---he said--it is, \"x\"--y") == "a – b, pages 1–4, so—he said–it is, \"x\"–y");
  for (const std::string plain : {"--flag", "run with --all now", "`--x`", "<!-- x -->", "a --> b", "|---|", "----",
                                  "i--;", "https://a.example/b--c"}) {
    INFO(plain);
    CHECK(unicode(plain) == plain);
  }
}

TEST_CASE("TeX: quotation marks are told from code and apostrophes", "[tex]") {
  CHECK(unicode("``one'' and ``two\" and `three', the ``don't `x' so''") ==
        "“one” and “two” and ‘three’, the “don't ‘x’ so”");
  for (const std::string plain :
       {"`code`", "``code``", "the models' x", "rock 'n' roll", "''empty''", "LLMs` x'", "``open"}) {
    INFO(plain);
    CHECK(unicode(plain) == plain);
  }
}

TEST_CASE("TeX: plain text stays as it is, character for character", "[tex]") {
  for (const std::string plain : {"", " ", "a < b > c & d", "*a* _b_ **c**", "a^2 + b_1", "tab\tand\nline",
                                  "100 % \"x\"", "naïve – “quotes” … 中文", "f(x) = {x | x > 0}"}) {
    INFO(plain);
    CHECK(unicode(plain) == plain);
  }
}
