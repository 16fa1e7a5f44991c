// One process at a time.
#pragma once

#include <string>

#include "core/result.h"
#include "platform/disk.h"

namespace daybook {

// Held while it lives, and let go by the system when the process dies.
class FolderLock {
 public:
  // Makes the folder where it is missing. An Error of Kind::later where another process holds it; where the file system
  // knows no locks, there is none.
  static Result<FolderLock> take(const std::string& folder);

 private:
  explicit FolderLock(Descriptor folder) : folder_(std::move(folder)) {}
  Descriptor folder_;
};

}  // namespace daybook
