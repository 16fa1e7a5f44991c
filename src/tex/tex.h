// TeX as arXiv's metadata has it, made readable. Text runs become Unicode, math runs keep their source.
//
// arXiv's metadata is TeX-ish: accents (\"o, \'{e}, \c{c}, \v s), letters (\ss, \o, \L), text commands (\emph{..},
// \textbf{..}, {\it ..}), ties (~) and dashes (--), escaped characters (\% \& \_ \$ \# \{ \}), and math in $..$,
// $$..$$, \(..\), \[..\] and environments (\begin{align} .. \end{align}). See https://info.arxiv.org/help/prep.html.
// Nothing is ever lost: what is not understood stays as it was written. Input that is plain text with stray $, <, *, _
// or backslashes comes out as that text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook {

struct Run {
  enum class Kind { text, math };
  Kind kind = Kind::text;
  std::string text;  // text: Unicode; math: the TeX between the delimiters, or a whole environment
  bool operator==(const Run&) const = default;
};

// Money is no math: "$5 and $10" is text. A '$' opens math only where a matching one closes it in the same paragraph
// and what is between does not read like prose or like what stands between two sums of money; white space inside and a
// digit behind speak against math (Pandoc's rule), commands, scripts and relations for it ("$\sim$70%", "$ k $").
// Braces nest, as they do in TeX: in "$x_{\text{if $k>1$}}$" the last '$' closes the first.
std::vector<Run> runs(std::string_view tex);

// For <title>, the scorer and wherever only characters count: text as Unicode; math approximated in
// Unicode where that is exact for the reader ($\alpha$ -> α, $n^2$ -> n², $H_0$ -> H₀, 2$\frac{1}{2}$D -> 2½D), else
// kept as "$..$".
std::string plain_text(std::string_view tex);

// Appends HTML: text escaped (& < > "), math as markup that shows without script. Valid inside <h2>, <p>, <a>, <td>,
// and as an XML fragment too (no named entities but amp, lt, gt, quot; no void tags left open). A line breaks neither
// before a formula (U+2060) nor behind it (span.nb) where no blank is.
void append_html(std::string& out, std::string_view tex);
std::string html(std::string_view tex);

// The same with web addresses as links (tex/addresses.h: web_address_length) and long formulas in boxes that scroll and
// take the focus (span.formula); not for a heading, a summary or the text of a link.
std::string html_paragraph(std::string_view tex);

// Appends GitHub-flavoured Markdown for one line: math as $`..`$, a character escaped where it would be taken for
// markup in the middle of a paragraph, in a heading or a link text. White space, newlines too, becomes single blanks.
// In a paragraph addresses become links (<https://..>); the text of a link cannot hold another one. Beside a letter or
// digit and in the text of a link, where GitHub shows no math, formulas are plain Unicode where that can say them.
enum class MarkdownPlace { paragraph, link_text };
void append_markdown(std::string& out, std::string_view tex, MarkdownPlace place = MarkdownPlace::paragraph);
std::string markdown(std::string_view tex, MarkdownPlace place = MarkdownPlace::paragraph);

}  // namespace daybook
