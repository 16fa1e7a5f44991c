// Files on disk. Three rules hold for all of these functions:
//
//   - A reader never sees half a file. Whole files are written to a temporary name and renamed; only journals are
//     appended to (AppendedFile), and their readers expect a last line that is cut off.
//   - Only plain files are opened. A pipe or a device could block for ever, or do something. Below archive/ and state/,
//     which come from branches and caches that others may write to, symbolic links are not followed either.
//   - Errors name the path as the user gave it and say "cannot <do>: <what the system said>", with a hint for some
//     causes. They are results, not exceptions.
//
// Reads are limited to 256 MiB, so that a wrong path does not fill the memory. Listings are sorted by bytes: no output
// depends on the order in which a file system returns names.
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

// The part of a system_error() that concerns the whole disk and not one file: it is full, a quota is used up, it is
// read-only. Empty: nothing of that kind.
std::string disk_fault(const Error& error);

// The text of an errno value in lower case: "no such file or directory".
std::string errno_text(int code);

// Opens a plain file, or a link to one, with these flags. Anything else is refused unopened. `doing`: see
// system_error().
Result<Descriptor> open_plain_file(const std::string& path, int flags, std::string_view doing);

// Writes all bytes, however often the kernel stops short. Returns an errno, 0 for success.
int write_all(int fd, std::string_view bytes);

// Whether `path` is a plain file, not a link to one, with exactly these bytes.
bool holds(const std::string& path, std::string_view bytes);

// Refuses a file of more than `most` bytes unread.
inline constexpr std::uintmax_t read_bytes_max = 256U << 20U;
Result<std::string> read_file(const std::string& path, std::uintmax_t most = read_bytes_max);

// The same for a path that begins with `root`, below which no symbolic link is followed. For archive/ and state/: a
// link there could publish any file of the machine.
Result<std::string> read_file_below(const std::string& root, const std::string& path,
                                    std::uintmax_t most = read_bytes_max);
// An error for the first part of `path` below `root` that is a symbolic link; nothing if none is.
std::optional<Error> link_below(const std::string& root, const std::string& path);

// All but folders, sorted by bytes. A pipe or a device is listed; reading it is refused. Leaves out temporary files of
// a killed run and broken links.
Result<std::vector<std::string>> files_in(const std::string& folder);     // names
Result<std::vector<std::string>> files_below(const std::string& folder);  // paths relative to the folder, at any depth;
                                                                          // links to folders are not followed

Result<std::vector<std::string>> names_below(const std::string& folder);  // folders and broken links too

bool exists(const std::string& path);     // a file or a folder; false for a broken link
bool is_folder(const std::string& path);  // a link to one too

// In bytes; nothing if there is no such file.
std::optional<std::uintmax_t> file_size(const std::string& path);

// A number that changes when a file at or below the path is written, added or removed; 0 where there is none.
std::uint64_t stamp_of(const std::string& path);

// Whether the two are the same folder or one contains the other, links followed. Neither needs to exist.
bool overlap(const std::string& folder, const std::string& other);

// Creates the folder and missing parents.
Result<Done> make_folders(const std::string& path);

// At any moment, and after a power failure, `path` holds its old bytes or the new ones: the bytes go to
// ".<name>.daybook-tmp" beside it, fsync, rename, fsync of the folder. Creates missing folders, keeps the permissions
// of an existing file, and replaces a symbolic link instead of following it. Two writers of one path wait for each
// other. Returns whether it wrote: a file that has these bytes already is left alone.
Result<bool> write_atomically(const std::string& path, std::string_view bytes);

// Appends to a file, which is created if it does not exist. For journals: a kill in the middle cuts the last line off
// and leaves all others whole.
class AppendedFile {
 public:
  static Result<AppendedFile> open(const std::string& path);
  Result<Done> append(std::string_view bytes);  // on return they outlive the process
  Result<Done> sync();                          // on return they outlive a power failure; takes milliseconds

 private:
  AppendedFile(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}
  std::string path_;
  Descriptor file_;
};

// No error if the file does not exist.
Result<Done> remove_file(const std::string& path);

}  // namespace daybook
