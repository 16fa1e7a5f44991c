// Runs every journey below this folder. See README.md.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/folder.h"

namespace fs = std::filesystem;
using daybook::bytes_of;

namespace {

const fs::path journeys = fs::path(DAYBOOK_SOURCE_DIR) / "tests/journeys";

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Paths below the source tree name it $SOURCE; a tree at a short path such as "/src" is not taken for part of another.
void hide_source_path(std::string& text) {
  const std::string path = std::string(DAYBOOK_SOURCE_DIR) + '/';
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at + 1)) {
    const bool inside_a_path = at > 0 && (std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0 ||
                                          std::string("./_-").find(text[at - 1]) != std::string::npos);
    if (!inside_a_path) text.replace(at, path.size(), "$SOURCE/");
  }
}

// A shell that knows the program by its name and nothing of this machine.
std::string shell(const std::string& folder, const std::string& command) {
  return "cd '" + folder + "' && HOME='" + folder +
         "' SAMPLE='" DAYBOOK_SOURCE_DIR "/tests/sample' SOURCE='" DAYBOOK_SOURCE_DIR
         "' PATH=\"$(dirname '" DAYBOOK_BINARY "'):$PATH\" LC_ALL=C sh -c '" +
         command + "' >transcript.part 2>&1 </dev/null";
}

std::string run_journey(const fs::path& journey, const std::string& folder) {
  std::string transcript;
  std::istringstream commands(bytes_of((journey / "journey").string()));
  for (std::string command; std::getline(commands, command);) {
    if (command.empty() || command[0] == '#') continue;
    std::string quoted = command;
    replace_all(quoted, "'", "'\\''");
    const int status = std::system(shell(folder, quoted).c_str());
    std::string printed = bytes_of(folder + "/transcript.part");
    fs::remove(folder + "/transcript.part");
    hide_source_path(printed);
    transcript += "$ " + command + '\n' + printed;
    const int code = status < 0 ? -1 : status >> 8;
    if (code != 0) transcript += "exit " + std::to_string(code) + '\n';
  }
  return transcript;
}

void compare_or_renew(const fs::path& expected, const std::string& got) {
  const char* renew = std::getenv("DAYBOOK_RENEW");
  if (renew != nullptr && std::string(renew) == "1") {
    fs::create_directories(expected.parent_path());
    std::ofstream(expected, std::ios::binary) << got;
    return;
  }
  INFO("expected in " << expected.lexically_relative(journeys).string());
  CHECK(got == bytes_of(expected.string()));
}

// What a reader finds in a page's <main>: a line for each heading, paragraph, item or row, links with their targets.
// Head, navigation and footer, which all pages share, are left to the pages that are compared whole.
std::string outline_of(const std::string& page) {
  static const std::set<std::string> blocks = {"article", "caption", "dd",      "details", "div",  "dl",  "dt", "h1",
                                               "h2",      "h3",      "h4",      "li",      "main", "nav", "ol", "p",
                                               "pre",     "section", "summary", "table",   "tr",   "ul"};
  std::string outline;
  std::string line;
  std::string target;
  const auto add = [&](const std::string& text) {
    for (const char c : text)
      if (std::isspace(static_cast<unsigned char>(c)) == 0)
        line += c;
      else if (!line.empty() && line.back() != ' ')
        line += ' ';
  };
  const std::size_t end = page.find("</main>");
  for (std::size_t at = page.find("<main"); at < end;) {
    const std::size_t close = page.find('>', at);
    const std::string tag = page.substr(at + 1, close - at - 1);
    const bool opens = tag[0] != '/';
    const std::string name = tag.substr(opens ? 0 : 1, tag.find_first_of(" /", 1) - (opens ? 0 : 1));
    if (name == "td" || name == "th" || name == "small") {
      add(" ");
    } else if (blocks.contains(name)) {
      while (!line.empty() && line.back() == ' ') line.pop_back();
      if (!line.empty()) outline += line + '\n';
      line = opens && name[0] == 'h' ? std::string(static_cast<std::size_t>(name[1] - '0'), '#') + ' ' : "";
    } else if (name == "a") {
      const std::size_t href = tag.find("href=\"");
      if (opens) target = href == std::string::npos ? "" : tag.substr(href + 6, tag.find('"', href + 6) - href - 6);
      if (!opens && !target.empty()) add(" <" + target + ">");
    }
    at = page.find('<', close);
    add(page.substr(close + 1, at - close - 1));
  }
  return outline;
}

std::vector<fs::path> all_journeys() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(journeys))
    if (fs::exists(entry.path() / "journey")) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("journeys: every journey ends as its folder says", "[journeys]") {
  const auto paths = all_journeys();
  REQUIRE_FALSE(paths.empty());
  for (const fs::path& journey : paths) {
    DYNAMIC_SECTION(journey.filename().string()) {
      const daybook::TemporaryFolder folder;
      if (fs::exists(journey / "input")) fs::copy(journey / "input", folder.path(), fs::copy_options::recursive);
      compare_or_renew(journey / "expected/transcript", run_journey(journey, folder.path()));
      for (const auto& entry : fs::recursive_directory_iterator(journey / "expected")) {
        auto relative = entry.path().lexically_relative(journey / "expected");
        if (!entry.is_regular_file() || relative == "transcript") continue;
        const bool is_outline = relative.extension() == ".outline";
        if (is_outline) relative.replace_extension(".html");
        INFO("the journey leaves no file " << relative.string());
        REQUIRE(fs::exists(folder / relative.string()));
        const std::string got = bytes_of(folder / relative.string());
        compare_or_renew(entry.path(), is_outline ? outline_of(got) : got);
      }
    }
  }
}
