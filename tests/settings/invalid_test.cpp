// tests/invalid: settings with faults, and beside each what Daybook must say of it, word for word.
// DAYBOOK_RENEW=1 writes the expected messages anew; read the difference before you commit it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "llm/prices.h"
#include "settings/settings.h"
#include "support/catch.h"

namespace {

using namespace daybook;
namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The faults as the terminal shows them, with the file's bare name as its place.
std::string messages(const fs::path& path) {
  Errors errors;
  const std::string name = path.filename().string();
  if (name.find(".prices.") != name.npos) {
    static_cast<void>(read_prices(contents(path), name, errors));
  } else if (name.find(".interests.") != name.npos) {
    static_cast<void>(read_interests(contents(path), name, errors));
  } else {
    static_cast<void>(read_settings(contents(path), name, errors));
  }
  std::string text;
  for (const auto& error : errors) {
    CHECK(error.kind == Kind::misuse);
    text += describe(error);
  }
  return text;
}

}  // namespace

TEST_CASE("settings: every file of bad settings gets all of its expected messages", "[settings]") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(DAYBOOK_SOURCE_DIR "/tests/invalid")) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() > 25);
  const char* renew = std::getenv("DAYBOOK_RENEW");
  for (const auto& file : files) {
    INFO(file);
    fs::path expected = file;
    expected.replace_extension(".expected");
    const std::string said = messages(file);
    CHECK_FALSE(said.empty());
    if (renew != nullptr && *renew == '1') {
      std::ofstream(expected, std::ios::binary) << said;
    } else {
      CHECK(said == contents(expected));
    }
  }
}

TEST_CASE("settings: a list or a section repeated beyond reason is refused at once", "[settings]") {
  std::string toml = "[site]\nurl = \"https://daybook.example/\"\n[arxiv]\ncategories = [\n";
  for (int i = 0; i < 20000; ++i) toml += "\"cs.LG\",\n";
  toml += "]\n";
  for (int i = 0; i < 2001; ++i) toml += "[[author]]\nname = \"Ada " + std::to_string(i) + "\"\n";
  Errors errors;
  read_settings(toml, "x.toml", errors);
  std::string told;
  for (const Error& error : errors) told += describe(error);
  CHECK(told ==
        "x.toml:4:14: error: [arxiv] categories has 20000 entries\n  hint: keep to 2000 at most\n"
        "x.toml:20006:1: error: [[author]] has 2001 entries\n  hint: keep to 2000 at most\n");
}
