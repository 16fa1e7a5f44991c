// The command line, read.
#pragma once

#include <optional>
#include <string>

#include "settings/options.h"

namespace daybook {

// What the command line asks for: options, or text to print (help, version, a misuse) and the exit code.
struct CommandLine {
  std::optional<Options> options;
  std::string text;
  int exit_code = 0;
};

CommandLine read_command_line(int argc, const char* const* argv);

}  // namespace daybook
