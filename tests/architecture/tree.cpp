#include "architecture/tree.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace daybook::architecture {

namespace {

namespace fs = std::filesystem;

const fs::path& top() {
  static const fs::path path = DAYBOOK_SOURCE_DIR;
  return path;
}

std::vector<std::string> lines_from(std::istream& in) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> git_paths() {
  std::vector<std::string> paths;
  const std::string command = std::string("git -c safe.directory='*' -C '") + DAYBOOK_SOURCE_DIR + "' ls-files -z 2>&-";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return paths;
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), got);
  pclose(pipe);
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find('\0', start);
    paths.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return paths;
}

std::vector<std::string> walked_paths() {
  std::ifstream ignore(top() / ".gitignore");
  const auto ignored = lines_from(ignore);
  std::vector<std::string> paths;
  for (auto it = fs::recursive_directory_iterator(top()); it != fs::recursive_directory_iterator(); ++it) {
    const std::string path = fs::relative(it->path(), top()).string();
    if (it->is_directory()) {
      if (path == ".git" || std::count(ignored.begin(), ignored.end(), '/' + path + '/') > 0)
        it.disable_recursion_pending();
    } else {
      paths.push_back(path);
    }
  }
  return paths;
}

}  // namespace

SourceFile read_source(const std::string& path) {
  std::ifstream in(top() / path, std::ios::binary);
  return {path, std::string(std::istreambuf_iterator<char>(in), {})};
}

std::vector<SourceFile> files_under(const std::string& folder) {
  const std::set<std::string> source = {".h", ".cpp"};
  std::vector<SourceFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(top() / folder))
    if (entry.is_regular_file() && source.count(entry.path().extension().string()) > 0)
      files.push_back(read_source(fs::relative(entry.path(), top()).string()));
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<std::string> tracked_paths() {
  auto paths = git_paths();
  if (paths.empty()) paths = walked_paths();
  // A file that is about to be deleted is tracked and gone.
  paths.erase(
      std::remove_if(paths.begin(), paths.end(), [](const auto& path) { return !fs::is_regular_file(top() / path); }),
      paths.end());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace daybook::architecture
