#include "rehearsal/commands.h"

#include <algorithm>

namespace daybook::rehearsal {

namespace {

std::string unescaped(std::string text) {
  for (const auto& [code, sign] : Texts{{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}})
    for (auto at = text.find(code); at != std::string::npos; at = text.find(code, at + sign.size()))
      text.replace(at, code.size(), sign);
  return text;
}

// ::name properties::text
struct LogCommand {
  std::string name;
  std::string properties;
  std::string text;
};

std::vector<LogCommand> commands_in(const std::string& log) {
  std::vector<LogCommand> found;
  for (const std::string& line : lines_of(log)) {
    const auto start = line.find_first_not_of(" \t");
    if (start == std::string::npos || line.compare(start, 2, "::") != 0) continue;
    const auto end = line.find("::", start + 2);
    if (end == std::string::npos) continue;
    const std::string head = line.substr(start + 2, end - start - 2);
    const auto blank = head.find(' ');
    found.push_back(
        {head.substr(0, blank), blank == std::string::npos ? "" : head.substr(blank), unescaped(line.substr(end + 2))});
  }
  return found;
}

}  // namespace

std::vector<std::string> annotations_in(const std::string& log) {
  std::vector<std::string> found;
  for (const LogCommand& one : commands_in(log))
    if (one.name == "error" || one.name == "warning") found.push_back(one.name + ':' + one.properties + ' ' + one.text);
  return found;
}

bool says(const std::vector<std::string>& annotations, const std::string& part) {
  return std::any_of(annotations.begin(), annotations.end(),
                     [&](const std::string& one) { return one.find(part) != std::string::npos; });
}

std::string turned_off_command_in(const std::string& log) {
  for (const LogCommand& one : commands_in(log))
    for (const char* off : {"set-output", "save-state", "set-env", "add-path"})
      if (one.name == off) return one.name;
  return {};
}

CommandFile read_command_file(const std::string& text) {
  CommandFile read;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.empty()) continue;
    const auto equals = line.find('=');
    const auto here = line.find("<<");
    if (equals < here && equals > 0) {
      set_text(read.values, line.substr(0, equals), line.substr(equals + 1));
      continue;
    }
    if (here == std::string::npos || here == 0 || here + 2 == line.size()) {
      read.fault = "Invalid format '" + line + "'";
      return read;
    }
    const std::string mark = line.substr(here + 2);
    std::string value;
    for (++i; i < lines.size() && lines[i] != mark; ++i) value += lines[i] + '\n';
    if (i == lines.size()) {
      read.fault = "Invalid value. Matching delimiter not found '" + mark + "'";
      return read;
    }
    if (!value.empty()) value.pop_back();
    set_text(read.values, line.substr(0, here), value);
  }
  return read;
}

}  // namespace daybook::rehearsal
