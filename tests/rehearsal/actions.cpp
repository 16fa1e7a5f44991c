#include "rehearsal/actions.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "rehearsal/process.h"
#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

std::string or_else(const Texts& with, const std::string& name, const std::string& otherwise) {
  const std::string given = text_of(with, name);
  return given.empty() ? otherwise : given;
}

bool runs(const ActionPlace& place, const Arguments& arguments, const std::string& folder) {
  return run({arguments, place.variables, folder, place.log}).code == 0;
}

// The token stays in the clone's settings, where `git push` finds it.
Used checkout(const Texts& with, const ActionPlace& place) {
  const std::string token = or_else(with, "token", place.token);
  const std::string asked = or_else(with, "repository", place.hub.repository());
  const bool own = asked == place.hub.repository();
  const auto other = place.other_repositories.find(asked);
  if (own ? !place.hub.may(token, "contents", "read") : other == place.other_repositories.end())
    return action_fails(place, "fatal: repository 'https://github.com/" + asked + "/' not found");
  const std::string folder = place.workspace + '/' + text_of(with, "path");
  fs::create_directories(folder);
  std::vector<Arguments> commands = {{"git", "init", "--quiet", "--initial-branch=main", "."},
                                     {"git", "remote", "add", "origin", own ? place.origin.url() : other->second},
                                     {"git", "config", "--local", "gc.auto", "0"}};
  if (own && or_else(with, "persist-credentials", "true") == "true")
    commands.push_back({"git", "config", "--local", "remote.origin.receivepack", Origin::receive_pack(token)});
  commands.push_back({"git", "fetch", "--quiet", "--no-tags", "--depth=1", "origin",
                      '+' + or_else(with, "ref", own ? place.sha : "HEAD") + ":refs/rehearsal/asked"});
  if (const std::string folders = text_of(with, "sparse-checkout"); !folders.empty())
    commands.push_back({"sh", "-c", "git sparse-checkout set " + folders});
  // A branch of its name where one was asked for, as actions/checkout makes it.
  const std::string branch = own && text_of(with, "ref").empty() ? "main" : or_else(with, "ref", "main");
  commands.push_back({"git", "update-ref", "refs/remotes/origin/" + branch, "refs/rehearsal/asked"});
  commands.push_back({"git", "update-ref", "-d", "refs/rehearsal/asked"});
  commands.push_back({"git", "checkout", "--quiet", "--force", "-B", branch, "refs/remotes/origin/" + branch});
  for (const Arguments& command : commands)
    if (!runs(place, command, folder)) return action_fails(place, "The process '/usr/bin/git' failed");
  return {};
}

// Of this repository, or of the program's by a tag, which the runner unpacks outside of the workspace.
Used setup_daybook(const std::string& uses, const Texts& with, const ActionPlace& place) {
  std::string root = place.workspace;
  if (const auto at = uses.find('@'); at != std::string::npos) {
    root = place.temp + "/_actions/" + uses.substr(0, uses.find("/.github/")) + '/' + uses.substr(at + 1);
    fs::create_directories(root);
    fs::copy(DAYBOOK_SOURCE_DIR "/.github", root + "/.github",
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  if (!fs::exists(root + "/.github/actions/setup-daybook/action.yml"))
    return action_fails(place,
                        "Can't find 'action.yml' under '.github/actions/setup-daybook'. Did you forget to run "
                        "actions/checkout before running your local action?");
  std::ofstream(place.temp + "/_runner_file_commands/env", std::ios::app)
      << "DAYBOOK_SCRIPTS=" << root << "/.github/scripts\n";
  if (or_else(with, "program", "true") == "true")
    place.path.insert(place.path.begin(), fs::path(DAYBOOK_BINARY).parent_path().string());
  return {};
}

// The files of an artifact, which is a folder of the run's, by their names in it: a folder's below it, a file's own.
// Hidden ones are left out.
std::map<std::string, std::string> files_at(const fs::path& path) {
  std::map<std::string, std::string> files;
  if (fs::is_regular_file(path)) files[path.filename().string()] = path.string();
  if (!fs::is_directory(path)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(path, fs::directory_options::follow_directory_symlink)) {
    const fs::path name = entry.path().lexically_relative(path);
    const bool is_hidden =
        std::any_of(name.begin(), name.end(), [](const fs::path& part) { return part.string().front() == '.'; });
    if (entry.is_regular_file() && !is_hidden) files[name.string()] = entry.path().string();
  }
  return files;
}

Used upload_artifact(const Texts& with, const ActionPlace& place) {
  const fs::path path = fs::path(place.workspace) / text_of(with, "path");
  const fs::path folder = fs::path(place.artifacts) / text_of(with, "name");
  const auto files = files_at(path);
  if (files.empty() && text_of(with, "if-no-files-found") != "ignore")
    return action_fails(place, "No files were found with the provided path: " + path.string());
  if (fs::exists(folder))
    return action_fails(place, "Failed to CreateArtifact: (409) Conflict: an artifact with this name already exists");
  for (const auto& [name, file] : files) put((folder / name).string(), bytes_of(file));
  return {};
}

Used download_artifact(const Texts& with, const ActionPlace& place) {
  if (text_of(with, "merge-multiple") != "true") throw std::runtime_error("artifacts are only played merged");
  const fs::path to = fs::path(place.workspace) / text_of(with, "path");
  std::vector<fs::path> found;
  if (fs::is_directory(place.artifacts))
    for (const auto& entry : fs::directory_iterator(place.artifacts))
      if (::fnmatch(text_of(with, "pattern").c_str(), entry.path().filename().c_str(), 0) == 0)
        found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  for (const fs::path& one : found)
    for (const auto& [name, file] : files_at(one)) put((to / name).string(), bytes_of(file));
  place.say("Total of " + std::to_string(found.size()) + " artifact(s) downloaded");
  return {};
}

// It is a script of this tar, and actions/upload-artifact.
Used upload_pages_artifact(const Texts& with, const ActionPlace& place) {
  const std::string archive = place.temp + "/artifact.tar";
  const Arguments tar = {
      "tar", "--dereference", "--hard-dereference", "--directory",       or_else(with, "path", "_site/"),
      "-cf", archive,         "--exclude=.git",     "--exclude=.github", "--exclude=.[^/]*",
      "."};
  if (!runs(place, tar, place.workspace)) return action_fails(place, "The process '/usr/bin/tar' failed");
  return upload_artifact({{"name", "github-pages"}, {"path", archive}}, place);
}

// Why Pages would not take what was unpacked; empty: they do.
// https://github.com/actions/upload-pages-artifact#file-permissions
std::string objection(const std::string& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto permissions = entry.symlink_status().permissions();
    const std::string name = entry.path().string().substr(folder.size() + 1);
    if (entry.is_symlink()) return name + " is a symbolic link";
    if (!entry.is_directory() && !entry.is_regular_file()) return name + " is no file";
    if ((permissions & fs::perms::others_read) == fs::perms::none) return name + " can't be read by others";
    if (entry.is_directory() && (permissions & fs::perms::others_exec) == fs::perms::none)
      return name + " can't be entered by others";
  }
  return {};
}

Used deploy_pages(const Texts&, const ActionPlace& place) {
  for (const char* permission : {"pages", "id-token"})
    if (!place.hub.may(place.token, permission, "write"))
      return action_fails(place, std::string("Ensure GITHUB_TOKEN has permission \"") + permission + ": write\".");
  if (place.environment.empty())
    return action_fails(place, "Missing environment. Ensure your workflow's deployment job has an environment.");
  const std::string archive = place.artifacts + "/github-pages/artifact.tar";
  if (!fs::exists(archive))
    return action_fails(place, "No artifacts named \"github-pages\" were found for this workflow run.");
  const PagesSetting pages = place.hub.pages();
  if (!pages.on || pages.build_type != "workflow")
    return action_fails(place,
                        "Failed to create deployment (status: 404). Ensure GitHub Pages has been enabled: "
                        "https://github.com/" +
                            place.hub.repository() + "/settings/pages");
  const TemporaryFolder unpacked;
  if (!runs(place, {"tar", "-xpf", archive, "--no-same-owner"}, unpacked.path()))
    return action_fails(place, "Deployment failed: no tar archive");
  if (const std::string why = objection(unpacked.path()); !why.empty())
    return action_fails(place, "Deployment failed: " + why);
  std::map<std::string, std::string> site;
  for (auto& [path, bytes] : contents(unpacked.path()))
    if (path.back() != '/') site[path] = std::move(bytes);
  place.hub.deploy(std::move(site));
  return {true, {{"page_url", place.hub.pages_url()}}};
}

// Nothing is ever in it.
Used cache(const Texts&, const ActionPlace&) { return {true, {{"cache-hit", ""}}}; }

}  // namespace

void ActionPlace::say(const std::string& line) const { std::ofstream(log, std::ios::app) << line << '\n'; }

Used action_fails(const ActionPlace& place, const std::string& why) {
  place.say("::error::" + why);
  return {false, {}};
}

Used use_action(const std::string& uses, const Texts& with, const ActionPlace& place) {
  using Action = std::function<Used(const Texts&, const ActionPlace&)>;
  static const std::map<std::string, Action> known = {{"actions/checkout", checkout},
                                                      {"actions/cache", cache},
                                                      {"actions/upload-artifact", upload_artifact},
                                                      {"actions/download-artifact", download_artifact},
                                                      {"actions/upload-pages-artifact", upload_pages_artifact},
                                                      {"actions/deploy-pages", deploy_pages}};
  if (uses.find("/.github/actions/setup-daybook") != std::string::npos) return setup_daybook(uses, with, place);
  const auto found = known.find(uses.substr(0, uses.find('@')));
  if (found == known.end()) throw std::runtime_error("nothing stands in for the action " + uses);
  return found->second(with, place);
}

}  // namespace daybook::rehearsal
