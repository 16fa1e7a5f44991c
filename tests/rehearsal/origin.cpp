#include "rehearsal/origin.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "rehearsal/process.h"
#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

const char* const pre_receive =
    "#!/bin/sh\n"
    "[ -z \"$REHEARSAL_TOKEN\" ] || ! grep -qxF -- \"$REHEARSAL_TOKEN\" writers || exit 0\n"
    "echo 'Permission to this repository denied to github-actions[bot].' >&2\n"
    "exit 1\n";

std::string without_newline(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

Origin::Origin(std::string folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  git({"init", "--quiet", "--bare", "--initial-branch=main", "."});
  // As GitHub's own servers allow it; and nothing cleans up behind a rehearsal's back.
  for (const char* setting : {"uploadpack.allowAnySHA1InWant", "uploadpack.allowFilter"})
    git({"config", setting, "true"});
  git({"config", "gc.auto", "0"});
  git({"config", "receive.autogc", "false"});
  put(folder_ + "/hooks/pre-receive", pre_receive);
  ::chmod((folder_ + "/hooks/pre-receive").c_str(), 0755);
  put(folder_ + "/writers", "");
}

std::string Origin::git(const std::vector<std::string>& arguments, const Texts& environment) const {
  std::vector<std::string> command = {"git"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  Variables all = plain_environment(folder_);
  for (const char* who : {"AUTHOR", "COMMITTER"}) {
    all.emplace_back(std::string("GIT_") + who + "_NAME", "Ada");
    all.emplace_back(std::string("GIT_") + who + "_EMAIL", "ada@daybook.example");
  }
  all.insert(all.end(), environment.begin(), environment.end());
  return output_of({command, all, folder_, {}});
}

void Origin::allow(const std::string& token) {
  const std::lock_guard lock(mutex_);
  put(folder_ + "/writers", bytes_of(folder_ + "/writers") + token + '\n');
}

void Origin::forbid(const std::string& token) {
  const std::lock_guard lock(mutex_);
  std::string left;
  for (const std::string& line : lines_of(bytes_of(folder_ + "/writers")))
    if (line != token) left += line + '\n';
  put(folder_ + "/writers", left);
}

std::string Origin::receive_pack(const std::string& token) { return "REHEARSAL_TOKEN=" + token + " git-receive-pack"; }

void Origin::commit(const std::string& branch, const std::map<std::string, std::optional<std::string>>& files,
                    const std::string& message, const std::optional<std::string>& on) {
  const TemporaryFolder scratch;
  const Texts index = {{"GIT_INDEX_FILE", scratch / "index"}};
  const std::string parent = on.value_or(tip(branch));
  if (!parent.empty()) git({"read-tree", parent}, index);
  for (const auto& [path, bytes] : files) {
    if (!bytes) {
      git({"update-index", "--force-remove", path}, index);
      continue;
    }
    put(scratch / "blob", *bytes);
    const std::string blob = without_newline(git({"hash-object", "-w", scratch / "blob"}));
    const bool executable = bytes->compare(0, 2, "#!") == 0;
    git({"update-index", "--add", "--cacheinfo", (executable ? "100755," : "100644,") + blob + ',' + path}, index);
  }
  std::vector<std::string> arguments = {"commit-tree", without_newline(git({"write-tree"}, index)), "-m", message};
  if (!parent.empty()) arguments.insert(arguments.end(), {"-p", parent});
  set_branch(branch, without_newline(git(arguments)));
}

void Origin::set_branch(const std::string& branch, const std::string& commit) {
  git({"update-ref", "refs/heads/" + branch, commit});
}

void Origin::delete_branch(const std::string& branch) { git({"update-ref", "-d", "refs/heads/" + branch}); }

std::string Origin::tip(const std::string& branch) const {
  return without_newline(git({"for-each-ref", "--format=%(objectname)", "refs/heads/" + branch}));
}

bool Origin::has(const std::string& branch) const { return !tip(branch).empty(); }

std::map<std::string, std::string> Origin::files(const std::string& branch) const {
  if (!has(branch)) return {};
  const TemporaryFolder scratch;
  git({"--work-tree", scratch.path(), "checkout", "--quiet", "--force", "refs/heads/" + branch, "--", "."},
      {{"GIT_INDEX_FILE", scratch / ".index"}});
  std::map<std::string, std::string> all;
  for (auto& [path, bytes] : contents(scratch.path()))
    if (path.back() != '/' && path != ".index") all[path] = std::move(bytes);
  return all;
}

std::vector<std::string> Origin::commits(const std::string& branch) const {
  if (!has(branch)) return {};
  return lines_of(git({"rev-list", "refs/heads/" + branch}));
}

bool Origin::new_objects_hold(const std::string& text, std::set<std::string>& known) const {
  std::string wanted;
  for (const std::string& object : lines_of(git({"cat-file", "--batch-all-objects", "--batch-check=%(objectname)"})))
    if (known.insert(object).second) wanted += object + '\n';
  if (wanted.empty()) return false;
  const TemporaryFolder scratch;
  put(scratch / "wanted", wanted);
  const std::string script = "git cat-file --batch --buffer <'" + scratch / "wanted" + "'";
  return output_of({{"sh", "-c", script}, plain_environment(folder_), folder_, {}}).find(text) != std::string::npos;
}

long long Origin::packed_size(const std::string& branch) const {
  const TemporaryFolder scratch;
  git({"clone", "--quiet", "--bare", "--single-branch", "--branch", branch, url(), scratch / "clone"});
  git({"-C", scratch / "clone", "repack", "-a", "-d", "--quiet"});
  long long size = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scratch / "clone/objects/pack"))
    if (entry.path().extension() == ".pack") size += static_cast<long long>(entry.file_size());
  return size;
}

}  // namespace daybook::rehearsal
