// Which folder the user means by "--out", and whether it is ours to replace.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace daybook {

struct OutputFolder {
  std::string parent;  // absolute, without links
  std::string name;    // the folder's name in it; it need not exist
};

// Follows links, makes the folders above that are missing. Refuses (Kind::misuse) the file system's root, the home
// folder, the current folder, whatever is above these, and what is no folder.
Result<OutputFolder> find_output_folder(const std::string& path);

// Refuses (Kind::misuse) an open folder that has a .git, or that holds anything but lacks the marker: a regular file of
// that name that begins as ours do.
Result<Done> check_replaceable(int folder, const std::string& shown, std::string_view marker_name);

}  // namespace daybook
