#include "architecture/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace daybook::architecture {

namespace {

struct Line {
  int number = 0;  // from 1
  std::string_view text;
};

struct Include {
  int line = 0;
  bool quoted = false;  // "..." and not <...>
  std::string_view target;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back({static_cast<int>(lines.size()) + 1, text.substr(0, end)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// What follows `word` at the start of the text, blanks left out before and behind it; nothing where it isn't there.
std::optional<std::string_view> after(std::string_view text, std::string_view word) {
  const auto without_blanks = [](std::string_view all) {
    return all.substr(std::min(all.find_first_not_of(" \t"), all.size()));
  };
  text = without_blanks(text);
  if (!text.starts_with(word)) return std::nullopt;
  return without_blanks(text.substr(word.size()));
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> found;
  for (const auto& [number, text] : lines_of(file.text)) {
    const auto directive = after(text, "#");
    const auto rest = directive ? after(*directive, "include") : std::nullopt;
    if (!rest || rest->empty()) continue;
    const char closing = rest->front() == '"' ? '"' : rest->front() == '<' ? '>' : '\0';
    const auto end = rest->find(closing, 1);
    if (closing != '\0' && end != rest->npos) found.push_back({number, closing == '"', rest->substr(1, end - 1)});
  }
  return found;
}

// "core" of "src/core/date.h"; "main.cpp" of "src/main.cpp"; empty outside of src.
std::string_view folder_of(std::string_view path) {
  if (!path.starts_with("src/")) return {};
  path.remove_prefix(4);
  return path.substr(0, path.find('/'));
}

// Why a file of `from` may not include one of `to`; empty where it may.
std::string objection(const Levels& levels, std::string_view from, std::string_view to) {
  if (from == to || from == "main.cpp") return {};
  const auto here = levels.find(from);
  const auto there = levels.find(to);
  if (here == levels.end()) return std::string(from) + " is not in the table of docs/architecture.md";
  if (there == levels.end()) return std::string(to) + " is not in the table of docs/architecture.md";
  if (from == "platform") return to == "core" ? "" : "platform sees only core";
  if (to == "platform")
    return here->second >= levels.at("store") ? "" : "only store, the levels above it and main.cpp see platform";
  if (there->second >= here->second)
    return std::string(from) + " may not include " + std::string(to) + ", which is not on a lower level";
  return {};
}

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Where `word` stands in `line` and is no part of a longer word.
bool has_word(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const bool starts = at == 0 || !is_word_character(word.front()) || !is_word_character(line[at - 1]);
    const auto end = at + word.size();
    const bool ends = end == line.size() || !is_word_character(word.back()) || !is_word_character(line[end]);
    if (starts && ends) return true;
  }
  return false;
}

// The name in a line that starts the definition of a type ("struct Day {", "enum class Kind : int {"); empty elsewhere.
std::string_view type_defined_in(std::string_view line) {
  if (line.find('{') == std::string_view::npos) return {};
  for (const std::string_view start : {"struct ", "enum class ", "class ", "enum "}) {
    if (!line.starts_with(start)) continue;
    line.remove_prefix(start.size());
    if (line.starts_with("[[nodiscard]] ")) line.remove_prefix(14);
    const auto end = std::find_if_not(line.begin(), line.end(), is_word_character) - line.begin();
    const auto name = line.substr(0, static_cast<std::size_t>(end));
    // "struct HttpClient::State {" is inside of a type, which is enough.
    return line.substr(name.size()).starts_with("::") ? std::string_view() : name;
  }
  return {};
}

struct Restriction {
  std::string_view target;                // a header, or where it ends in '/' a folder of headers
  std::vector<std::string_view> allowed;  // folders
  std::string_view rule;
};

const std::vector<Restriction> restricted_headers = {
    {"fstream", {"platform"}, "<fstream> belongs in platform: no other folder touches the disk"},
    {"filesystem", {"platform"}, "<filesystem> belongs in platform: no other folder touches the disk"},
    {"curl/", {"platform"}, "curl belongs in platform: no other folder touches the network"},
    {"thread", {"platform"}, "<thread> belongs in platform: no other folder starts threads"},
    {"iostream", {"platform", "command", "main.cpp"}, "<iostream> belongs in command, the only printer"},
    {"locale", {}, "<locale> is used nowhere: no output depends on one"},
    {"clocale", {}, "<clocale> is used nowhere: no output depends on one"},
    {"regex", {}, "<regex> is used nowhere: it recurses as deep as the text is long"}};

const std::vector<Restriction> restricted_words = {
    {"system_clock", {"platform"}, "the clock is read in platform: the same archive gives the same bytes"},
    {"getenv", {"platform"}, "the environment is read in platform"},
    {"fopen", {"platform"}, "files are opened in platform"},
    {"setlocale", {}, "no output depends on a locale"},
    {"rand", {}, "chance has no place in what must come out the same"},
    {"random_device", {}, "chance has no place in what must come out the same"}};

bool allows(const Restriction& restriction, std::string_view folder) {
  return std::find(restriction.allowed.begin(), restriction.allowed.end(), folder) != restriction.allowed.end();
}

// The part of a line that is code: comments that fill the rest of it are left out.
std::string_view code_of(std::string_view line) { return line.substr(0, line.find("//")); }

bool names_header(std::string_view target, std::string_view restricted) {
  return restricted.back() == '/' ? target.starts_with(restricted) : target == restricted;
}

}  // namespace

std::string report(const std::vector<Fault>& faults) {
  std::string text;
  for (const auto& fault : faults) {
    text += fault.path;
    if (fault.line > 0) text += ':' + std::to_string(fault.line);
    text += ": " + fault.rule + '\n';
  }
  return text;
}

Levels levels_in(std::string_view document) {
  Levels levels;
  for (auto [number, line] : lines_of(document)) {
    if (!line.starts_with("| `")) continue;
    line.remove_prefix(3);
    const auto name = line.substr(0, line.find('`'));
    const auto level = line.substr(std::min(line.find("| ") + 2, line.size()));
    levels.emplace(name, is_word_character(level[0]) && level[0] <= '9' ? std::stoi(std::string(level)) : -1);
  }
  return levels;
}

std::vector<Fault> include_faults(const Levels& levels, const SourceFile& file) {
  std::vector<Fault> faults;
  const auto from = folder_of(file.path);
  if (from.empty()) return faults;
  for (const auto& include : includes_of(file)) {
    if (!include.quoted) continue;
    const auto slash = include.target.find('/');
    if (slash == std::string_view::npos || include.target.starts_with("..")) {
      faults.push_back({file.path, include.line,
                        "\"" + std::string(include.target) + "\" does not start with its folder: \"core/date.h\""});
      continue;
    }
    if (auto why = objection(levels, from, include.target.substr(0, slash)); !why.empty())
      faults.push_back({file.path, include.line, std::move(why)});
  }
  return faults;
}

std::vector<Fault> world_faults(const SourceFile& file) {
  std::vector<Fault> faults;
  const auto folder = folder_of(file.path);
  if (folder.empty()) return faults;
  for (const auto& include : includes_of(file))
    for (const auto& header : restricted_headers)
      if (!include.quoted && names_header(include.target, header.target) && !allows(header, folder))
        faults.push_back({file.path, include.line, std::string(header.rule)});
  for (const auto& [number, line] : lines_of(file.text)) {
    for (const auto& word : restricted_words)
      if (has_word(code_of(line), word.target) && !allows(word, folder))
        faults.push_back({file.path, number, std::string(word.rule)});
  }
  return faults;
}

std::vector<Fault> library_faults(const std::vector<SourceFile>& files) {
  constexpr std::array<std::string_view, 3> libraries = {"kainjow/", "cmark-gfm", "toml++/"};
  std::vector<Fault> faults;
  for (const auto library : libraries) {
    std::string first;
    for (const auto& file : files) {
      if (folder_of(file.path).empty()) continue;
      for (const auto& include : includes_of(file)) {
        if (!include.target.starts_with(library) || file.path == first) continue;
        if (first.empty())
          first = file.path;
        else
          faults.push_back({file.path, include.line,
                            "<" + std::string(include.target) + "> is already the business of " + first +
                                ": one file names a library"});
      }
    }
  }
  return faults;
}

std::vector<Fault> core_faults(const std::vector<SourceFile>& files) {
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> users;
  for (const auto& file : files)
    if (file.path.starts_with("src/core/") && file.path.ends_with(".h")) users[file.path.substr(4)];
  for (const auto& file : files) {
    const auto folder = folder_of(file.path);
    if (folder.empty() || folder == "core") continue;
    for (const auto& include : includes_of(file))
      if (const auto found = users.find(include.target); found != users.end()) found->second.emplace(folder);
  }
  std::vector<Fault> faults;
  for (const auto& [header, folders] : users)
    if (folders.size() < 2)
      faults.push_back({"src/" + header, 0,
                        folders.empty() ? "is included by no other folder: core is for words that two speak"
                                        : "serves only " + *folders.begin() + ": it belongs there"});
  return faults;
}

std::vector<Fault> name_faults(const std::vector<SourceFile>& files) {
  std::map<std::string, std::string, std::less<>> first;
  std::vector<Fault> faults;
  for (const auto& file : files) {
    bool file_local = false;
    for (const auto& [number, line] : lines_of(file.text)) {
      if (line == "namespace {") file_local = true;
      if (line.starts_with("}  // namespace")) file_local = false;
      const auto name = file_local ? std::string_view() : type_defined_in(line);
      if (name.empty()) continue;
      const auto [known, is_new] = first.emplace(name, file.path);
      if (!is_new)
        faults.push_back({file.path, number,
                          std::string(name) + " is the name of another type in " + known->second +
                              ": the linker would take one for the other"});
    }
  }
  return faults;
}

std::vector<Fault> shape_faults(const SourceFile& file) {
  std::vector<Fault> faults;
  if (folder_of(file.path).empty()) return faults;
  if (file.path.ends_with(".h") && file.text.find("#pragma once\n") == std::string::npos)
    faults.push_back({file.path, 1, "has no #pragma once"});
  return faults;
}

std::vector<Fault> untested_folders(const std::vector<SourceFile>& files) {
  std::set<std::string> code;
  std::set<std::string> tested;
  for (const auto& file : files) {
    if (const auto folder = folder_of(file.path); file.path.ends_with(".cpp") && folder != "main.cpp")
      if (!folder.empty()) code.emplace(folder);
    if (file.path.starts_with("tests/") && file.path.ends_with("_test.cpp")) {
      const auto rest = std::string_view(file.path).substr(6);
      tested.emplace(rest.substr(0, rest.find('/')));
    }
  }
  std::vector<Fault> faults;
  for (const auto& folder : code)
    if (tested.count(folder) == 0)
      faults.push_back({"src/" + folder, 0, "has no tests in tests/" + folder + "/*_test.cpp"});
  return faults;
}

std::vector<Fault> test_name_faults(const SourceFile& file) {
  constexpr std::string_view start = "TEST_CASE(\"";
  constexpr std::size_t longest_subject = 24;
  std::vector<Fault> faults;
  for (const auto& [number, line] : lines_of(file.text)) {
    if (line == "TEST_CASE(")
      faults.push_back({file.path, number, "a test's name fits into the line of its TEST_CASE"});
    if (!line.starts_with(start)) continue;
    const auto name = line.substr(start.size(), line.find('"', start.size()) - start.size());
    if (const auto colon = name.find(": "); colon == std::string_view::npos || colon > longest_subject)
      faults.push_back({file.path, number, "a test's name is \"subject: condition\", the subject in a few words"});
    if (name.find_first_of(";\\") != std::string_view::npos)
      faults.push_back({file.path, number, "a test's name has no semicolon or backslash: ctest would not find it"});
    if (name.starts_with("-"))
      faults.push_back(
          {file.path, number, "a test's name does not begin with a hyphen: Catch2 takes it for an option"});
  }
  return faults;
}

std::vector<Fault> top_level_faults(const std::vector<std::string>& names) {
  constexpr std::string_view known =
      " CMakeLists.txt CMakePresets.json README.md LICENSE CHANGELOG.md CONTRIBUTING.md dev docs src templates site "
      "config tests ";
  std::vector<Fault> faults;
  for (const auto& name : names)
    if (name.front() != '.' && known.find(' ' + name + ' ') == known.npos)
      faults.push_back({name, 0, "does not belong at the top of the repository"});
  return faults;
}

namespace {

// What stands between two marks, each time.
std::vector<std::string_view> between(std::string_view line, std::string_view open, char close) {
  std::vector<std::string_view> found;
  for (auto start = line.find(open); start != line.npos; start = line.find(open, start)) {
    start += open.size();
    const auto end = line.find(close, start);
    if (end == line.npos) break;
    found.push_back(line.substr(start, end - start));
    start = end + 1;
  }
  return found;
}

bool leads_somewhere(const std::filesystem::path& to, const std::vector<std::string>& paths) {
  std::string path = to.lexically_normal().generic_string();
  if (path.ends_with("/")) path.pop_back();
  return std::any_of(paths.begin(), paths.end(),
                     [&](const std::string& one) { return one == path || one.starts_with(path + '/'); });
}

std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::vector<Fault> document_faults(const SourceFile& document, const std::vector<std::string>& paths) {
  constexpr std::size_t columns_at_most = 130;
  const auto folder = std::filesystem::path(document.path).parent_path();
  std::vector<Fault> faults;
  for (const Line& all : lines_of(document.text)) {
    const std::string_view line = all.text;
    const auto fault = [&](std::string rule) { faults.push_back({document.path, all.number, std::move(rule)}); };
    for (const auto link : between(line, "](", ')'))
      if (const auto path = link.substr(0, link.find('#')); !path.empty() && path.find(':') == path.npos)
        if (!leads_somewhere(folder / path, paths)) fault("the link " + std::string(link) + " leads nowhere");
    for (const auto name : between(line, "`", '`')) {
      const bool is_source = (name.ends_with(".cpp") || name.ends_with(".h")) && name.find('/') != name.npos;
      if (is_source && !leads_somewhere(std::filesystem::path("src") / name, paths) && !leads_somewhere(name, paths))
        fault("there is no " + std::string(name));
    }
    if (columns_of(line) > columns_at_most) fault("the line has more than 130 columns");
  }
  return faults;
}

std::vector<Fault> word_faults(const SourceFile& file) {
  // Each has a '~' in it, so that this file does not break its own rule.
  constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"/wo~rk/", "is a path of one machine"},
      {"/home/~runner/", "is a path of one machine"},
      {"/ro~ot/", "is a path of one machine"},
      {"TO~DO", "is a mark of unfinished work"},
      {"FIX~ME", "is a mark of unfinished work"},
      {"XX~X", "is a mark of unfinished work"},
      {"registry.npm~js.org", "is the host of a package registry"},
      {"py~pi.org", "is the host of a package registry"},
      {"crates~.io", "is the host of a package registry"},
      {"deb.~debian.org", "is the host of a package registry"},
      {"archive.ub~untu.com", "is the host of a package registry"},
      {"proxy.go~lang.org", "is the host of a package registry"}};
  std::vector<Fault> faults;
  for (const auto& [divided, rule] : words) {
    std::string word(divided);
    word.erase(word.find('~'), 1);
    for (const auto& [number, line] : lines_of(file.text))
      if (has_word(line, word)) faults.push_back({file.path, number, word + ' ' + std::string(rule)});
  }
  return faults;
}

}  // namespace daybook::architecture
