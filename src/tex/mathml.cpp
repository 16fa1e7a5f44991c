#include "tex/mathml.h"

namespace daybook {

bool append_mathml(std::string&, std::string_view, bool) { return false; }

}  // namespace daybook
