// What a step says to the runner: in its log, and in the files that the runner gave it.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
#pragma once

#include <string>
#include <vector>

#include "rehearsal/value.h"

namespace daybook::rehearsal {

// The errors and warnings of a log: "error: text", "warning: file=a.toml,line=3 text", with their line breaks.
std::vector<std::string> annotations_in(const std::string& log);
// Whether one of them has this part.
bool says(const std::vector<std::string>& annotations, const std::string& part);

// A command that GitHub has turned off, such as ::set-output; empty: the log has none.
std::string turned_off_command_in(const std::string& log);

// The lines of GITHUB_OUTPUT or GITHUB_ENV: name=value, or name<<END, the value's lines, END. Where there is another,
// `fault` says so as GitHub does, and the step fails.
struct CommandFile {
  Texts values = {};
  std::string fault = {};
};
CommandFile read_command_file(const std::string& text);

}  // namespace daybook::rehearsal
