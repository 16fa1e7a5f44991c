// Other programs, each in a session of its own, so that they can be ended with all that they have started.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "support/program.h"

namespace daybook::rehearsal {

// How a machine stops before its time.
enum class Stop {
  none,
  lost,       // the machine is gone: SIGKILL to all that runs
  cancelled,  // somebody pressed "Cancel": SIGINT, then SIGTERM, to the first process, at last SIGKILL to all
};

struct Command {
  std::vector<std::string> arguments;  // looked up in the PATH of `environment`
  Variables environment = {};          // all of it
  std::string folder = {};
  std::string log = {};  // both outputs are added to it
};

struct Ending {
  int code = 0;  // 128 + N where signal N ended it
  Stop stop = Stop::none;
};

// `watch` is asked every few milliseconds whether to stop.
Ending run(const Command& command, const std::function<Stop()>& watch = {});

// What it prints; fails the test where it does not end with 0.
std::string output_of(const Command& command);

// An environment with PATH and little else; git in it knows no settings of this machine.
Variables plain_environment(const std::string& home);

}  // namespace daybook::rehearsal
