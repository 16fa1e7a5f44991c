#include "platform/lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "platform/disk.h"

namespace daybook {

Result<FolderLock> FolderLock::take(const std::string& folder) {
  const auto made = make_folders(folder);
  if (!made) return made.error();
  Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor) return system_error(folder, "open", errno);
  if (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return Error{Kind::later,
                 {folder, 0, 0},
                 "another daybook process is running here",
                 "run it again when that process has ended"};
  return FolderLock(std::move(descriptor));
}

}  // namespace daybook
