#include "platform/merge_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <string_view>
#include <vector>

#include "platform/posix.h"
#include "platform/tree.h"

namespace daybook {

namespace {

struct Merge {
  int source;
  int target;
  const std::string& shown;

  std::string at(const std::string& path) const { return shown + '/' + path; }

  // A folder where a file shall be, or anything but a folder where one shall be.
  Result<Done> clear_the_way(const FolderEntry& entry) const {
    struct stat status {};
    if (::fstatat(target, entry.path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return Done{};
    if (S_ISDIR(status.st_mode) == (entry.type == EntryType::folder)) return Done{};
    return remove_tree(target, entry.path, at(entry.path));
  }

  Result<Done> make_folder(const FolderEntry& entry) const {
    auto clear = clear_the_way(entry);
    if (!clear) return clear;
    if (::mkdirat(target, entry.path.c_str(), 0777) != 0 && errno != EEXIST)
      return system_error(at(entry.path), "make", errno);
    return Done{};
  }

  // The errno of the fault.
  int copy(const std::string& path, std::string_view bytes) const {
    const auto slash = path.rfind('/');
    const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
    const std::string temporary = path.substr(0, name) + '.' + path.substr(name) + ".daybook-tmp";
    const Descriptor file(
        ::openat(target, temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file) return errno;
    int fault = write_all(file.get(), bytes);
    if (fault == 0 && ::renameat(target, temporary.c_str(), target, path.c_str()) != 0) fault = errno;
    if (fault != 0) ::unlinkat(target, temporary.c_str(), 0);
    return fault;
  }

  Result<Done> put_file(const FolderEntry& entry) const {
    auto clear = clear_the_way(entry);
    if (!clear) return clear;
    const Descriptor from(::openat(source, entry.path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    std::string bytes;
    if (!from) return system_error(at(entry.path), "write", errno);
    if (const int fault = read_all(from.get(), bytes)) return system_error(at(entry.path), "write", fault);
    const Descriptor there(::openat(target, entry.path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (there && holds(there.get(), bytes)) return Done{};
    int fault = ::renameat(source, entry.path.c_str(), target, entry.path.c_str()) == 0 ? 0 : errno;
    if (fault == EXDEV) fault = copy(entry.path, bytes);
    if (fault != 0) return system_error(at(entry.path), "write", fault);
    return Done{};
  }
};

}  // namespace

Result<Done> merge_folder(int source, int target, const std::string& shown) {
  auto wanted = entries_below(source, shown);
  if (!wanted) return wanted.error();
  auto present = entries_below(target, shown);
  if (!present) return present.error();
  std::set<std::string> wanted_paths, present_paths;
  for (const FolderEntry& entry : *wanted) wanted_paths.insert(entry.path);
  for (const FolderEntry& entry : *present) present_paths.insert(entry.path);

  const Merge merge{source, target, shown};
  const auto put_all = [&](EntryType type, bool is_there) -> Result<Done> {
    for (const FolderEntry& entry : *wanted) {
      if (entry.type != type || (present_paths.count(entry.path) > 0) != is_there) continue;
      auto done = type == EntryType::folder ? merge.make_folder(entry) : merge.put_file(entry);
      if (!done) return done;
    }
    return Done{};
  };
  for (const EntryType type : {EntryType::folder, EntryType::file}) {
    for (const bool is_there : {false, true}) {
      auto done = put_all(type, is_there);
      if (!done) return done;
    }
  }
  for (const FolderEntry& entry : *present) {
    if (wanted_paths.count(entry.path) > 0) continue;
    auto done = remove_tree(target, entry.path, merge.at(entry.path));
    if (!done) return done;
  }
  return Done{};
}

}  // namespace daybook
