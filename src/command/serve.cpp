// daybook serve: the site on loopback.
#include "command/command.h"
#include "pipeline/context.h"
#include "platform/disk.h"
#include "platform/static_server.h"

namespace daybook {

Exit serve_command(const CommandContext& context) {
  const std::string& folder = context.options.out;
  if (!exists(folder + "/index.html"))
    return context.fail(Error{Kind::failed,
                              {folder, 0, 0},
                              "there is no site here yet",
                              "run \"daybook run\" or \"daybook build\" first, or name another folder with --out"});
  const auto server = StaticServer::listen(folder, context.options.port);
  if (!server) return context.fail(server.error());
  context.console.print("serving " + folder + " at " + server->address() + " (Ctrl-C ends it)");
  server->run_until_interrupted([&](const std::string& line) { context.console.detail(line); });
  return exit_done;
}

}  // namespace daybook
