#include "command/options.h"

#include <CLI/CLI.hpp>

namespace daybook {

namespace {

constexpr const char* about =
    "Daybook reads the day's new arXiv papers, scores them against your interests, keeps one record a day, and\n"
    "publishes a site with feeds. Nothing is needed but a file of settings: no key, no account.\n\n"
    "  daybook run      the daily job: fetch, score, record, build\n"
    "  daybook build    the site again, from the archive\n"
    "  daybook serve    look at it on http://127.0.0.1:8000/";

constexpr const char* footer =
    "Exit codes: 0 done (a quiet day too), 1 failed, 2 wrong use or settings, 75 try again later (nothing announced\n"
    "yet, network or service down).";

void add_common(CLI::App& app, Options& options) {
  app.add_option("--config", options.config, "Settings")->capture_default_str();
  app.add_option("--interests", options.interests, "Topics, authors and cut-offs, in place of the settings' own");
  app.add_option("--archive", options.archive, "Folder of the records, one a day; permanent")->capture_default_str();
  app.add_option("--state", options.state, "Folder of what may be deleted at any time")->capture_default_str();
  app.add_option("--out,--dest", options.out, "Folder of the site; replaced as a whole")->capture_default_str();
  app.add_option("--jobs", options.jobs, "Threads; 0: one a processor")->check(CLI::Range(0, 256))->capture_default_str();
  app.add_option("--scorer", options.scorer, "Who scores: auto, llm or local")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ScorerChoice>{{"auto", ScorerChoice::automatic},
                                                                              {"llm", ScorerChoice::llm},
                                                                              {"local", ScorerChoice::local}},
                                          CLI::ignore_case)
                      .description("{auto,llm,local}"))
      ->option_text("NAME");
}

CLI::Validator date_form() {
  return {[](std::string& text) {
            return Date::parse(text) ? std::string() : '"' + text + "\" is no date; write it as 2025-08-05";
          },
          "YYYY-MM-DD"};
}

}  // namespace

CommandLine read_command_line(int argc, const char* const* argv) {
  Options options;
  CLI::App app{about, "daybook"};
  app.footer(footer);
  app.set_version_flag("--version", "daybook " DAYBOOK_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  add_common(app, options);
  bool quiet = false;
  bool verbose = false;
  app.add_flag("-q,--quiet", quiet, "Say nothing but errors and warnings");
  app.add_flag("-v,--verbose", verbose, "Say more")->excludes("-q");

  std::string date;
  CLI::App* run = app.add_subcommand("run", "Fetch the day's papers (or read files), score, record and build");
  run->add_option("--date", date, "The day to record, where it is not the feeds' own")->check(date_form());
  run->add_option("--feed", options.feeds, "RSS, Atom or API replies in files, in place of the network");
  app.add_subcommand("build", "Build the site from the archive");
  CLI::App* import = app.add_subcommand("import", "Read older archives and pages into the archive");
  import->add_option("PATH", options.paths, "Files or folders: pages (.md), stores and bundles (.json), records")
      ->required();
  CLI::App* serve = app.add_subcommand("serve", "Show the site on this machine");
  serve->add_option("--port", options.port, "0: any that is free")->check(CLI::Range(0, 65535))->capture_default_str();
  app.add_subcommand("check", "Settings, templates and archive: everything wrong at once");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    std::ostringstream out, err;
    const bool is_misuse = app.exit(stop, out, err) != 0;
    return {std::nullopt, is_misuse ? "error: " + err.str() : out.str(), is_misuse ? 2 : 0};
  }
  options.command = app.get_subcommands().front()->get_name();
  options.config_given = app.count("--config") > 0;
  if (!date.empty()) options.date = Date::parse(date);
  options.loudness = quiet ? Loudness::quiet : verbose ? Loudness::verbose : Loudness::normal;
  return {options, "", 0};
}

}  // namespace daybook
