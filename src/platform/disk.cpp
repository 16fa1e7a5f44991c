#include "platform/disk.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <filesystem>

#include <algorithm>
#include <cerrno>

#include "platform/posix.h"
#include "platform/tree.h"

namespace daybook {

namespace {

constexpr std::string_view temporary_suffix = ".daybook-tmp";

struct SplitPath {
  std::string folder;  // "." where the path has none
  std::string name;
};

SplitPath split_path(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

bool is_temporary(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.size() > temporary_suffix.size() && name.front() == '.' &&
         name.substr(name.size() - temporary_suffix.size()) == temporary_suffix;
}

Descriptor open_folder(const std::string& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool is_file(int folder, const FolderEntry& entry) {
  if (entry.type != EntryType::other) return entry.type == EntryType::file;
  struct stat status {};
  return ::fstatat(folder, entry.path.c_str(), &status, 0) == 0 && !S_ISDIR(status.st_mode);
}

using Lister = Result<std::vector<FolderEntry>> (*)(int, const std::string&);

Result<std::vector<std::string>> files(const std::string& path, Lister lister) {
  const Descriptor folder = open_folder(path);
  if (!folder) return system_error(path, "list", errno);
  auto entries = lister(folder.get(), path);
  if (!entries) return entries.error();
  std::vector<std::string> paths;
  for (FolderEntry& entry : *entries)
    if (is_file(folder.get(), entry) && !is_temporary(entry.path)) paths.push_back(std::move(entry.path));
  return paths;
}

std::string megabytes(std::uintmax_t bytes) {
  constexpr std::uintmax_t megabyte = 1U << 20U;
  return std::to_string((bytes + megabyte - 1) / megabyte) + " MB";
}

// Opens the temporary file, locked for us alone. Its name is always the same, so that what a killed run left is written
// over and does not pile up; hence the lock.
Result<Descriptor> open_temporary(int folder, const std::string& name, const std::string& path) {
  for (;;) {
    Descriptor file(::openat(folder, name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file) return system_error(path, "write", errno);
    while (::flock(file.get(), LOCK_EX) != 0)
      if (errno != EINTR) return system_error(path, "lock", errno);
    // Whoever had the lock before us has renamed that file; then the name leads elsewhere now.
    struct stat ours {
    }, named{};
    if (::fstat(file.get(), &ours) == 0 && ::fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
        ours.st_ino == named.st_ino && ours.st_dev == named.st_dev)
      return file;
  }
}

// The errno of the first step that failed.
int fill_and_rename(int folder, int file, const std::string& temporary, const std::string& name,
                    std::string_view bytes) {
  struct stat old {};
  if (::ftruncate(file, 0) != 0) return errno;
  if (const int fault = write_all(file, bytes)) return fault;
  if (::fstatat(folder, name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(old.st_mode) &&
      ::fchmod(file, old.st_mode & 07777) != 0)
    return errno;
  if (::fsync(file) != 0) return errno;
  if (::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0) return errno;
  return ::fsync(folder) == 0 ? 0 : errno;
}

bool already_holds(int folder, const std::string& name, std::string_view bytes) {
  const Descriptor file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  return file && holds(file.get(), bytes);
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uintmax_t most) {
  auto file = open_plain_file(path, O_RDONLY, "read");
  if (!file) return file.error();
  struct stat status {};
  if (::fstat(file->get(), &status) == 0 && static_cast<std::uintmax_t>(status.st_size) > most)
    return Error{Kind::failed, Place{path},
                 "cannot read: it has " + megabytes(static_cast<std::uintmax_t>(status.st_size)) + ", and " +
                     megabytes(most) + " are the most",
                 "check that this is the file that you mean"};
  std::string bytes;
  if (const int fault = read_all(file->get(), bytes)) return system_error(path, "read", fault);
  return bytes;
}

std::optional<Error> link_below(const std::string& root, const std::string& path) {
  for (std::size_t end = root.size(); end < path.size();) {
    end = std::min(path.find('/', end + 1), path.size());
    const std::string part = path.substr(0, end);
    if (is_link(part))
      return Error{Kind::failed, Place{part}, "this is a symbolic link, which is not followed here",
                   "put what it leads to in its place"};
  }
  return std::nullopt;
}

Result<std::string> read_file_below(const std::string& root, const std::string& path, std::uintmax_t most) {
  if (auto link = link_below(root, path)) return *std::move(link);
  return read_file(path, most);
}

Result<std::vector<std::string>> files_in(const std::string& folder) { return files(folder, entries_in); }

Result<std::vector<std::string>> files_below(const std::string& folder) {
  auto paths = files(folder, entries_below);
  return paths;
}

Result<std::vector<std::string>> names_below(const std::string& path) {
  const Descriptor folder = open_folder(path);
  if (!folder) return system_error(path, "list", errno);
  auto entries = entries_below(folder.get(), path);
  if (!entries) return entries.error();
  std::vector<std::string> names;
  for (FolderEntry& entry : *entries)
    if (!is_temporary(entry.path)) names.push_back(std::move(entry.path));
  return names;
}

bool is_link(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::optional<std::uintmax_t> file_size(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uintmax_t>(status.st_size);
}

bool exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

bool overlap(const std::string& folder, const std::string& other) {
  namespace fs = std::filesystem;
  const auto resolved = [](const std::string& path) {
    std::error_code fault;
    const fs::path real = fs::weakly_canonical(fs::absolute(path, fault), fault);
    std::string text = (fault ? fs::path(path) : real).lexically_normal().string();
    if (text.empty() || text.back() != '/') text += '/';
    return text;
  };
  const std::string a = resolved(folder);
  const std::string b = resolved(other);
  return a.compare(0, b.size(), b) == 0 || b.compare(0, a.size(), a) == 0;
}

Result<Done> make_folders(const std::string& path) {
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (!part.empty() && ::mkdir(part.c_str(), 0777) != 0) {
      const int fault = errno;  // exists() has one of its own
      if (!exists(part)) return system_error(part, "make", fault);
    }
    if (slash == std::string::npos) break;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return system_error(path, "make", errno);
  if (!S_ISDIR(status.st_mode)) return system_error(path, "make", ENOTDIR);
  return Done{};
}

Result<bool> write_atomically(const std::string& path, std::string_view bytes) {
  const SplitPath parts = split_path(path);
  if (parts.name.empty()) return system_error(path, "write", EISDIR);
  Descriptor folder = open_folder(parts.folder);
  if (!folder && errno == ENOENT) {
    auto made = make_folders(parts.folder);
    if (!made) return made.error();
    folder = open_folder(parts.folder);
  }
  if (!folder) return system_error(path, "write", errno);
  if (already_holds(folder.get(), parts.name, bytes)) return false;

  const std::string temporary = '.' + parts.name + std::string(temporary_suffix);
  auto file = open_temporary(folder.get(), temporary, path);
  if (!file) return file.error();
  if (const int fault = fill_and_rename(folder.get(), file->get(), temporary, parts.name, bytes)) {
    ::unlinkat(folder.get(), temporary.c_str(), 0);
    return system_error(path, "write", fault);
  }
  return true;
}

Result<AppendedFile> AppendedFile::open(const std::string& path) {
  const SplitPath parts = split_path(path);
  auto made = make_folders(parts.folder);
  if (!made) return made.error();
  const bool is_new = !exists(path);
  auto opened = open_plain_file(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, "write");
  if (!opened) return opened.error();
  AppendedFile file(path, std::move(*opened));
  if (!is_new) return file;
  const Descriptor folder = open_folder(parts.folder);  // a new name is on the disk only when its folder is
  if (!folder || ::fsync(folder.get()) != 0) return system_error(path, "write", errno);
  return file;
}

Result<Done> AppendedFile::append(std::string_view bytes) {
  if (const int fault = write_all(file_.get(), bytes)) return system_error(path_, "write", fault);
  return Done{};
}

Result<Done> AppendedFile::sync() {
  if (::fsync(file_.get()) != 0) return system_error(path_, "write", errno);
  return Done{};
}

Result<Done> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return system_error(path, "remove", errno);
  return Done{};
}

}  // namespace daybook
