// daybook serve: the site on loopback, built anew when what it is made of changes; its likes go into feedback.txt.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "command/command.h"
#include "command/load.h"
#include "platform/disk.h"
#include "platform/static_server.h"
#include "site/links.h"
#include "store/context.h"
#include "taste/likes.h"

namespace daybook {

namespace {

// The settings as far as they can be read: whoever edits them has faults in them at times.
SiteSettings current_site(const CommandContext& context) {
  if (!exists(context.options.config)) return {};
  Errors ignored;
  return read_all_settings(context, ignored).site;
}

std::uint64_t stamp_of_sources(const CommandContext& context, const SiteSettings& site) {
  std::uint64_t stamp = 0;
  for (const std::string& path : site_sources(context, site)) stamp = stamp * 31 + stamp_of(path);
  return stamp;
}

}  // namespace

Exit serve_command(const CommandContext& context) {
  const std::string& folder = context.options.out;
  if (!exists(folder + "/index.html"))
    return context.fail(Error{Kind::failed,
                              {folder, 0, 0},
                              "there is no site here yet",
                              "run \"daybook run\" or \"daybook build\" first, or name another folder with --out"});
  const auto server = StaticServer::listen(folder, context.options.port);
  if (!server) return context.fail(server.error());
  SiteSettings site = current_site(context);
  std::uint64_t seen = stamp_of_sources(context, site);
  StaticServer::Habits habits;
  habits.root = root_path(site);
  habits.page_script = like_script;
  habits.take_post = [&](const std::string& said) {
    auto taken = take_likes(context, said);
    if (taken) {
      context.console.say(*taken);
    } else {
      context.console.warning(taken.error());
    }
    return taken;
  };
  habits.log = [&](const std::string& line) { context.console.detail(line); };
  habits.each_second = [&] {
    if (stamp_of_sources(context, site) == seen) return;
    site = current_site(context);
    seen = stamp_of_sources(context, site);
    habits.root = root_path(site);
    build_command(context);  // with faults it says them, and the old site stays
  };
  context.console.print("serving " + folder + " at " + server->address() + " (Ctrl-C ends it)");
  server->run_until_interrupted(habits);
  return exit_done;
}

}  // namespace daybook
