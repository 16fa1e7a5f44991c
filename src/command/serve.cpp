// daybook serve: the site on loopback.
#include "command/world.h"
#include "outside/disk.h"
#include "outside/static_server.h"

namespace daybook {

Exit serve_command(const World& world) {
  const std::string& folder = world.options.out;
  if (!exists(folder + "/index.html"))
    return world.fail(Error{Kind::failed,
                            {folder, 0, 0},
                            "there is no site here yet",
                            "\"daybook run\" or \"daybook build\" makes it; --out names another folder"});
  const auto server =
      StaticServer::listen(folder, world.options.port, [&](const std::string& line) { world.console.detail(line); });
  if (!server) return world.fail(server.error());
  world.console.print("serving " + folder + " at " + (*server)->address() + " (Ctrl-C ends it)");
  serve_until_interrupted(**server);
  return exit_done;
}

}  // namespace daybook
