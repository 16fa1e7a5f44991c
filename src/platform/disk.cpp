#include "platform/disk.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <system_error>

namespace daybook {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view temporary_suffix = ".daybook-tmp";

struct SystemFault {
  int code;
  std::string_view hint;
};

constexpr std::array<SystemFault, 12> faults_with_hint = {
    {{ENOENT, "check the path, or create what it names"},
     {ENOTDIR, "part of the path is a file, not a folder; check the path"},
     {EISDIR, "this is a folder; name a file"},
     {EACCES, "give the user who runs daybook access to it"},
     {EPERM, "give the user who runs daybook access to it"},
     {EROFS, "choose a place that can be written to"},
     {ENOSPC, "free some space on that disk, then run it again"},
     {EDQUOT, "free some space on that disk, then run it again"},
     {EMFILE, "allow more open files (ulimit -n), then run it again"},
     {ENFILE, "allow more open files (ulimit -n), then run it again"},
     {ENAMETOOLONG, "choose a shorter name"},
     {ELOOP, "a symbolic link forms a loop or is not allowed here; remove it"}}};

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

// Reads from the current offset to the end. The errno of the fault, 0 where there was none.
int read_all(int fd, std::string& bytes) {
  struct stat status {};
  // The size is a guess only: files of /proc say 0, and a file may grow while it is read.
  const std::size_t guess =
      ::fstat(fd, &status) == 0 && status.st_size > 0 ? static_cast<std::size_t>(status.st_size) : 0;
  std::size_t filled = 0;
  bytes.resize(guess + 1);
  for (;;) {
    if (filled == bytes.size()) bytes.resize(bytes.size() + std::max<std::size_t>(bytes.size(), 64U << 10U));
    const ssize_t got = ::read(fd, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      bytes.resize(filled);
      return got < 0 ? errno : 0;
    }
    filled += static_cast<std::size_t>(got);
  }
}

// The parts of a path one by one: a folder comes before what it contains, and that before "folder.txt".
bool comes_before(const std::string& a, const std::string& b) {
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<int>(static_cast<unsigned char>(c)); };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return rank(x) < rank(y); });
}

// What `Iterator` finds in the folder and `wanted` wants, relative to it.
template <typename Iterator>
Result<std::vector<std::string>> list(const std::string& folder, bool (*wanted)(const fs::directory_entry&)) {
  std::error_code fault;
  std::vector<std::string> paths;
  const std::size_t prefix = folder.empty() || folder.back() == '/' ? folder.size() : folder.size() + 1;
  for (Iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault))
    if (wanted(*entry) && !is_temporary(entry->path().native())) paths.push_back(entry->path().native().substr(prefix));
  if (fault) return system_error(folder, "list", fault.value());
  std::sort(paths.begin(), paths.end(), comes_before);
  return paths;
}

bool is_file(const fs::directory_entry& entry) {
  std::error_code fault;
  return entry.exists(fault) && !entry.is_directory(fault);
}

// Opens the temporary file, locked for us alone. Its name is always the same, so that what a killed run left is written
// over and does not pile up; hence the lock.
Result<Descriptor> open_temporary(const std::string& name, const std::string& path) {
  for (;;) {
    Descriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file) return system_error(path, "write", errno);
    while (::flock(file.get(), LOCK_EX) != 0)
      if (errno != EINTR) return system_error(path, "lock", errno);
    // Whoever had the lock before us has renamed that file; then the name leads elsewhere now.
    struct stat ours {
    }, named{};
    if (::fstat(file.get(), &ours) == 0 && ::lstat(name.c_str(), &named) == 0 && ours.st_ino == named.st_ino &&
        ours.st_dev == named.st_dev)
      return file;
  }
}

// A new name is on the disk only when its folder is. The errno of the fault, as in fill_and_rename().
int sync_folder(const std::string& folder) {
  const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return open && ::fsync(open.get()) == 0 ? 0 : errno;
}

int fill_and_rename(int file, const std::string& temporary, const std::string& path, std::string_view bytes) {
  struct stat old {};
  if (::ftruncate(file, 0) != 0) return errno;
  if (const int fault = write_all(file, bytes)) return fault;
  if (::lstat(path.c_str(), &old) == 0 && S_ISREG(old.st_mode) && ::fchmod(file, old.st_mode & 07777) != 0)
    return errno;
  if (::fsync(file) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) return errno;
  return sync_folder(split_path(path).folder);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

std::string errno_text(int code) {
  std::string text = std::generic_category().message(code);
  // "Is a directory", but "RPC struct is bad": a word in capitals stays.
  const auto upper = [&](std::size_t i) { return i < text.size() && text[i] >= 'A' && text[i] <= 'Z'; };
  if (upper(0) && !upper(1)) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

Error system_error(const std::string& path, std::string_view doing, int code) {
  const auto* known = std::find_if(faults_with_hint.begin(), faults_with_hint.end(),
                                   [&](const SystemFault& fault) { return fault.code == code; });
  return Error{Kind::failed, Place{path}, "cannot " + std::string(doing) + ": " + errno_text(code),
               std::string(known == faults_with_hint.end() ? "" : known->hint)};
}

std::string disk_fault(const Error& error) {
  for (const int code : {ENOSPC, EDQUOT, EROFS}) {
    std::string text = errno_text(code);
    const std::string end = ": " + text;
    if (error.what.size() > end.size() && error.what.compare(error.what.size() - end.size(), end.size(), end) == 0)
      return text;
  }
  return {};
}

Result<Descriptor> open_plain_file(const std::string& path, int flags, std::string_view doing) {
  struct stat status {};
  const bool is_there = ::stat(path.c_str(), &status) == 0;
  if (is_there && S_ISDIR(status.st_mode)) return system_error(path, doing, EISDIR);
  if (is_there && !S_ISREG(status.st_mode))
    return Error{Kind::failed, Place{path},
                 "cannot " + std::string(doing) + ": this is " +
                     (S_ISFIFO(status.st_mode)   ? "a pipe"
                      : S_ISSOCK(status.st_mode) ? "a socket"
                                                 : "a device") +
                     ", not a regular file",
                 "name a regular file; save piped data to a file first"};
  // Not to wait, should a pipe have taken its place since.
  Descriptor file(::open(path.c_str(), flags | O_NONBLOCK | O_CLOEXEC, 0666));
  if (!file) return system_error(path, doing, errno);
  return file;
}

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

bool holds(const std::string& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      static_cast<std::size_t>(status.st_size) != bytes.size())
    return false;
  constexpr std::size_t chunk = 256U << 10U;
  thread_local const std::unique_ptr<char[]> buffer(new char[chunk]);
  while (!bytes.empty()) {
    const ssize_t got = ::read(file.get(), buffer.get(), std::min(chunk, bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || std::memcmp(buffer.get(), bytes.data(), static_cast<std::size_t>(got)) != 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(got));
  }
  return true;
}

Result<std::string> read_file(const std::string& path, std::uintmax_t most) {
  constexpr std::uintmax_t megabyte = 1U << 20U;
  const auto megabytes = [](std::uintmax_t bytes) { return std::to_string((bytes + megabyte - 1) / megabyte) + " MB"; };
  auto file = open_plain_file(path, O_RDONLY, "read");
  if (!file) return file.error();
  const std::uintmax_t size = file_size(path).value_or(0);
  if (size > most)
    return Error{Kind::failed, Place{path},
                 "cannot read: it has " + megabytes(size) + "; at most " + megabytes(most) + " are allowed",
                 "check that this is the file that you mean"};
  std::string bytes;
  if (const int fault = read_all(file->get(), bytes)) return system_error(path, "read", fault);
  return bytes;
}

std::optional<Error> link_below(const std::string& root, const std::string& path) {
  for (std::size_t end = root.size(); end < path.size();) {
    end = std::min(path.find('/', end + 1), path.size());
    const std::string part = path.substr(0, end);
    struct stat status {};
    if (::lstat(part.c_str(), &status) == 0 && S_ISLNK(status.st_mode))
      return Error{Kind::failed, Place{part}, "this is a symbolic link, which is not followed here",
                   "replace it by its target"};
  }
  return std::nullopt;
}

Result<std::string> read_file_below(const std::string& root, const std::string& path, std::uintmax_t most) {
  if (auto link = link_below(root, path)) return *std::move(link);
  return read_file(path, most);
}

Result<std::vector<std::string>> files_in(const std::string& folder) {
  return list<fs::directory_iterator>(folder, is_file);
}

Result<std::vector<std::string>> files_below(const std::string& folder) {
  return list<fs::recursive_directory_iterator>(folder, is_file);
}

Result<std::vector<std::string>> names_below(const std::string& folder) {
  return list<fs::recursive_directory_iterator>(folder, [](const fs::directory_entry&) { return true; });
}

bool exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::uint64_t stamp_of(const std::string& path) {
  std::uint64_t stamp = 0;
  const auto add = [&](const std::string& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return;
    for (const std::uint64_t part :
         {static_cast<std::uint64_t>(std::hash<std::string>()(file)), static_cast<std::uint64_t>(status.st_size),
          static_cast<std::uint64_t>(status.st_mtim.tv_sec), static_cast<std::uint64_t>(status.st_mtim.tv_nsec)})
      stamp = (stamp ^ part) * 0x100000001B3U;
  };
  if (!is_folder(path)) {
    add(path);
  } else if (const auto files = files_below(path)) {
    for (const std::string& file : *files) add(path + '/' + file);
  }
  return stamp;
}

std::optional<std::uintmax_t> file_size(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uintmax_t>(status.st_size);
}

bool overlap(const std::string& folder, const std::string& other) {
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
  std::error_code fault;
  fs::create_directories(path, fault);
  if (fault) return system_error(path, "make", fault.value());
  return Done{};
}

Result<bool> write_atomically(const std::string& path, std::string_view bytes) {
  const SplitPath parts = split_path(path);
  if (parts.name.empty()) return system_error(path, "write", EISDIR);
  if (holds(path, bytes)) return false;
  if (!exists(parts.folder))
    if (auto made = make_folders(parts.folder); !made) return made.error();

  const std::string temporary = parts.folder + "/." + parts.name + std::string(temporary_suffix);
  auto file = open_temporary(temporary, path);
  if (!file) return file.error();
  if (const int fault = fill_and_rename(file->get(), temporary, path, bytes)) {
    ::unlink(temporary.c_str());
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
  if (const int fault = is_new ? sync_folder(parts.folder) : 0) return system_error(path, "write", fault);
  return AppendedFile(path, std::move(*opened));
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
