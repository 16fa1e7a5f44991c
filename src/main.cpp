// Binds the real world: everything else is values and commands.
#include <cstdio>
#include <exception>

#include "command/world.h"

int main(int argc, char** argv) {
  try {
    return daybook::command_main(argc, argv);
  } catch (const std::exception& bug) {
    // Errors are values; what arrives here is a fault of the program's own.
    std::fprintf(stderr, "daybook: this is a bug, please report it: %s\n", bug.what());
    return 1;
  }
}
