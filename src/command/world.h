// What every command starts from: the options, the voice, and what was loaded.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "command/archive.h"
#include "command/options.h"
#include "outside/terminal.h"
#include "site/site.h"
#include "site/templates.h"

namespace daybook {

// How a command ended; the exit code is the worst error's (sysexits.h has 75).
enum Exit { exit_done = 0, exit_failed = 1, exit_misuse = 2, exit_later = 75 };
Exit exit_of(const Error& error);
Exit worse(Exit a, Exit b);  // a failure before "try again later" before done

struct World {
  const Options& options;
  Console& console;
  int jobs() const;
  // Says the error; the exit code that it calls for.
  Exit fail(const Error& error) const;
  Exit fail(const Errors& errors) const;  // says all
};

// The settings, and the interests in their place where --interests names a file. Says all faults; nothing where there
// are any.
std::optional<Settings> load_settings(const World& world);

// The same, with the faults to go on with: what could be read is there all the same.
Settings read_all_settings(const World& world, Errors& errors);

// What is no fault and will still surprise the owner.
void warn_of_settings(const World& world, const Settings& settings);
Error no_categories(const std::string& source);

// The templates (ours, the folder templates/ beside config/, then the owner's own) and the folder site/. Where those
// folders are missing, what ships with the program. Faults go to `errors`; without any, what came is fit for use.
struct Publishing {
  SiteParts parts;
  Templates templates;
};
Publishing read_publishing(const World& world, const Settings& settings, Errors& errors);

// Says all faults; nothing where there are any.
std::optional<Publishing> load_publishing(const World& world, const Settings& settings);

// The folder that is published is replaced as a whole: nothing that is kept or read may lie in it, nor it in them.
std::optional<Error> misplaced_output(const World& world, const Settings& settings);

// The commands. Each says what it has to say and returns the exit code.
Exit run_command(const World& world);
Exit backfill_command(const World& world);
Exit build_command(const World& world);
Exit import_command(const World& world);
Exit upgrade_command(const World& world);
Exit serve_command(const World& world);
Exit check_command(const World& world);
Exit preview_command(const World& world);
Exit replay_command(const World& world);

// The whole program: what main() calls.
int command_main(int argc, const char* const* argv);

}  // namespace daybook
