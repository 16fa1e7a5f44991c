// What feed readers and mail programs show of TeX: they take out MathML, and many show a title as it stands.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// For the titles of feeds, whose readers show no TeX: as plain_text() of tex/tex.h, but nothing is kept as its source.
// Scripts without characters of their own are "x^(n+1)", in text too; a command that is not known is its name
// ("\ours{}") or what is in its braces ("\new{these words}").
std::string linear_text(std::string_view tex);

// For the content of feeds, whose readers take MathML out: the same as HTML, scripts as <sub> and <sup>, single letters
// of math as <i>.
std::string simple_html(std::string_view tex);

}  // namespace daybook
