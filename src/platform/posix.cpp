#include "platform/posix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

namespace daybook {

namespace {

std::string mend_for(int code) {
  switch (code) {
    case ENOENT:
      return "check the path, or create what it names";
    case ENOTDIR:
      return "a part of the path is a file where a folder is needed; check the path";
    case EISDIR:
      return "this is a folder; name a file";
    case EACCES:
    case EPERM:
      return "give the user that runs daybook the right to it";
    case EROFS:
      return "choose a place that can be written to";
    case ENOSPC:
    case EDQUOT:
      return "free some space on that disk, then run it again";
    case EMFILE:
    case ENFILE:
      return "allow more open files (ulimit -n), then run it again";
    case ENAMETOOLONG:
      return "choose a shorter name";
    case ELOOP:
      return "a symbolic link leads back to itself or is not wanted here; remove it";
    default:
      return "";
  }
}

// What stands where a plain file should.
std::string_view kind_of(mode_t mode) {
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = std::exchange(other.fd_, -1);
  }
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
  return Error{Kind::failed, Place{path}, "cannot " + std::string(doing) + ": " + errno_text(code), mend_for(code)};
}

std::string disk_fault(const Error& error) {
  for (const int code : {ENOSPC, EDQUOT, EROFS}) {
    const std::string text = errno_text(code);
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
    return Error{
        Kind::failed, Place{path},
        "cannot " + std::string(doing) + ": this is " + std::string(kind_of(status.st_mode)) + ", not a plain file",
        "name a plain file; what comes through a pipe has to be saved first"};
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

int read_all(int fd, std::string& bytes) {
  struct stat status {};
  // The size is a guess only: files of /proc say 0, and a file may grow while it is read.
  const std::size_t guess =
      ::fstat(fd, &status) == 0 && status.st_size > 0 ? static_cast<std::size_t>(status.st_size) : 0;
  std::size_t filled = bytes.size();
  bytes.resize(filled + guess + 1);
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

bool holds(int fd, std::string_view bytes) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  if (static_cast<std::size_t>(status.st_size) != bytes.size()) return false;
  constexpr std::size_t chunk = 256U << 10U;
  thread_local const std::unique_ptr<char[]> buffer(new char[chunk]);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got = ::pread(fd, buffer.get(), std::min(chunk, bytes.size() - at), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || std::memcmp(buffer.get(), bytes.data() + at, static_cast<std::size_t>(got)) != 0) return false;
    at += static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace daybook
