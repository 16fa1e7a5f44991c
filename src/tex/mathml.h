// TeX's math as MathML Core (https://www.w3.org/TR/mathml-core/).
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Appends <math>..</math>: Unicode's math letters in place of mathvariant, no annotation. False, and nothing is
// appended, where the formula has a command that is not known or is not well-formed TeX. `tex` must be UTF-8.
bool append_mathml(std::string& out, std::string_view tex, bool display);

}  // namespace daybook
