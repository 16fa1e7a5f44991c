// tests/invalid: an owner's library and opinions with faults, and beside each what Daybook must say of it, word for
// word. DAYBOOK_RENEW=1 writes the expected messages anew; read the difference before you commit it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "library/bibtex.h"
#include "library/opinions.h"
#include "library/ris.h"
#include "support/catch.h"

namespace {

using namespace daybook;
namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_read_here(const fs::path& path) {
  return path.extension() == ".bib" || path.extension() == ".ris" || path.extension() == ".txt";
}

// The faults as the terminal shows them, with the file's bare name as its place; and the titles and ids that were read.
std::string messages(const fs::path& path) {
  Errors errors;
  std::string read;
  const std::string name = path.filename().string();
  if (path.extension() == ".txt") {
    for (const Opinion& opinion : read_opinions(contents(path), name, errors)) read += " [" + opinion.id + ']';
  } else {
    const auto references =
        path.extension() == ".bib" ? read_bibtex(contents(path), name, errors) : read_ris(contents(path), name, errors);
    for (const Reference& reference : references) read += " [" + reference.id + ' ' + reference.title + ']';
  }
  std::string text;
  for (const auto& error : errors) {
    CHECK(error.kind == Kind::failed);
    text += describe(error);
  }
  return text + "read:" + read + '\n';
}

}  // namespace

TEST_CASE("library: every bad library and opinion gets all of its expected messages, and the rest is read",
          "[library]") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(DAYBOOK_SOURCE_DIR "/tests/invalid"))
    if (is_read_here(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() > 8);
  const char* renew = std::getenv("DAYBOOK_RENEW");
  for (const auto& file : files) {
    INFO(file);
    fs::path expected = file;
    expected.replace_extension(".expected");
    const std::string said = messages(file);
    CHECK(said.find("error: ") != std::string::npos);
    if (renew != nullptr && *renew == '1') {
      std::ofstream(expected, std::ios::binary) << said;
    } else {
      CHECK(said == contents(expected));
    }
  }
}
