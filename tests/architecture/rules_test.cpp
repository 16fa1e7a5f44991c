// Each rule must be able to fail: a bad example each, and the message it gives.
#include "architecture/rules.h"

#include "support/catch.h"

using namespace daybook::architecture;

namespace {

std::string includes(const std::string& path, const std::string& text) {
  const Levels levels = levels_in(
      "| Folder | Level | Holds |\n| --- | --- | --- |\n| `core` | 0 | words |\n| `tex` | 2 | |\n| `paper` | 3 | |\n"
      "| `rank` | 4 | |\n| `llm` | 4 | |\n| `day` | 5 | |\n| `site` | 6 | |\n| `store` | 7 | |\n| `command` | 9 | |\n"
      "| `platform` | apart | |\n");
  return report(include_faults(levels, {path, text}));
}
std::string world(const std::string& path, const std::string& text) { return report(world_faults({path, text})); }

}  // namespace

TEST_CASE("rules: an include of a lower level or of the own folder is allowed", "[rules]") {
  CHECK(includes("src/day/day.h", "#include <vector>\n#include \"core/date.h\"\n#include \"day/day.h\"\n") == "");
}

TEST_CASE("rules: an include of the same or a higher level is named with its line", "[rules]") {
  CHECK(includes("src/tex/tex.h", "// why\n\n#include \"paper/paper.h\"\n") ==
        "src/tex/tex.h:3: tex may not include paper, which is not on a lower level\n");
  CHECK(includes("src/core/date.h", "#  include \"site/site.h\"") ==
        "src/core/date.h:1: core may not include site, which is not on a lower level\n");
  CHECK(includes("src/rank/local.h", "#include \"llm/chat.h\"") ==
        "src/rank/local.h:1: rank may not include llm, which is not on a lower level\n");
}

TEST_CASE("rules: only store and what follows see platform, and platform sees only core", "[rules]") {
  CHECK(includes("src/command/run.cpp", "#include \"platform/disk.h\"\n") == "");
  CHECK(includes("src/main.cpp", "#include \"platform/disk.h\"\n#include \"command/command.h\"\n") == "");
  CHECK(includes("src/platform/disk.cpp", "#include \"core/error.h\"\n#include \"platform/disk.h\"\n") == "");
  CHECK(includes("src/site/site.cpp", "#include \"platform/disk.h\"\n") ==
        "src/site/site.cpp:1: only store, the levels above it and main.cpp see platform\n");
  CHECK(includes("src/platform/disk.cpp", "#include \"day/day.h\"\n") ==
        "src/platform/disk.cpp:1: platform sees only core\n");
}

TEST_CASE("rules: an include without its folder and an unknown folder are refused", "[rules]") {
  CHECK(includes("src/day/day.cpp", "#include \"day.h\"\n#include \"../core/date.h\"\n") ==
        "src/day/day.cpp:1: \"day.h\" does not start with its folder: \"core/date.h\"\n"
        "src/day/day.cpp:2: \"../core/date.h\" does not start with its folder: \"core/date.h\"\n");
  CHECK(includes("src/day/day.cpp", "#include \"utils/x.h\"\n") ==
        "src/day/day.cpp:1: utils is not in the table of docs/architecture.md\n");
  CHECK(includes("src/utils/x.cpp", "#include \"core/date.h\"\n") ==
        "src/utils/x.cpp:1: utils is not in the table of docs/architecture.md\n");
}

TEST_CASE("rules: a file outside of src may include anything", "[rules]") {
  CHECK(includes("tests/tex/tex_test.cpp", "#include \"site/site.h\"\n") == "");
}

TEST_CASE("rules: disk, network and threads are refused but in platform", "[rules]") {
  CHECK(world("src/platform/disk.cpp", "#include <fstream>\n#include <thread>\n#include <curl/curl.h>\n") == "");
  CHECK(world("src/day/day.cpp", "#include <fstream>\n#include <filesystem>\n") ==
        "src/day/day.cpp:1: <fstream> belongs in platform: no other folder touches the disk\n"
        "src/day/day.cpp:2: <filesystem> belongs in platform: no other folder touches the disk\n");
  CHECK(world("src/site/site.cpp", "#include <thread>\n#include <curl/curl.h>\n") ==
        "src/site/site.cpp:1: <thread> belongs in platform: no other folder starts threads\n"
        "src/site/site.cpp:2: curl belongs in platform: no other folder touches the network\n");
}

TEST_CASE("rules: clock, environment and chance are refused, but not in a comment or in a longer word", "[rules]") {
  CHECK(world("src/site/site.cpp", "auto now = std::chrono::system_clock::now();\n") ==
        "src/site/site.cpp:1: the clock is read in platform: the same archive gives the same bytes\n");
  CHECK(world("src/day/day.cpp", "const char* home = std::getenv(\"HOME\");\n") ==
        "src/day/day.cpp:1: the environment is read in platform\n");
  CHECK(world("src/day/day.cpp", "int operands = 1;  // no rand() here\n") == "");
}

TEST_CASE("rules: a library that two files name is refused in the second", "[rules]") {
  const SourceFile first{"src/site/markdown.cpp", "#include <cmark-gfm.h>\n#include <cmark-gfm-core-extensions.h>\n"};
  const SourceFile second{"src/site/page.cpp", "\n#include <cmark-gfm.h>\n"};
  CHECK(report(library_faults({first})) == "");
  CHECK(report(library_faults({first, second})) ==
        "src/site/page.cpp:2: <cmark-gfm.h> is already the business of src/site/markdown.cpp: one file names a "
        "library\n");
}

TEST_CASE("rules: a core header that one folder uses belongs there", "[rules]") {
  const SourceFile header{"src/core/date.h", ""};
  const SourceFile day{"src/day/day.h", "#include \"core/date.h\"\n"};
  const SourceFile site{"src/site/site.h", "#include \"core/date.h\"\n"};
  const SourceFile core{"src/core/date.cpp", "#include \"core/date.h\"\n"};
  CHECK(report(core_faults({header, core, day, site})) == "");
  CHECK(report(core_faults({header, core, day})) == "src/core/date.h: serves only day: it belongs there\n");
  CHECK(report(core_faults({header, core})) ==
        "src/core/date.h: is included by no other folder: core is for words that two speak\n");
}

TEST_CASE("rules: two types of one name are refused, unless they are the files' own", "[rules]") {
  const SourceFile day{"src/day/day.h", "struct Entry;\nstruct Entry {\n"};
  const SourceFile tree{"src/platform/tree.h", "namespace daybook {\nclass [[nodiscard]] Entry : Base {\n"};
  const SourceFile own{"src/site/a.cpp", "namespace {\n\nstruct Entry {\n};\n}  // namespace\n"};
  const SourceFile inside{"src/site/c.cpp", "struct Entry::State {\n"};
  CHECK(report(name_faults({day, own, own, inside})) == "");
  CHECK(report(name_faults({day, tree})) ==
        "src/platform/tree.h:2: Entry is the name of another type in src/day/day.h: the linker would take one for the "
        "other\n");
  CHECK(report(name_faults({day, {"src/site/b.cpp", own.text + "enum class Entry {\n"}})) ==
        "src/site/b.cpp:6: Entry is the name of another type in src/day/day.h: the linker would take one for the "
        "other\n");
}

TEST_CASE("rules: a header without a guard is named", "[rules]") {
  CHECK(report(shape_faults({"src/day/day.h", "#pragma once\n"})) == "");
  CHECK(report(shape_faults({"src/day/day.h", ""})) == "src/day/day.h:1: has no #pragma once\n");
}

TEST_CASE("rules: a folder with code and without tests is named", "[rules]") {
  const SourceFile code{"src/tex/tex.cpp", ""};
  CHECK(report(untested_folders({code, {"tests/tex/tex_test.cpp", ""}, {"src/main.cpp", ""}})) == "");
  CHECK(report(untested_folders({code, {"tests/day/day_test.cpp", ""}, {"tests/tex/helper.cpp", ""}})) ==
        "src/tex: has no tests in tests/tex/*_test.cpp\n");
}

TEST_CASE("rules: a test that ctest could not find by its name is refused", "[rules]") {
  CHECK(report(test_name_faults({"tests/a_test.cpp", "TEST_CASE(\"day: quiet, and so on\") { CHECK(f(\";\")); }\n"})) ==
        "");
  CHECK(report(test_name_faults({"tests/a_test.cpp", "\nTEST_CASE(\"day: quiet; loud\") {\n"})) ==
        "tests/a_test.cpp:2: a test's name has no semicolon or backslash: ctest would not find it\n");
  CHECK(report(test_name_faults({"tests/a_test.cpp", "TEST_CASE(\"--help: it helps\") {\n"})) ==
        "tests/a_test.cpp:1: a test's name does not begin with a hyphen: Catch2 takes it for an option\n");
}

TEST_CASE("rules: a test's name without a subject, or longer than a line, is refused", "[rules]") {
  const std::string rule = "a test's name is \"subject: condition\", the subject in a few words\n";
  CHECK(report(test_name_faults({"tests/a_test.cpp", "TEST_CASE(\"a quiet day\", \"[day]\") {\n"})) ==
        "tests/a_test.cpp:1: " + rule);
  CHECK(report(test_name_faults({"tests/a_test.cpp", "TEST_CASE(\"a subject that is a sentence: so\") {\n"})) ==
        "tests/a_test.cpp:1: " + rule);
  CHECK(report(test_name_faults({"tests/a_test.cpp", "TEST_CASE(\n    \"day: quiet\") {\n"})) ==
        "tests/a_test.cpp:1: a test's name fits into the line of its TEST_CASE\n");
}

TEST_CASE("rules: a stranger at the top level is named, dotfiles are not", "[rules]") {
  CHECK(report(top_level_faults({".github", ".editorconfig", "README.md", "dev", "notes.txt"})) ==
        "notes.txt: does not belong at the top of the repository\n");
}

TEST_CASE("documents: a link or a file that is not there, and a long line, are named", "[rules]") {
  const std::vector<std::string> paths = {"docs/a.md", "src/day/day.h", "README.md"};
  CHECK(report(document_faults(
            {"docs/a.md", "[x](../README.md#y) [z](https://b.example) [w](#v) `day/day.h` [s](../src)\n"}, paths)) ==
        "");
  CHECK(report(document_faults({"docs/a.md", "\n[x](README.md) `day/night.h`\n" + std::string(131, 'x')}, paths)) ==
        "docs/a.md:2: the link README.md leads nowhere\n"
        "docs/a.md:2: there is no day/night.h\n"
        "docs/a.md:3: the line has more than 130 columns\n");
}

TEST_CASE("rules: marks of unfinished work and paths of a machine are named with their line", "[rules]") {
  const std::string mark = std::string("TO") + "DO";
  const std::string path = std::string("/wo") + "rk/";
  CHECK(report(word_faults({"src/a.cpp", "\n// " + mark + ": later\n"})) ==
        "src/a.cpp:2: " + mark + " is a mark of unfinished work\n");
  CHECK(report(word_faults({"README.md", "see " + path + "shared\n"})) ==
        "README.md:1: " + path + " is a path of one machine\n");
  CHECK(report(word_faults({"src/a.cpp", "masTODOn MASTODON daybook.XXXXXX\n"})) == "");
}
