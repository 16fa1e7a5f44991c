// Files, so that a reader never sees half of one. Paths are as the user gave them, and stand so in every error; an
// error says "cannot <do>: <what the system said>".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// "cannot <doing>: <what errno means>", with a hint for the causes that have one.
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

// Whether `path` is a plain file, and no link to one, that holds exactly these bytes.
bool holds(const std::string& path, std::string_view bytes);

// Plain files alone; a file of more than `most` bytes is refused unread.
inline constexpr std::uintmax_t read_bytes_max = 256U << 20U;
Result<std::string> read_file(const std::string& path, std::uintmax_t most = read_bytes_max);

// The same for a path that begins with `root`: there, no symbolic link is followed. For archive/ and state/, which come
// from branches and caches: a link could bring in any file of the machine, and publish it.
Result<std::string> read_file_below(const std::string& root, const std::string& path,
                                    std::uintmax_t most = read_bytes_max);
// The fault of the first part of `path` below `root` that is a symbolic link; nothing: none is.
std::optional<Error> link_below(const std::string& root, const std::string& path);

// All but folders, sorted by the bytes of each name; who reads a pipe or a device is refused then. Files half written
// by a killed run, and links that lead nowhere, are left out.
Result<std::vector<std::string>> files_in(const std::string& folder);     // names
Result<std::vector<std::string>> files_below(const std::string& folder);  // paths relative to the folder, at any depth;
                                                                          // links to folders are not followed

Result<std::vector<std::string>> names_below(const std::string& folder);  // folders, and links that lead nowhere, too

bool exists(const std::string& path);     // a file or a folder; a link that leads nowhere is nothing
bool is_folder(const std::string& path);  // a link to one too

// In bytes; nothing where there is no such file.
std::optional<std::uintmax_t> file_size(const std::string& path);

// Whether one of the two is the other, or lies in it, links followed; neither needs to exist.
bool overlap(const std::string& folder, const std::string& other);

// Makes the folder and those above it that are missing.
Result<Done> make_folders(const std::string& path);

// At any moment, and after a power failure, `path` holds its old bytes or the new ones: the bytes go to
// ".<name>.daybook-tmp" beside it, fsync, rename, fsync of the folder. Folders that are missing are made; the
// permissions of a file that was there are kept; a symbolic link is replaced, not followed. Two writers of one path
// wait for each other. Returns whether it wrote: bytes that are there already are not written again.
Result<bool> write_atomically(const std::string& path, std::string_view bytes);

// Adds to the end of a file, which is made where there is none. For journals: a kill in the middle leaves the last line
// cut off, and all before it whole.
class AppendedFile {
 public:
  static Result<AppendedFile> open(const std::string& path);
  Result<Done> append(std::string_view bytes);  // when it returns, they outlive the process
  Result<Done> sync();                          // and now a power failure; takes some milliseconds

 private:
  AppendedFile(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}
  std::string path_;
  Descriptor file_;
};

// That there is none is no error.
Result<Done> remove_file(const std::string& path);

}  // namespace daybook
