// daybook init: an owner's repository, made from one binary.
#include <filesystem>

#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

int init(const TemporaryFolder& folder, const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {"init", folder / "mine"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return Program(arguments, {}, folder / "output").wait();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("init: four owner's files, which name the release and the site's address", "[init]") {
  const TemporaryFolder folder;
  CHECK(init(folder, {"--program", "grace/daybook", "--repository", "Ada/papers"}) == 0);
  const auto files = contents(folder / "mine");
  CHECK(has(files.at("config/daybook.toml"), "\nurl = \"https://ada.github.io/papers/\"\n"));
  CHECK(has(files.at("README.md"), "git remote add origin https://github.com/Ada/papers.git"));
  CHECK(has(files.at(".github/workflows/daily.yml"), "uses: grace/daybook/.github/actions/setup-daybook@v"));
  CHECK_FALSE(has(files.at(".github/workflows/daily.yml"), "uses: ./"));
  CHECK(has(files.at(".gitignore"), "/state/"));
  CHECK(files.count("config/feedback.txt") == 1);
  Program check({"check", "--config", folder / "mine/config/daybook.toml", "--archive", folder / "a"}, {},
                folder / "output");
  CHECK(check.wait() == 0);
}

TEST_CASE("init: a repository that is named like a placeholder keeps its name", "[init]") {
  const TemporaryFolder folder;
  CHECK(init(folder, {"--program", "grace/VERSION", "--repository", "ada/ADDRESS"}) == 0);
  const std::string readme = bytes_of(folder / "mine/README.md");
  CHECK(has(readme, "# ADDRESS\n"));
  CHECK(has(readme, "https://github.com/grace/VERSION/releases"));
  CHECK_FALSE(has(readme, "{"));
}

TEST_CASE("init: files that are there stay as they are", "[init]") {
  const TemporaryFolder folder;
  put(folder / "mine/config/daybook.toml", "# mine\n");
  CHECK(init(folder, {"--program", "grace/daybook"}) == 0);
  CHECK(bytes_of(folder / "mine/config/daybook.toml") == "# mine\n");
  CHECK(has(bytes_of(folder / "output"), "kept " + folder / "mine/config/daybook.toml"));
  CHECK(has(bytes_of(folder / "mine/README.md"), "OWNER/REPOSITORY"));
}

TEST_CASE("init: what names no repository, or a build that knows of none, is refused before any write", "[init]") {
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{"--program", "daybook"}, {"--program", "a/b", "--repository", "a/b c"}, {}}) {
    const TemporaryFolder folder;
    CHECK(init(folder, options) == 2);
    CHECK_FALSE(std::filesystem::exists(folder / "mine"));
  }
}
