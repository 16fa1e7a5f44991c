// The contents of one folder made those of another, file by file: for an output folder that cannot be moved.
#pragma once

#include <string>

#include "core/result.h"

namespace daybook {

// Makes `target` hold what `source` holds. Each file changes in one step (rename; through ".<name>.daybook-tmp" in the
// same folder where `source` is on another device); one with the same bytes is left alone. First come files that are
// new, then those that change, then the removal of what is gone, so that a page never leads to one that is missing.
// `source` may lose its files.
Result<Done> merge_folder(int source, int target, const std::string& shown);

}  // namespace daybook
