// What lies below an open folder. Symbolic links are seen as what they are, never followed.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace daybook {

enum class EntryType { file, folder, other };  // other: symbolic links, sockets, devices

struct FolderEntry {
  std::string path;  // relative to the folder asked about
  EntryType type = EntryType::file;
  bool operator==(const FolderEntry&) const = default;
};

// Everything directly in the folder, sorted by the bytes of its name.
Result<std::vector<FolderEntry>> entries_in(int folder, const std::string& shown);
// Everything below it, at any depth, sorted by name at each level; a folder comes before what it contains.
Result<std::vector<FolderEntry>> entries_below(int folder, const std::string& shown);

// Removes `name` in `parent` and all below it. That there is none is no error.
Result<Done> remove_tree(int parent, const std::string& name, const std::string& shown);

}  // namespace daybook
