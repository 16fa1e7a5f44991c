#include "platform/publish.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <map>
#include <system_error>
#include <vector>

#include "platform/environment.h"

namespace daybook {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view marker_beginning = "This folder is written by daybook";
constexpr const char* choose_another = "choose a folder of its own for the site, such as --out public";

bool is_same_or_above(const std::string& folder, const std::string& path) {
  if (folder == "/" || folder == path) return true;
  return path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0 && path[folder.size()] == '/';
}

Error refusal(const std::string& shown, const std::string& what, const std::string& hint) {
  return Error{Kind::misuse, Place{shown}, "cannot publish into this folder: " + what, hint};
}

std::vector<std::string> home_folders() {
  std::vector<std::string> homes;
  if (const auto home = variable("HOME")) homes.push_back(*home);
  std::vector<char> buffer(16U << 10U);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
    homes.emplace_back(entry.pw_dir);
  return homes;
}

std::optional<Error> refuse_path(const std::string& real, const std::string& shown) {
  std::error_code fault;
  if (real == "/") return refusal(shown, "it is the root of the file system", choose_another);
  if (const auto current = fs::current_path(fault).string(); !fault && is_same_or_above(real, current))
    return refusal(shown, current == real ? "it is the current folder" : "the current folder is in it", choose_another);
  for (const std::string& folder : home_folders()) {
    const auto home = fs::canonical(folder, fault).string();
    // A user without a home has "/" for one: that is above nothing that isn't refused already.
    if (!fault && home != "/" && is_same_or_above(real, home))
      return refusal(shown, home == real ? "it is the home folder" : "the home folder is in it", choose_another);
  }
  return std::nullopt;
}

// The folder that the user means by "--out", absolute and without links; those above it are made. Whether its contents
// are ours is not looked at.
Result<std::string> find_output_folder(const std::string& path) {
  std::error_code fault;
  if (path.empty()) return refusal(path, "its name is missing", choose_another);
  const std::string named = path.substr(0, std::max<std::size_t>(path.find_last_not_of('/') + 1, 1));
  if (fs::is_symlink(named, fault) && !exists(path))
    return refusal(path, "it is a broken link", "remove the link, or create the folder it names");
  const std::string real = fs::weakly_canonical(fs::absolute(named, fault), fault);
  if (fault) return system_error(path, "publish into", fault.value());
  if (exists(real) && !is_folder(real)) return refusal(path, "it is a file", choose_another);
  if (auto refused = refuse_path(real, path)) return *std::move(refused);
  if (real.back() == '/') return refusal(path, "its name is missing", choose_another);
  if (auto made = make_folders(fs::path(real).parent_path()); !made) return made.error();
  return real;
}

bool has_marker(const std::string& folder) {
  const std::string path = folder + '/' + std::string(Publication::marker_name);
  std::error_code fault;
  if (!fs::is_regular_file(fs::symlink_status(path, fault))) return false;
  const auto text = read_file(path, 4096);
  // A run killed while it wrote the marker leaves its first bytes, or none: that is ours all the same.
  return text && text->substr(0, marker_beginning.size()) == marker_beginning.substr(0, text->size());
}

// Refuses a folder that has a .git, or that holds anything but lacks the marker.
Result<Done> check_replaceable(const std::string& folder, const std::string& shown) {
  std::error_code fault;
  const bool is_empty = fs::is_empty(folder, fault);
  if (fault) return system_error(shown, "list", fault.value());
  if (fs::symlink_status(folder + "/.git", fault).type() != fs::file_type::not_found)
    return refusal(shown, "it is a git repository",
                   "choose a folder of its own for the site, and copy it from there into the repository");
  if (!is_empty && !has_marker(folder))
    return refusal(shown, "it holds files that daybook did not write",
                   "choose another folder with --out, or empty this one if nothing in it is needed");
  return Done{};
}

Result<Done> remove_tree(const std::string& path, const std::string& shown) {
  std::error_code fault;
  fs::remove_all(path, fault);
  // Below what is a file now there is nothing left.
  if (fault && fault != std::errc::not_a_directory) return system_error(shown, "remove", fault.value());
  return Done{};
}

// All below a folder, by their relative paths; what is no folder is `false`. Links are not followed.
Result<std::map<std::string, bool>> folders_and_files(const std::string& folder, const std::string& shown) {
  std::error_code fault;
  std::map<std::string, bool> found;
  for (fs::recursive_directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault))
    found.emplace(entry->path().native().substr(folder.size() + 1),
                  entry->symlink_status(fault).type() == fs::file_type::directory);
  if (fault) return system_error(shown, "list", fault.value());
  return found;
}

int write_new(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file) return errno;
  if (const int fault = write_all(file.get(), bytes)) return fault;
  return ::close(file.release()) == 0 ? 0 : errno;  // some file systems tell of a full disk only here
}

// Puts `from`, which has these bytes, in the place of `to` in one step. The errno of the fault.
int replace_file(const std::string& from, const std::string& to, std::string_view bytes) {
  if (::rename(from.c_str(), to.c_str()) == 0) return 0;
  if (errno != EXDEV) return errno;
  const auto name = to.rfind('/') + 1;
  const std::string temporary = to.substr(0, name) + '.' + to.substr(name) + ".daybook-tmp";
  ::unlink(temporary.c_str());
  int fault = write_new(temporary, bytes);
  if (fault == 0 && ::rename(temporary.c_str(), to.c_str()) != 0) fault = errno;
  if (fault != 0) ::unlink(temporary.c_str());
  return fault;
}

// The contents of one folder made those of another, for an output folder that cannot be moved. Each file changes in one
// step; one with the same bytes is left alone. First come files that are new, then those that change, then the removal
// of what is gone, so that a page never leads to one that is missing. `source` may lose its files.
struct Merge {
  const std::string& source;
  const std::string& target;
  const std::string& shown;

  Result<Done> put(const std::string& path, bool as_folder) const {
    const std::string from = source + '/' + path, to = target + '/' + path, name = shown + '/' + path;
    std::error_code fault;
    // A folder where a file shall be, or anything but a folder where one shall be.
    if ((fs::symlink_status(to, fault).type() == fs::file_type::directory) != as_folder)
      if (auto removed = remove_tree(to, name); !removed) return removed;
    if (as_folder) {
      fs::create_directory(to, fault);
      return fault ? Result<Done>(system_error(name, "make", fault.value())) : Done{};
    }
    const auto bytes = read_file(from);
    if (!bytes) return bytes.error();
    const int code = holds(to, *bytes) ? 0 : replace_file(from, to, *bytes);
    return code != 0 ? Result<Done>(system_error(name, "write", code)) : Done{};
  }

  Result<Done> run() const {
    const auto wanted = folders_and_files(source, shown), present = folders_and_files(target, shown);
    if (!wanted || !present) return wanted ? present.error() : wanted.error();
    for (const bool as_folder : {true, false})
      for (const bool is_there : {false, true})
        for (const auto& [path, is_folder] : *wanted)
          if (is_folder == as_folder && (present->count(path) > 0) == is_there)
            if (auto done = put(path, as_folder); !done) return done;
    for (const auto& [path, is_folder] : *present)
      if (wanted->count(path) == 0)
        if (auto done = remove_tree(target + '/' + path, shown + '/' + path); !done) return done;
    return Done{};
  }
};

bool is_plain_path(std::string_view path) {
  for (;;) {
    const auto slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return path.find('\0') == std::string_view::npos;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

Result<std::unique_ptr<Publication>> Publication::begin(const std::string& folder, Swap first) {
  auto output = find_output_folder(folder);
  if (!output) return output.error();
  std::unique_ptr<Publication> publication(new Publication);
  publication->shown_ = folder;
  publication->old_ = *output;
  publication->holder_ = *output + ".next";
  publication->new_ = publication->holder_ + "/site";
  publication->aside_ = publication->holder_ + "/old";
  publication->first_ = first;
  for (const auto step : {&Publication::take_lock, &Publication::clean_leftovers, &Publication::open_staging}) {
    auto done = (publication.get()->*step)();
    if (!done) return done.error();
  }
  return publication;
}

// The holder is made, locked, and known to be ours.
Result<Done> Publication::take_lock() {
  const std::string shown = shown_ + ".next";
  for (;;) {
    if (::mkdir(holder_.c_str(), 0777) != 0 && errno != EEXIST) return system_error(shown, "make", errno);
    Descriptor holder(::open(holder_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!holder && errno == ENOENT) continue;  // another process ended just now
    if (!holder) return system_error(shown, "open", errno);
    // Any other fault is a file system without locks, where all we can do is to go on.
    if (::flock(holder.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
      return Error{Kind::later, Place{shown_}, "another daybook process is publishing into this folder",
                   "wait until it has ended, then run it again"};
    struct stat open {
    }, named{};
    if (::fstat(holder.get(), &open) != 0 || ::lstat(holder_.c_str(), &named) != 0 || open.st_ino != named.st_ino ||
        open.st_dev != named.st_dev)
      continue;  // and removed it
    auto ours = check_replaceable(holder_, shown);
    if (!ours) return ours;
    lock_ = std::move(holder);
    return Done{};
  }
}

Result<Done> Publication::clean_leftovers() {
  // Killed between two renames: nothing is published, and the old site is here.
  if (!is_folder(old_) && is_folder(aside_) && ::rename(aside_.c_str(), old_.c_str()) != 0)
    return system_error(shown_, "restore", errno);
  for (const std::string& leftover : {new_, aside_})
    if (auto removed = remove_tree(leftover, leftover); !removed) return removed;
  return Done{};
}

Result<Done> Publication::open_staging() {
  struct stat status {};
  is_old_ = ::stat(old_.c_str(), &status) == 0;
  if (is_old_)
    if (auto ours = check_replaceable(old_, shown_); !ours) return ours;
  const std::string marker = '/' + std::string(marker_name);
  ::unlink((holder_ + marker).c_str());
  int fault = write_new(holder_ + marker, marker_text);
  if (fault == 0 && ::mkdir(new_.c_str(), 0777) != 0) fault = errno;
  if (fault != 0) return system_error(shown_ + ".next", "write", fault);
  if (is_old_) ::chmod(new_.c_str(), status.st_mode & 07777);
  if ((fault = write_new(new_ + marker, marker_text)) != 0) return system_error(shown_, "write", fault);
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
  const std::string name = '/' + std::string(path);
  const Place place{shown_ + name};
  if (!is_plain_path(path) || path == marker_name)
    return Error{Kind::failed, place, "this path cannot be published",
                 "a page's path is relative and has no empty, \".\" or \"..\" parts"};
  struct stat status {};
  const bool is_kept = is_old_ && ::lstat((old_ + name).c_str(), &status) == 0 && S_ISREG(status.st_mode);
  if (is_kept) ++kept_names_;
  const bool same = is_kept && holds(old_ + name, bytes);
  int fault = put(name, bytes, same);
  if (fault == ENOENT) {  // folders are made when they are first missed: a look for each file would cost more
    std::error_code code;
    fs::create_directories(fs::path(new_ + name).parent_path(), code);
    fault = code ? code.value() : put(name, bytes, same);
  }
  if (fault == EEXIST) return Error{Kind::failed, place, "two pages have this path", "give one of them another name"};
  if (fault != 0) return system_error(place.source, "write", fault);
  ++(same ? unchanged_ : written_);
  return std::nullopt;
}

int Publication::put(const std::string& name, std::string_view bytes, bool same) {
  if (same) {
    if (::link((old_ + name).c_str(), (new_ + name).c_str()) == 0) return 0;
    if (errno == EEXIST || errno == ENOENT) return errno;
  }
  return write_new(new_ + name, bytes);  // other bytes, or a file system without hard links
}

Result<PublishCounts> Publication::commit() {
  if (fault_) return *fault_;
  PublishCounts counts{written_ + unchanged_, written_, unchanged_, 0};
  bool changed = !is_old_ || counts.written > 0;
  if (is_old_) {
    const auto before = folders_and_files(old_, shown_);
    if (!before) return before.error();
    const auto is_file = [](const auto& entry) { return !entry.second; };
    const auto files = static_cast<std::size_t>(std::count_if(before->begin(), before->end(), is_file));
    const std::size_t kept = kept_names_ + 1;  // and the marker
    counts.removed = files - std::min(files, kept);
    if (!changed && counts.removed == 0) {  // then only folders without files can differ
      const auto after = folders_and_files(new_, shown_);
      changed = !after || before->size() != after->size();
    }
  }
  if (changed || counts.removed > 0) {
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
  if (!cannot_move || !is_old_) return system_error(shown_, "publish into", fault);
  return Merge{new_, old_, shown_}.run();
}

int Publication::exchange() {
#ifdef RENAME_EXCHANGE
  if (is_old_) return ::renameat2(AT_FDCWD, new_.c_str(), AT_FDCWD, old_.c_str(), RENAME_EXCHANGE) == 0 ? 0 : errno;
#endif
  return EINVAL;
}

int Publication::two_renames() {
  if (is_old_ && ::rename(old_.c_str(), aside_.c_str()) != 0) return errno;
  if (::rename(new_.c_str(), old_.c_str()) == 0) return 0;
  const int fault = errno;
  if (is_old_) ::rename(aside_.c_str(), old_.c_str());
  return fault;
}

// What cannot be removed here is no fault of the site that is published: the next run tries again, and says so.
void Publication::remove_staging() {
  for (const std::string& leftover : {new_, aside_})
    if (!remove_tree(leftover, leftover)) return;
  ::unlink((holder_ + '/' + std::string(marker_name)).c_str());
  ::rmdir(holder_.c_str());
  lock_ = Descriptor();
}

}  // namespace daybook
