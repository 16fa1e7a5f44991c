// What every command starts from: the options and the voice.
#pragma once

#include "core/error.h"
#include "platform/terminal.h"
#include "settings/options.h"

namespace daybook {

// How a command ended; the exit code is the worst error's (sysexits.h has 75).
enum Exit { exit_done = 0, exit_failed = 1, exit_misuse = 2, exit_later = 75 };
Exit exit_of(const Error& error);
Exit worse(Exit a, Exit b);  // a failure before "try again later" before done

struct CommandContext {
  const Options& options;
  Console& console;
  int jobs() const;
  // Says the error; the exit code that it calls for.
  Exit fail(const Error& error) const;
  Exit fail(const Errors& errors) const;  // says all
};

}  // namespace daybook
