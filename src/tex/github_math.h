// Formulas as GitHub's Markdown can show them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook {

// The TeX to write between $` and `$; nothing where GitHub would show an error in place of it.
//
// GitHub runs MathJax 3 without the macros that could define or hide something: \operatorname, \DeclareMathOperator,
// \mbox, \phantom, \colorbox and \newcommand among them are refused (github/markup#1688), and a '$' inside of \text{..}
// ends the formula. MathJax knows no \bm, \textsc or \SI, and aligns inside of a formula with "aligned", not "align".
// Macros that nobody knows but their author make nothing of the whole.
std::optional<std::string> github_math(std::string_view tex);

}  // namespace daybook
