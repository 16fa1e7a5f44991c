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

TEST_CASE("the source tree is read at all") { CHECK(files_under("src").size() > 20); }

// CHECK prints both sides: what was found names file, line and rule.
TEST_CASE("includes in src are those that docs/architecture.md allows") {
  const Levels levels = levels_in(read_source("docs/architecture.md").text);
  REQUIRE(levels.size() > 10);
  CHECK(faults_of_each(files_under("src"), [&](const SourceFile& file) { return include_faults(levels, file); }) == "");
}

TEST_CASE("only platform touches the world and only command prints") {
  CHECK(faults_of_each(files_under("src"), world_faults) == "");
}

TEST_CASE("each library that could be replaced is named in one file") {
  CHECK(report(library_faults(files_under("src"))) == "");
}

TEST_CASE("each core header serves at least two other folders") {
  CHECK(report(core_faults(files_under("src"))) == "");
}

TEST_CASE("a type's name stands for one type in all of src") { CHECK(report(name_faults(files_under("src"))) == ""); }

TEST_CASE("headers of src are guarded") { CHECK(faults_of_each(files_under("src"), shape_faults) == ""); }

TEST_CASE("each folder of src has tests") {
  CHECK(report(untested_folders(joined(files_under("src"), files_under("tests")))) == "");
}

TEST_CASE("tests have names that ctest can find") {
  CHECK(faults_of_each(files_under("tests"), test_name_faults) == "");
}

TEST_CASE("the top level of the repository holds only what it says") {
  std::set<std::string> names;
  for (const auto& path : tracked_paths()) names.insert(path.substr(0, path.find('/')));
  CHECK(names.count("src") == 1);
  CHECK(report(top_level_faults({names.begin(), names.end()})) == "");
}

TEST_CASE("documents: links and files that they name are there") {
  const auto paths = tracked_paths();
  std::string found;
  for (const auto& path : paths) {
    const auto folder = path.substr(0, path.find('/') + 1);
    if (path.size() > 3 && path.substr(path.size() - 3) == ".md" && (folder.empty() || folder == "docs/"))
      found += report(document_faults(read_source(path), paths));
  }
  CHECK(found == "");
}

TEST_CASE("no tracked file names a machine, a registry or unfinished work") {
  std::string found;
  for (const auto& path : tracked_paths()) found += report(word_faults(read_source(path)));
  CHECK(found == "");
}
