#include "rehearsal/artifacts.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

namespace fs = std::filesystem;

std::string absolute(const std::string& path, const ActionPlace& place) {
  return path.empty() || path.front() != '/' ? place.workspace + '/' + path : path;
}

bool hidden(const fs::path& path) {
  return std::any_of(path.begin(), path.end(), [](const fs::path& part) {
    const std::string name = part.string();
    return name.size() > 1 && name.front() == '.' && name != "..";
  });
}

// The files of an artifact by their names in it: a folder's below it, a file's own.
std::map<std::string, std::string> files_at(const fs::path& path, bool with_hidden) {
  std::map<std::string, std::string> files;
  if (fs::is_regular_file(path)) files[path.filename().string()] = path.string();
  if (!fs::is_directory(path)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(path, fs::directory_options::follow_directory_symlink)) {
    const fs::path name = entry.path().lexically_relative(path);
    if (entry.is_regular_file() && (with_hidden || !hidden(name))) files[name.string()] = entry.path().string();
  }
  return files;
}

void copy_into(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const auto& [name, file] : files_at(from, true)) put((to / name).string(), bytes_of(file));
}

}  // namespace

Used upload_artifact(const Texts& with, const ActionPlace& place) {
  const std::string path = text_of(with, "path");
  if (path.find_first_of("*?\n!") != std::string::npos)
    throw std::runtime_error("an artifact of several paths: " + path);
  const std::string given = text_of(with, "name");
  const fs::path folder = fs::path(place.artifacts) / (given.empty() ? "artifact" : given);
  const auto files = files_at(absolute(path, place), text_of(with, "include-hidden-files") == "true");
  if (files.empty()) {
    const std::string if_none = text_of(with, "if-no-files-found");
    const std::string why = "No files were found with the provided path: " + path + ". No artifacts will be uploaded.";
    if (if_none == "error") return action_fails(place, why);
    if (if_none != "ignore") place.say("::warning::" + why);
    return {};
  }
  if (fs::exists(folder) && text_of(with, "overwrite") != "true")
    return action_fails(place, "Failed to CreateArtifact: (409) Conflict: an artifact with this name already exists");
  fs::remove_all(folder);
  for (const auto& [name, file] : files) put((folder / name).string(), bytes_of(file));
  return {true, {{"artifact-id", folder.filename().string()}}};
}

Used download_artifact(const Texts& with, const ActionPlace& place) {
  const std::string name = text_of(with, "name");
  const std::string pattern = text_of(with, "pattern");
  const fs::path to = absolute(text_of(with, "path"), place);
  if (!name.empty()) {
    if (!fs::is_directory(fs::path(place.artifacts) / name))
      return action_fails(place, "Unable to download artifact(s): Artifact not found for name: " + name);
    copy_into(fs::path(place.artifacts) / name, to);
    return {true, {{"download-path", to.string()}}};
  }
  std::vector<fs::path> found;
  if (fs::is_directory(place.artifacts))
    for (const auto& entry : fs::directory_iterator(place.artifacts))
      if (pattern.empty() || ::fnmatch(pattern.c_str(), entry.path().filename().c_str(), 0) == 0)
        found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  for (const fs::path& one : found)
    copy_into(one, text_of(with, "merge-multiple") == "true" ? to : to / one.filename());
  place.say("Total of " + std::to_string(found.size()) + " artifact(s) downloaded");
  return {true, {{"download-path", to.string()}}};
}

}  // namespace daybook::rehearsal
