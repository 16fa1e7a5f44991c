#include "platform/workflow_command.h"

#include "core/text.h"

namespace daybook {

namespace {

std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%')
      out += "%25";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else if (property && c == ':')
      out += "%3A";
    else if (property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string annotation(std::string_view command, const Error& error) {
  const Place& place = error.place;
  const bool is_file = !place.source.empty() && place.source.find("://") == std::string::npos;
  std::string line = "::" + std::string(command);
  if (is_file) {
    line += " file=" + escaped(place.source, true);
    if (place.line > 0) line += ",line=" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) line += ",col=" + std::to_string(place.column);
  }
  std::string message = is_file || place.source.empty() ? error.what : place.source + ": " + error.what;
  if (!error.mend.empty()) message += "\nmend: " + error.mend;
  return line + "::" + escaped(message, false) + "\n";
}

std::string group_command(std::string_view title) { return "::group::" + escaped(title, false) + "\n"; }
std::string end_group_command() { return "::endgroup::\n"; }

std::string without_commands(std::string_view text) {
  std::string out;
  bool first = true;
  for (const std::string_view line : split(text, '\n')) {
    if (!first) out += '\n';
    first = false;
    const auto start = line.find_first_not_of(" \t\r\v\f");
    const bool command = start != std::string_view::npos && line.substr(start, 2) == "::";
    std::string safe(line);
    if (command) safe.insert(start + 1, " ");
    for (auto at = safe.find("##["); at != std::string::npos; at = safe.find("##[", at)) safe.insert(at + 2, " ");
    out += safe;
  }
  return out;
}

}  // namespace daybook
