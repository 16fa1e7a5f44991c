// The repository's own files, read for the rules.
#pragma once

#include <string>
#include <vector>

#include "architecture/rules.h"

namespace daybook::architecture {

// Text files under `folder` of the source tree ("src"), sorted by path.
std::vector<SourceFile> files_under(const std::string& folder);

// Paths of all files that git tracks; where there is no git (an unpacked archive): of all files there are, but for what
// .gitignore names. Sorted.
std::vector<std::string> tracked_paths();

SourceFile read_source(const std::string& path);

}  // namespace daybook::architecture
