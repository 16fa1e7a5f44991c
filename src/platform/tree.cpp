#include "platform/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "platform/posix.h"

namespace daybook {

namespace {

EntryType type_of(int folder, const dirent& entry) {
  if (entry.d_type == DT_REG) return EntryType::file;
  if (entry.d_type == DT_DIR) return EntryType::folder;
  if (entry.d_type != DT_UNKNOWN) return EntryType::other;
  struct stat status {};  // some file systems do not tell
  if (::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return EntryType::other;
  return S_ISREG(status.st_mode) ? EntryType::file : S_ISDIR(status.st_mode) ? EntryType::folder : EntryType::other;
}

Descriptor open_folder(int parent, const std::string& name) {
  return Descriptor(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

Result<Done> collect_below(int folder, const std::string& prefix, const std::string& shown,
                           std::vector<FolderEntry>& all) {
  auto here = entries_in(folder, shown);
  if (!here) return here.error();
  for (FolderEntry& entry : *here) {
    const bool is_folder = entry.type == EntryType::folder;
    const std::string name = entry.path;
    all.push_back({prefix + name, entry.type});
    if (!is_folder) continue;
    const Descriptor below = open_folder(folder, name);
    if (!below) return system_error(shown + '/' + name, "list", errno);
    auto done = collect_below(below.get(), prefix + name + '/', shown + '/' + name, all);
    if (!done) return done;
  }
  return Done{};
}

}  // namespace

Result<std::vector<FolderEntry>> entries_in(int folder, const std::string& shown) {
  // A descriptor of its own: the offset of a folder is shared between duplicates.
  Descriptor own(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!own) return system_error(shown, "list", errno);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.get()), ::closedir);
  if (!stream) return system_error(shown, "list", errno);
  own.release();
  std::vector<FolderEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    if (name != "." && name != "..") entries.push_back({name, type_of(folder, *entry)});
  }
  if (errno != 0) return system_error(shown, "list", errno);
  std::sort(entries.begin(), entries.end(), [](const FolderEntry& a, const FolderEntry& b) { return a.path < b.path; });
  return entries;
}

Result<std::vector<FolderEntry>> entries_below(int folder, const std::string& shown) {
  std::vector<FolderEntry> all;
  auto done = collect_below(folder, "", shown, all);
  if (!done) return done.error();
  return all;
}

Result<Done> remove_tree(int parent, const std::string& name, const std::string& shown) {
  if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT || errno == ENOTDIR) return Done{};
  if (errno != EISDIR && errno != EPERM) return system_error(shown, "remove", errno);  // POSIX says EPERM, Linux EISDIR
  const Descriptor folder = open_folder(parent, name);
  if (!folder) return system_error(shown, "remove", errno);
  auto entries = entries_in(folder.get(), shown);
  if (!entries) return entries.error();
  for (const FolderEntry& entry : *entries) {
    auto done = remove_tree(folder.get(), entry.path, shown + '/' + entry.path);
    if (!done) return done;
  }
  if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT)
    return system_error(shown, "remove", errno);
  return Done{};
}

}  // namespace daybook
