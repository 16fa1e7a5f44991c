#include <string_view>
#include <utility>
#include <vector>

#include "command/world.h"
#include "outside/environment.h"
#include "outside/parallel.h"

namespace daybook {

namespace {

using Command = Exit (*)(const World&);

constexpr std::pair<std::string_view, Command> commands[] = {
    {"run", run_command},       {"backfill", backfill_command}, {"build", build_command},
    {"import", import_command}, {"upgrade", upgrade_command},   {"serve", serve_command},
    {"check", check_command},   {"preview", preview_command},   {"replay", replay_command}};

// Whatever is printed, these are not in it.
constexpr std::size_t secret_bytes_min = 8;

std::vector<std::string> secrets() {
  std::vector<std::string> values;
  for (const char* name : {"OPENAI_API_KEY", "S2_API_KEY"})
    // A shorter one is no secret but a word that a local endpoint is given: masking it would garble the log.
    if (const auto value = secret(name); value && value->size() >= secret_bytes_min) values.push_back(*value);
  return values;
}

}  // namespace

Exit exit_of(const Error& error) {
  switch (error.kind) {
    case Kind::misuse:
      return exit_misuse;
    case Kind::later:
      return exit_later;
    case Kind::failed:
      break;
  }
  return exit_failed;
}

Exit worse(Exit a, Exit b) {
  for (const Exit one : {exit_misuse, exit_failed, exit_later})
    if (a == one || b == one) return one;
  return exit_done;
}

int World::jobs() const { return options.jobs > 0 ? options.jobs : available_processors(); }

Exit World::fail(const Error& error) const {
  console.error(error);
  return exit_of(error);
}

Exit World::fail(const Errors& errors) const {
  console.errors(errors);
  // Wrong use comes first: what else failed may follow from it.
  Exit worst = exit_done;
  for (const Exit one : {exit_later, exit_failed, exit_misuse})
    for (const Error& error : errors)
      if (exit_of(error) == one) worst = one;
  return worst;
}

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
  const World world{*line.options, console};
  for (const auto& [name, command] : commands)
    if (name == line.options->command) return command(world);
  return exit_misuse;
}

}  // namespace daybook
