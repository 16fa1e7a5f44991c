// daybook upgrade: an archive of an older version, written anew in place.
#include "support/catch.h"
#include "support/folder.h"
#include "support/program.h"

using namespace daybook;

namespace {

// The sample's first day, recorded.
std::map<std::string, std::string> recorded(const TemporaryFolder& folder) {
  std::vector<std::string> arguments = {
      "run", "-q", "--archive", folder / "archive", "--state", folder / "state", "--out", folder / "public"};
  arguments.insert(arguments.end(), {"--feed", DAYBOOK_SOURCE_DIR "/tests/sample/2099-01-05.rss.xml"});
  Program program(arguments, {}, folder / "output");
  REQUIRE(program.wait() == 0);
  return contents(folder / "archive");
}

int upgrade(const TemporaryFolder& folder) {
  return Program({"upgrade", "-q", "--archive", folder / "archive"}, {}, folder / "output").wait();
}

}  // namespace

TEST_CASE("upgrade: an archive of this version stays as it is, byte for byte, others.jsonl too", "[upgrade]") {
  const TemporaryFolder folder;
  const auto before = recorded(folder);
  CHECK(upgrade(folder) == 0);
  CHECK(contents(folder / "archive") == before);
}

TEST_CASE("upgrade: Pages and index that an older version wrote otherwise, or not at all, are written anew",
          "[upgrade]") {
  const TemporaryFolder folder;
  const auto before = recorded(folder);
  put(folder / "archive/2099/2099-01-05.md", "as it was once");
  put(folder / "archive/README.md", "as it was once");
  CHECK(upgrade(folder) == 0);
  CHECK(contents(folder / "archive") == before);
}

TEST_CASE("upgrade: an unreadable record is named and left as it is, others are written anew", "[upgrade]") {
  const TemporaryFolder folder;
  auto before = recorded(folder);
  put(folder / "archive/2099/2099-01-06.json", "{\"schema\": 99}");
  put(folder / "archive/2099/2099-01-05.md", "as it was once");
  CHECK(upgrade(folder) == 1);
  auto after = contents(folder / "archive");
  CHECK(after.at("2099/2099-01-05.md") == before.at("2099/2099-01-05.md"));
  CHECK(after.at("2099/2099-01-06.json") == "{\"schema\": 99}");
  CHECK(after.at("README.md").find("2099-01-06") != std::string::npos);
}
