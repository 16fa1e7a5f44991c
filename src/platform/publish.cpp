#include "platform/publish.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "platform/merge_folder.h"
#include "platform/output_folder.h"
#include "platform/tree.h"

namespace daybook {

namespace {

constexpr const char* staging = "site";  // in the holder: the new site, and after an exchange the old one
constexpr const char* aside = "old";     // in the holder: the old site between two renames

Descriptor open_folder(int parent, const char* name) {
  return Descriptor(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

// Whether the name in `parent` still leads to the file open at `fd`.
bool leads_to(int parent, const std::string& name, int fd) {
  struct stat open {
  }, named{};
  return ::fstat(fd, &open) == 0 && ::fstatat(parent, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

bool is_folder(int parent, const std::string& name) {
  struct stat status {};
  return ::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

bool is_plain_path(std::string_view path) {
  for (;;) {
    const auto slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return path.find('\0') == std::string_view::npos;
    path.remove_prefix(slash + 1);
  }
}

// The errno of the fault; folders that were made are counted.
int make_folders_above(int root, const std::string& path, std::atomic<std::size_t>& made) {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    if (::mkdirat(root, path.substr(0, slash).c_str(), 0777) == 0) {
      ++made;
    } else if (errno != EEXIST) {
      return errno;
    }
  }
  return 0;
}

int write_new(int root, const std::string& path, std::string_view bytes) {
  Descriptor file(::openat(root, path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file) return errno;
  if (const int fault = write_all(file.get(), bytes)) return fault;
  return ::close(file.release()) == 0 ? 0 : errno;  // some file systems tell of a full disk only here
}

}  // namespace

Result<std::unique_ptr<Publication>> Publication::begin(const std::string& folder, Swap first) {
  auto output = find_output_folder(folder);
  if (!output) return output.error();
  std::unique_ptr<Publication> publication(new Publication);
  publication->shown_ = folder;
  publication->name_ = output->name;
  publication->holder_ = output->name + ".next";
  publication->first_ = first;
  publication->parent_ = Descriptor(::open(output->parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!publication->parent_) return system_error(folder, "publish into", errno);
  for (const auto step : {&Publication::take_lock, &Publication::clean_leftovers, &Publication::open_staging}) {
    auto done = (publication.get()->*step)();
    if (!done) return done.error();
  }
  return publication;
}

// The holder is made, locked, and known to be ours.
Result<Done> Publication::take_lock() {
  const std::string holder_shown = shown_ + ".next";
  for (;;) {
    if (::mkdirat(parent_.get(), holder_.c_str(), 0777) != 0 && errno != EEXIST)
      return system_error(holder_shown, "make", errno);
    Descriptor holder = open_folder(parent_.get(), holder_.c_str());
    if (!holder && errno == ENOENT) continue;  // another process ended just now
    if (!holder) return system_error(holder_shown, "open", errno);
    // Any other fault is a file system without locks, where all we can do is to go on.
    if (::flock(holder.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
      return Error{Kind::later, Place{shown_}, "another daybook process is publishing into this folder",
                   "wait until it has ended, then run it again"};
    if (!leads_to(parent_.get(), holder_, holder.get())) continue;
    auto ours = check_replaceable(holder.get(), holder_shown, marker_name);
    if (!ours) return ours;
    lock_ = std::move(holder);
    return Done{};
  }
}

Result<Done> Publication::clean_leftovers() {
  // Killed between two renames: nothing is published, and the old site is here.
  if (!is_folder(parent_.get(), name_) && is_folder(lock_.get(), aside) &&
      ::renameat(lock_.get(), aside, parent_.get(), name_.c_str()) != 0)
    return system_error(shown_, "restore", errno);
  for (const char* leftover : {staging, aside}) {
    auto removed = remove_tree(lock_.get(), leftover, shown_ + ".next/" + leftover);
    if (!removed) return removed;
  }
  return Done{};
}

Result<Done> Publication::open_staging() {
  old_ = open_folder(parent_.get(), name_.c_str());
  if (!old_ && errno != ENOENT) return system_error(shown_, "open", errno);
  if (old_) {
    auto ours = check_replaceable(old_.get(), shown_, marker_name);
    if (!ours) return ours;
  }
  const std::string marker(marker_name);
  ::unlinkat(lock_.get(), marker.c_str(), 0);
  if (const int fault = write_new(lock_.get(), marker, marker_text))
    return system_error(shown_ + ".next", "write", fault);
  if (::mkdirat(lock_.get(), staging, 0777) != 0) return system_error(shown_ + ".next", "write", errno);
  new_ = open_folder(lock_.get(), staging);
  if (!new_) return system_error(shown_ + ".next", "open", errno);
  struct stat status {};
  if (old_ && ::fstat(old_.get(), &status) == 0) ::fchmod(new_.get(), status.st_mode & 07777);
  if (const int fault = write_new(new_.get(), marker, marker_text)) return system_error(shown_, "write", fault);
  return Done{};
}

Publication::~Publication() {
  if (lock_) remove_staging();
}

Result<Done> Publication::add(std::string_view path, std::string_view bytes) {
  auto fault = store(path, bytes);
  if (!fault) return Done{};
  const std::lock_guard lock(fault_mutex_);
  if (!fault_) fault_ = fault;
  return *fault;
}

std::optional<Error> Publication::store(std::string_view path, std::string_view bytes) {
  const std::string name(path);
  const Place place{shown_ + '/' + name};
  if (!is_plain_path(path) || path == marker_name)
    return Error{Kind::failed, place, "this path cannot be published",
                 "a page's path is relative and has no empty, \".\" or \"..\" parts"};
  bool same = false;
  if (old_) {
    const Descriptor before(::openat(old_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (before && ::fstat(before.get(), &status) == 0 && S_ISREG(status.st_mode)) ++kept_names_;
    same = before && holds(before.get(), bytes);
  }
  int fault = put(name, bytes, same);
  if (fault == ENOENT) {  // folders are made when they are first missed: a look for each file would cost more
    fault = make_folders_above(new_.get(), name, new_folders_);
    if (fault == 0) fault = put(name, bytes, same);
  }
  if (fault == EEXIST) return Error{Kind::failed, place, "two pages have this path", "give one of them another name"};
  if (fault != 0) return system_error(place.source, "write", fault);
  ++(same ? unchanged_ : written_);
  return std::nullopt;
}

int Publication::put(const std::string& name, std::string_view bytes, bool same) {
  if (same) {
    if (::linkat(old_.get(), name.c_str(), new_.get(), name.c_str(), 0) == 0) return 0;
    if (errno == EEXIST || errno == ENOENT) return errno;
  }
  return write_new(new_.get(), name, bytes);  // other bytes, or a file system without hard links
}

Result<PublishCounts> Publication::commit() {
  if (fault_) return *fault_;
  PublishCounts counts{written_ + unchanged_, written_, unchanged_, 0};
  std::size_t old_files = 0, old_folders = 0;
  if (old_) {
    auto entries = entries_below(old_.get(), shown_);
    if (!entries) return entries.error();
    for (const FolderEntry& entry : *entries) ++(entry.type == EntryType::folder ? old_folders : old_files);
    if (old_files > 0) --old_files;  // the marker
    counts.removed = old_files - std::min<std::size_t>(old_files, kept_names_);
  }
  const bool nothing_changed = old_ && counts.written == 0 && counts.removed == 0 && old_folders == new_folders_;
  if (!nothing_changed) {
    auto swapped = swap();
    if (!swapped) return swapped.error();
  }
  remove_staging();
  return counts;
}

Result<Done> Publication::swap() {
  int fault = EINVAL;
  if (first_ == Swap::exchange) fault = exchange();
  if (fault != 0 && fault != EBUSY && fault != EXDEV && first_ != Swap::file_by_file) fault = two_renames();
  if (fault == 0) return Done{};
  const bool cannot_move = fault == EBUSY || fault == EXDEV || first_ == Swap::file_by_file;
  if (!cannot_move || !old_) return system_error(shown_, "publish into", fault);
  return merge_folder(new_.get(), old_.get(), shown_);
}

int Publication::exchange() {
#ifdef RENAME_EXCHANGE
  if (old_) return ::renameat2(lock_.get(), staging, parent_.get(), name_.c_str(), RENAME_EXCHANGE) == 0 ? 0 : errno;
#endif
  return EINVAL;
}

int Publication::two_renames() {
  if (old_ && ::renameat(parent_.get(), name_.c_str(), lock_.get(), aside) != 0) return errno;
  if (::renameat(lock_.get(), staging, parent_.get(), name_.c_str()) == 0) return 0;
  const int fault = errno;
  if (old_) ::renameat(lock_.get(), aside, parent_.get(), name_.c_str());
  return fault;
}

// What cannot be removed here is no fault of the site that is published: the next run tries again, and says so.
void Publication::remove_staging() {
  new_ = Descriptor();
  for (const char* leftover : {staging, aside})
    if (!remove_tree(lock_.get(), leftover, shown_ + ".next/" + leftover)) return;
  ::unlinkat(lock_.get(), std::string(marker_name).c_str(), 0);
  ::unlinkat(parent_.get(), holder_.c_str(), AT_REMOVEDIR);
  lock_ = Descriptor();
}

}  // namespace daybook
