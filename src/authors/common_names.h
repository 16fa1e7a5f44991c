// Names that many people have.
#pragma once

#include <string>

namespace daybook {

// Whether a name is that of so many that it alone tells nobody: a very common family name with a given name that is
// missing, an initial, a single syllable (of East Asian names), or very common itself. "Wei Wang", "J. Smith", "Wang,
// Wei"; not "Z. Quillfeather". In doubt a name is uncommon.
bool is_common_name(const std::string& name);

}  // namespace daybook
