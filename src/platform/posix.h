// The few words about file descriptors and errno that the files of this folder share.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace daybook {

// Owns a file descriptor; -1 is none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }  // the caller closes it, and sees what close() says

 private:
  int fd_ = -1;
};

// "cannot <doing>: <what errno means>", with a mend for the causes that have one.
Error system_error(const std::string& path, std::string_view doing, int code);

// What a system_error() says of the whole disk, whatever the file: that it is full, that a quota is used up, that it
// can't be written to; empty: nothing of that kind.
std::string disk_fault(const Error& error);

// The text of an errno value in lower case: "no such file or directory".
std::string errno_text(int code);

// Opens a plain file with these flags. What a link leads to counts. A folder, a pipe or a device is refused unopened:
// to open one can wait for ever, or do something. `doing` as for system_error().
Result<Descriptor> open_plain_file(const std::string& path, int flags, std::string_view doing);

// Writes all of it, however often the kernel stops short. The errno of the fault, 0 where there was none.
int write_all(int fd, std::string_view bytes);

// Reads from the current offset to the end. The errno of the fault, 0 where there was none.
int read_all(int fd, std::string& bytes);

// Whether the file open at `fd`, from its beginning, holds exactly these bytes.
bool holds(int fd, std::string_view bytes);

}  // namespace daybook
