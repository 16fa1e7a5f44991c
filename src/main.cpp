// Binds the real world: everything else is values and commands.
#include <malloc.h>

#include <cstdio>
#include <exception>

#include "command/command.h"

int main(int argc, char** argv) {
  // Pages are made and let go by the hundred kilobytes: memory that goes back to the system each time costs a tenth of
  // a build in page faults.
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  try {
    return daybook::command_main(argc, argv);
  } catch (const std::exception& bug) {
    // Errors are values; what arrives here is a fault of the program's own.
    std::fprintf(stderr, "daybook: this is a bug, please report it: %s\n", bug.what());
    return 1;
  }
}
