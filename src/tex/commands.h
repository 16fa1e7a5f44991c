// TeX's commands in running text: what each does with its arguments.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

enum class Command {
  unknown,
  style,        // \emph{..}: only the argument is left
  declaration,  // {\em ..}: nothing is left
  nothing,      // \noindent: the same, but takes no blank with it
  blank,        // \quad
  color,        // \color{red}: its argument goes too
  colored,      // \textcolor{red}{..}: the second argument is left
  address,      // \url{..}
  link,         // \href{address}{text}
  footnote,     // \footnote{..}, in brackets
  citation,     // \cite{key}, in square brackets
  reference,    // \ref{key}
  quotation,    // \enquote{..}
  superscript,  // \textsuperscript{..}
  subscript,
  quantity,  // \SI{5}{\second}
  alphabet,  // \mathbb{R}
  formula,   // \sqrt{n}: math outside of its signs
  dingbat,   // \ding{51}
};
Command text_command(std::string_view name);

// The character of the font Zapf Dingbats with that number, as pifont's \ding has it; 0 where it is none.
char32_t dingbat(std::string_view number);

// Units of siunitx as written in an argument: "\milli\second" -> "ms"; empty where one is unknown.
std::string units(std::string_view tex);

// An address without the backslashes that TeX needs in it: "a\_b\%20" -> "a_b%20".
std::string address(std::string_view tex);

}  // namespace daybook
