// TeX's commands: what they stand for, and what they do with their arguments.
#pragma once

#include <string>
#include <string_view>

#include "tex/alphabets.h"

namespace daybook {

// A command of math: LaTeX's, and those of the amsmath, amssymb, mathtools and siunitx packages.
struct MathCommand {
  // The first eight are symbols.
  enum class Kind {
    letter,         // Greek and everything that behaves like a variable
    sign,           // binary operators, relations, arrows, punctuation
    open,           // opening delimiters
    close,          // closing delimiters
    sum,            // large, with limits above and below: \sum
    integral,       // large, limits at the side
    function,       // a name in upright letters: \log
    limit_name,     // the same, with what is below it below: \max
    space,          // its text is the width
    size,           // of the delimiter behind it
    layout,         // changes nothing in MathML: \displaystyle, \limits
    font,           // of its argument
    declared_font,  // to the end of the group: {\bf ..}
    accent,         // \hat
    wide_accent,    // \widehat: as wide as what is under it
    under_accent,   // \underline
    overbrace,      // scripts behind it are above it
    underbrace,
    words,         // its argument is running text: \text{..}
    raised_words,  // \textsuperscript{..}
    lowered_words,
    boxed_words,       // \colorbox{red}{..}
    colored,           // \textcolor{red}{..}
    wrapper,           // only the argument is left: \mathrel{..}
    hidden,            // the argument goes too: \label{..}
    fraction,          // \frac{1}{2}
    slashed_fraction,  // \nicefrac{1}{2}
    binomial,
    root,
    operator_name,  // \operatorname{rank}
    left,
    middle,
    right,
    brackets,        // its text is the pair, parted by a comma: \norm{x}
    stacked,         // \overset{above}{base}
    long_arrow,      // \xrightarrow[below]{above}
    negation,        // \not
    modulo,          // \pmod{n}
    character_code,  // \unicode{x2713}
    environment,     // \begin
    lines,           // \substack{a \\ b}
    tag,             // the number of an equation
    quantity,        // \SI{5}{\second}
    number,          // \num{5}
    unit,            // \unit{\second}
    length,          // \kern2pt
  };
  Kind kind;
  Font font = Font::italic;
  std::string_view text = {};  // a symbol's Unicode; the command's name where nothing else is said above

  bool is_symbol() const { return kind <= Kind::limit_name; }
};
// Null where it is not known. `name` is without the backslash.
const MathCommand* math_command(std::string_view name);

// An environment of LaTeX's math, of amsmath or mathtools.
struct MathEnvironment {
  std::string_view open, close;   // its brackets
  std::string_view columns = {};  // how they are aligned; empty: in the middle
  bool lines = false;             // its rows are formulas in a line of their own, as big as there
  bool argument = false;          // it has one of its own: \begin{array}{cc}
  std::string_view text = {};     // the environment that stands for it inside of $..$
};
const MathEnvironment* math_environment(std::string_view name);  // null where it is none

// The Unicode of a command that stands for characters in text (\ss, \ldots, \textendash); empty where it is none.
std::string_view text_symbol(std::string_view name);

// True of the text commands that are letters: the blank behind them only ends their name.
bool is_letter_command(std::string_view name);

// What a command of running text does with its arguments.
enum class TextCommand {
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
TextCommand text_command(std::string_view name);

// The character of the font Zapf Dingbats with that number, as pifont's \ding has it; 0 where it is none.
char32_t dingbat(std::string_view number);

// Units of siunitx as written in an argument: "\milli\second" -> "ms"; empty where one is unknown.
std::string units(std::string_view tex);

// An address without the backslashes that TeX needs in it: "a\_b\%20" -> "a_b%20".
std::string address(std::string_view tex);

}  // namespace daybook
