#include "command/command.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "command/command_line.h"
#include "command/repository.h"
#include "pipeline/outcome.h"
#include "platform/environment.h"

namespace daybook {

namespace {

using Command = Exit (*)(const CommandContext&);

constexpr std::pair<std::string_view, Command> commands[] = {
    {"init", init_command},     {"run", run_command},         {"backfill", backfill_command},
    {"build", build_command},   {"import", import_command},   {"upgrade", upgrade_command},
    {"serve", serve_command},   {"check", check_command},     {"preview", preview_command},
    {"replay", replay_command}, {"deliver", deliver_command}, {"feedback", feedback_command}};

// Whatever is printed, these are not in it.
constexpr std::size_t secret_bytes_min = 8;

std::vector<std::string> secrets() {
  std::vector<std::string> values;
  for (const char* name : {"OPENAI_API_KEY", "S2_API_KEY", "SMTP_PASSWORD"})
    // A shorter one is no secret but a word that a local endpoint is given: masking it would garble the log.
    if (const auto value = secret(name); value && value->size() >= secret_bytes_min) values.push_back(*value);
  return values;
}

}  // namespace

int command_main(int argc, const char* const* argv) {
  const CommandLine line = read_command_line(argc, argv);
  Console console(line.options ? line.options->loudness : Loudness::normal, surroundings(), secrets());
  if (!line.options) {
    if (line.exit_code == 0) {
      console.print(line.text);
    } else {
      console.error({Kind::misuse, {}, line.text, "\"daybook --help\" shows the commands and options"});
    }
    return line.exit_code;
  }
  const CommandContext context{*line.options, console};
  for (const auto& [name, command] : commands)
    if (name == line.options->command) {
      const Exit exit = command(context);
      keep_outcome(context, exit, surrounding_repository().page);
      return exit;
    }
  return exit_misuse;
}

}  // namespace daybook
