// The commands by their names, and the whole program.
#pragma once

#include "store/context.h"

namespace daybook {

// The commands. Each says what it has to say and returns the exit code.
Exit init_command(const CommandContext& context);
Exit run_command(const CommandContext& context);
Exit backfill_command(const CommandContext& context);
Exit build_command(const CommandContext& context);
Exit import_command(const CommandContext& context);
Exit upgrade_command(const CommandContext& context);
Exit serve_command(const CommandContext& context);
Exit deliver_command(const CommandContext& context);
Exit feedback_command(const CommandContext& context);
Exit check_command(const CommandContext& context);
Exit preview_command(const CommandContext& context);
Exit replay_command(const CommandContext& context);

// The whole program: what main() calls.
int command_main(int argc, const char* const* argv);

}  // namespace daybook
