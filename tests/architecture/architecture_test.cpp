// The source tree keeps its own rules. The rules' own tests are in rules_test.cpp.
#include <set>

#include "architecture/rules.h"
#include "architecture/tree.h"
#include "support/catch.h"

using namespace daybook::architecture;

namespace {

template <typename Rule>
std::string faults_of_each(const std::vector<SourceFile>& files, Rule rule) {
  std::string text;
  for (const auto& file : files) text += report(rule(file));
  return text;
}

std::vector<SourceFile> joined(std::vector<SourceFile> files, const std::vector<SourceFile>& more) {
  files.insert(files.end(), more.begin(), more.end());
  return files;
}

}  // namespace

TEST_CASE("source tree: it is read at all", "[architecture]") { CHECK(files_under("src").size() > 20); }

// CHECK prints both sides: what was found names file, line and rule.
TEST_CASE("source tree: includes in src are those that docs/architecture.md allows", "[architecture]") {
  const Levels levels = levels_in(read_source("docs/architecture.md").text);
  REQUIRE(levels.size() > 10);
  CHECK(faults_of_each(files_under("src"), [&](const SourceFile& file) { return include_faults(levels, file); }) == "");
}

TEST_CASE("source tree: only platform touches the world and only command prints", "[architecture]") {
  CHECK(faults_of_each(files_under("src"), world_faults) == "");
}

TEST_CASE("source tree: each library that could be replaced is named in one file", "[architecture]") {
  CHECK(report(library_faults(files_under("src"))) == "");
}

TEST_CASE("source tree: each core header serves at least two other folders", "[architecture]") {
  CHECK(report(core_faults(files_under("src"))) == "");
}

TEST_CASE("source tree: a type's name stands for one type in all of src", "[architecture]") {
  CHECK(report(name_faults(files_under("src"))) == "");
}

TEST_CASE("source tree: headers of src are guarded", "[architecture]") {
  CHECK(faults_of_each(files_under("src"), shape_faults) == "");
}

TEST_CASE("source tree: each folder of src has tests", "[architecture]") {
  CHECK(report(untested_folders(joined(files_under("src"), files_under("tests")))) == "");
}

TEST_CASE("source tree: tests have names that ctest can find", "[architecture]") {
  CHECK(faults_of_each(files_under("tests"), test_name_faults) == "");
}

TEST_CASE("source tree: the top level of the repository holds only what it says", "[architecture]") {
  std::set<std::string> names;
  for (const auto& path : tracked_paths()) names.insert(path.substr(0, path.find('/')));
  CHECK(names.count("src") == 1);
  CHECK(report(top_level_faults({names.begin(), names.end()})) == "");
}

TEST_CASE("documents: links and files that they name are there", "[architecture]") {
  const auto paths = tracked_paths();
  std::string found;
  for (const auto& path : paths) {
    const auto folder = path.substr(0, path.find('/') + 1);
    if (path.size() > 3 && path.substr(path.size() - 3) == ".md" && (folder.empty() || folder == "docs/"))
      found += report(document_faults(read_source(path), paths));
  }
  CHECK(found == "");
}

TEST_CASE("source tree: no tracked file names a machine, a registry or unfinished work", "[architecture]") {
  std::string found;
  for (const auto& path : tracked_paths()) found += report(word_faults(read_source(path)));
  CHECK(found == "");
}
