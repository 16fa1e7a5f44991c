#include "platform/output_folder.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "platform/disk.h"
#include "platform/environment.h"
#include "platform/posix.h"
#include "platform/tree.h"

namespace daybook {

namespace {

constexpr std::string_view marker_beginning = "This folder is written by daybook";
constexpr const char* choose_another = "choose a folder of its own for the site, such as --out public";

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
  if (!real) return std::nullopt;
  return std::string(real.get());
}

bool is_same_or_above(const std::string& folder, const std::string& path) {
  if (folder == "/" || folder == path) return true;
  return path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0 && path[folder.size()] == '/';
}

Error refusal(const std::string& shown, const std::string& what, const std::string& mend) {
  return Error{Kind::misuse, Place{shown}, "cannot publish into this folder: " + what, mend};
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

Result<Done> check_path(const std::string& real, const std::string& shown) {
  if (real == "/") return refusal(shown, "it is the root of the file system", choose_another);
  if (const auto current = real_path("."); current && is_same_or_above(real, *current))
    return refusal(shown, *current == real ? "it is the current folder" : "the current folder is in it",
                   choose_another);
  for (const std::string& folder : home_folders()) {
    const auto home = real_path(folder);
    // A user without a home has "/" for one: that is above nothing that isn't refused already.
    if (home && *home != "/" && is_same_or_above(real, *home))
      return refusal(shown, *home == real ? "it is the home folder" : "the home folder is in it", choose_another);
  }
  return Done{};
}

OutputFolder split_last(const std::string& real) {
  const auto slash = real.rfind('/');
  return {slash == 0 ? "/" : real.substr(0, slash), real.substr(slash + 1)};
}

Result<OutputFolder> find_new_folder(const std::string& shown) {
  std::string path = shown;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0)
    return refusal(shown, "it is a link that leads nowhere", "remove the link, or make the folder it names");
  const auto slash = path.rfind('/');
  const std::string above = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
  if (name.empty() || name == "." || name == "..") return refusal(shown, "its name is missing", choose_another);
  auto made = make_folders(above);
  if (!made) return made.error();
  const auto real = real_path(above);
  if (!real) return system_error(above, "find", errno);
  return OutputFolder{*real, name};
}

bool has_marker(int folder, std::string_view name) {
  const Descriptor file(::openat(folder, std::string(name).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > 4096) return false;
  std::string text;
  if (read_all(file.get(), text) != 0) return false;
  // A run killed while it wrote the marker leaves its first bytes, or none: that is ours all the same.
  const std::size_t length = std::min(text.size(), marker_beginning.size());
  return text.compare(0, length, marker_beginning, 0, length) == 0;
}

}  // namespace

Result<OutputFolder> find_output_folder(const std::string& path) {
  const auto real = real_path(path);
  if (!real && errno != ENOENT) return system_error(path, "publish into", errno);
  if (!real) return find_new_folder(path);
  struct stat status {};
  if (::stat(real->c_str(), &status) != 0) return system_error(path, "publish into", errno);
  if (!S_ISDIR(status.st_mode)) return refusal(path, "it is a file", choose_another);
  auto checked = check_path(*real, path);
  if (!checked) return checked.error();
  return split_last(*real);
}

Result<Done> check_replaceable(int folder, const std::string& shown, std::string_view marker_name) {
  auto entries = entries_in(folder, shown);
  if (!entries) return entries.error();
  const auto has = [&](std::string_view name) {
    return std::any_of(entries->begin(), entries->end(), [&](const FolderEntry& entry) { return entry.path == name; });
  };
  if (has(".git"))
    return refusal(shown, "it is a git repository",
                   "choose a folder of its own for the site, and copy it from there into the repository");
  if (!entries->empty() && !has_marker(folder, marker_name))
    return refusal(shown, "it holds files that daybook did not write",
                   "choose another folder with --out, or empty this one if nothing in it is needed");
  return Done{};
}

}  // namespace daybook
