// daybook init: an owner's repository, made from one binary.
#include <filesystem>

#include "core/text.h"
#include "settings/settings.h"
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

std::string settings_for(const std::string& field) {
  const TemporaryFolder folder;
  CHECK(init(folder, {"--program", "grace/daybook", "--repository", "ada/papers", "--field", field}) == 0);
  return bytes_of(folder / "mine/config/daybook.toml");
}

// A comment's lines run together.
std::string with_blanks(std::string text) {
  for (auto at = text.find("\n# "); at != std::string::npos; at = text.find("\n# ", at)) text.replace(at, 3, " ");
  return text;
}

std::size_t comments(const std::string& toml) {
  std::size_t count = 0;
  for (const std::string_view line : split(toml, '\n')) count += line.substr(0, 1) == "#" ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("init: an owner's files, which name the release and the site's address", "[init]") {
  const TemporaryFolder folder;
  CHECK(init(folder, {"--program", "grace/daybook", "--repository", "Ada/papers"}) == 0);
  const auto files = contents(folder / "mine");
  CHECK(has(files.at("config/daybook.toml"), "\nurl = \"https://ada.github.io/papers/\"\n"));
  CHECK(has(files.at("README.md"), "git remote add origin https://github.com/Ada/papers.git"));
  for (const std::string workflow : {"daily", "feedback"}) {
    const std::string& text = files.at(".github/workflows/" + workflow + ".yml");
    CHECK(has(text, "uses: grace/daybook/.github/actions/setup-daybook@v"));
    CHECK_FALSE(has(text, "uses: ./"));
  }
  CHECK(has(files.at(".github/ISSUE_TEMPLATE/feedback.yml"), "id: papers"));
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

TEST_CASE("init: each field's settings are without fault or warning, and have its own categories and topics",
          "[init]") {
  const std::string shipped = settings_for("machine-learning");
  for (const std::string field : {"astro-ph", "cond-mat", "math", "q-bio", "robotics", "stat", "econ", "hep"}) {
    INFO(field);
    const TemporaryFolder folder;
    const std::string toml = settings_for(field);
    put(folder / "daybook.toml", toml);
    Program check({"check", "--config", folder / "daybook.toml", "--archive", folder / "archive"}, {},
                  folder / "output");
    CHECK(check.wait() == 0);
    CHECK(check.output().starts_with("settings, templates and"));
    Errors errors;
    const Settings settings = read_settings(toml, "daybook.toml", errors);
    const std::string path = DAYBOOK_SOURCE_DIR "/config/interests/" + field + ".toml";
    CHECK(settings.interests.topics == read_interests(bytes_of(path), path, errors).topics);
    CHECK(errors.empty());
    CHECK(comments(toml) == comments(shipped));
    // A file of interests says how to use it beside other settings.
    const auto line = toml.find("categories = ");
    CHECK(has(with_blanks(bytes_of(path)), toml.substr(line, toml.find('\n', line) - line)));
  }
}

TEST_CASE("init: machine learning is the field of the settings that ship", "[init]") {
  const TemporaryFolder folder;
  CHECK(init(folder, {"--program", "grace/daybook", "--repository", "ada/papers"}) == 0);
  CHECK(settings_for("machine-learning") == bytes_of(folder / "mine/config/daybook.toml"));
}

TEST_CASE("init: an arXiv category or archive finds its field", "[init]") {
  const std::pair<const char*, const char*> same[] = {{"cs.RO", "robotics"},       {"hep-th", "hep"},
                                                      {"astro-ph.GA", "astro-ph"}, {"cs.LG", "machine-learning"},
                                                      {"stat.OT", "stat"},         {"math.DG", "math"}};
  for (const auto& [category, field] : same) {
    INFO(category);
    CHECK(settings_for(category) == settings_for(field));
  }
}

TEST_CASE("init: a field without topics is refused before any write, with those that have some", "[init]") {
  const std::pair<const char*, const char*> hints[] = {
      {"robotic", "did you mean \"robotics\"?"},
      {"hep-tj", "did you mean \"hep-th\"?"},
      {"cs.CV", "start with the field nearest to yours and edit its topics and categories"},
      {"knitting", "start with the field nearest to yours and edit its topics and categories"}};
  for (const auto& [field, hint] : hints) {
    const TemporaryFolder folder;
    CHECK(init(folder, {"--program", "grace/daybook", "--field", field}) == 2);
    CHECK(
        bytes_of(folder / "output") ==
        "error: there are no topics for the field \"" + std::string(field) +
            "\"; there are for astro-ph, cond-mat, math, q-bio, robotics, stat, econ, hep, machine-learning\n  hint: " +
            hint + '\n');
    CHECK_FALSE(std::filesystem::exists(folder / "mine"));
  }
}
