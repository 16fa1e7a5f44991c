// TeX's math as MathML Core (https://www.w3.org/TR/mathml-core/), which browsers show without a script: the site has no
// JavaScript.
//
// All or nothing: a formula with a command that is not known is not converted at all, and the caller shows its source.
// A formula with a gap in it would look right and be wrong.
//
// Letters of a style (\mathbb, \mathcal) become Unicode's own math letters, since MathML Core no longer has mathvariant
// but for "normal". No annotation with the TeX source is added.
//
// Groups nest at most 24 deep, so that recursion is bounded whatever an abstract contains.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// Appends <math>..</math>. Returns false and appends nothing if the formula has an unknown command or is not
// well-formed TeX. `tex` must be UTF-8.
bool append_mathml(std::string& out, std::string_view tex, bool display);

}  // namespace daybook
