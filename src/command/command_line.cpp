#include "command/command_line.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <deque>
#include <map>
#include <sstream>

#include "command/field_settings.h"
#include "core/text.h"

namespace daybook {

namespace {

constexpr const char* about =
    "Daybook reads the day's new arXiv papers, scores them against your interests, keeps one record a day, and\n"
    "publishes a site with feeds. It needs only a settings file: no key, no account.\n\n"
    "  daybook init     set up a repository of your own\n"
    "  daybook run      the daily job: fetch, score, record, build\n"
    "  daybook build    rebuild the site from the archive\n"
    "  daybook serve    view it at http://127.0.0.1:8000/";

constexpr const char* footer =
    "Exit codes: 0 done (also on a quiet day), 1 failed, 2 wrong use or settings, 75 try again later (nothing "
    "announced\n"
    "yet, network or service down, or another run at work).";

// In our own words: CLI11's differ from version to version.
CLI::Validator from_to(int least, int most) {
  return {[=](std::string& text) {
            double number = 0;
            const char* end = text.data() + text.size();
            const auto [stop, fault] = std::from_chars(text.data(), end, number);
            if (fault == std::errc() && stop == end && number >= least && number <= most) return std::string();
            return '"' + text + "\" is not a number from " + std::to_string(least) + " to " + std::to_string(most);
          },
          ""};
}

void add_common(CLI::App& app, Options& options) {
  app.add_option("--config", options.config, "Settings")->option_text("FILE (config/daybook.toml)");
  app.add_option("--interests", options.interests, "Topics, authors and cut-offs that replace those in the settings")
      ->option_text("FILE");
  app.add_option("--archive", options.archive, "Records, one per day (permanent)")->option_text("FOLDER (archive)");
  app.add_option("--state", options.state, "State; may be deleted at any time")->option_text("FOLDER (state)");
  app.add_option("--out,--dest", options.out, "The site; replaced as a whole")->option_text("FOLDER (public)");
  app.add_option("--jobs", options.jobs, "Threads (0: one per processor)")
      ->check(from_to(0, 256))
      ->option_text("N (0)");
  app.add_option("--scorer", options.scorer, "Scorer: auto, llm or local")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ScorerChoice>{{"auto", ScorerChoice::automatic},
                                                                              {"llm", ScorerChoice::llm},
                                                                              {"local", ScorerChoice::local}},
                                          CLI::ignore_case)
                      .description("{auto,llm,local}"))
      ->option_text("NAME");
}

// The library tells a misspelt command from a missing one only by what is left over.
std::string command_fault(const CLI::App& app, int argc, const char* const* argv) {
  std::deque<std::string> names;  // whose members stay where they are
  std::vector<std::string_view> known;
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* command : commands) known.emplace_back(names.emplace_back(command->get_name()));
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.substr(0, 1) == "-") {
      if (word.size() > 2 && word.find('=') == std::string_view::npos && word != "--quiet" && word != "--verbose") ++i;
      continue;
    }
    const auto near = nearest(word, known);
    return "there is no command \"" + std::string(word) + '"' +
           (near.empty() ? std::string() : "; did you mean \"" + std::string(near) + "\"?");
  }
  return "no command is given";
}

// An empty variable of a workflow is no name of a run.
CLI::Validator not_empty() {
  return {[](std::string& text) { return text.empty() ? std::string("it is empty") : std::string(); }, ""};
}

CLI::Validator date_form() {
  return {[](std::string& text) {
            return Date::parse(text) ? std::string() : '"' + text + "\" is not a date (expected YYYY-MM-DD)";
          },
          "YYYY-MM-DD"};
}

// As GitHub has them: https://docs.github.com/en/rest/repos/repos
CLI::Validator repository_form() {
  return {[](std::string& text) {
            const auto parts = split(text, '/');
            const auto is_name = [](std::string_view name) {
              return !name.empty() && name.find_first_not_of(
                                          "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "abcdefghijklmnopqrstuvwxyz._-") == std::string_view::npos;
            };
            if (parts.size() == 2 && is_name(parts[0]) && is_name(parts[1])) return std::string();
            return '"' + text + "\" is not a repository (expected OWNER/NAME)";
          },
          "OWNER/NAME"};
}

CLI::Validator shard_form() {
  return {[](std::string& text) {
            return Shard::parse(text) ? std::string() : '"' + text + "\" is not a shard (expected I/N, such as 2/8)";
          },
          "I/N"};
}

// What the words of `daybook backfill` say, until they are read as what they mean.
struct RangeWords {
  std::string from, to, shard;
};

void add_backfill(CLI::App& app, Options& options, RangeWords& words) {
  CLI::App* backfill = app.add_subcommand("backfill", "Fetch past days from arXiv's API");
  backfill->add_option("--from", words.from, "The first day")
      ->check(date_form())
      ->option_text("YYYY-MM-DD")
      ->required();
  backfill->add_option("--to", words.to, "The last day")->check(date_form())->option_text("YYYY-MM-DD")->required();
  backfill->add_flag("--fetch-only", options.fetch_only,
                     "Fetch the days' papers into the state; do not score or record");
  backfill
      ->add_option("--shard", words.shard, "Ask the LLM about every N-th day, starting with the I-th; do not record")
      ->check(shard_form())
      ->option_text("I/N");
  backfill->add_option("--wait", options.wait, "How long to wait for answers when batch_api = true")
      ->check(from_to(0, 24 * 60))
      ->option_text("MINUTES (0)");
}

void add_init(CLI::App& app, Options& options) {
  CLI::App* init =
      app.add_subcommand("init", "Set up a repository of your own: settings, and workflows that use a release");
  init->add_option("FOLDER", options.folder, "Created if missing; existing files are left unchanged")
      ->required()
      ->option_text(" ");
  init->add_option("--repository", options.repository, "Its name on GitHub, for the site's address")
      ->check(repository_form())
      ->option_text("OWNER/NAME");
  init->add_option("--program", options.program, "The repository whose releases the workflows use")
      ->check(repository_form())
      ->option_text(std::string("OWNER/NAME") + (*DAYBOOK_PROGRAM == 0 ? "" : " (" DAYBOOK_PROGRAM ")"));
  init->add_option("--field", options.field,
                   "Write topics of this field: " + names_of_fields() + "; or of an arXiv category, such as hep-th")
      ->option_text("NAME (machine-learning)");
  init->add_option("--workflow", options.workflows, "daily, feedback, backfill, import; may be given several times")
      ->check(CLI::IsMember({"daily", "feedback", "backfill", "import"}))
      ->allow_extra_args(false)
      ->option_text("NAME (daily, feedback)");
}

void add_deliver(CLI::App& app, Options& options) {
  CLI::App* deliver = app.add_subcommand("deliver", "Send each day once to each target: mail and webhooks");
  deliver->add_flag("--dry-run", options.dry_run, "Show what would be sent; send nothing");
  deliver->add_option("--to", options.mail_file, "Write the newest day's mail to this file; send nothing")
      ->option_text("FILE");
  deliver->add_option("--claim", options.claim, "Write down what is due as this run's; send it later, with --claimed")
      ->option_text("RUN")
      ->check(not_empty());
  deliver->add_option("--claimed", options.claimed, "Send what this run has claimed")
      ->option_text("RUN")
      ->check(not_empty());
}

void add_feedback(CLI::App& app, Options& options) {
  CLI::App* feedback =
      app.add_subcommand("feedback", "Record likes and dislikes that an issue has, and say what they change");
  feedback->add_option("--issue", options.issue_file, "The issue, as GitHub's API returns it")
      ->option_text("FILE")
      ->required();
  feedback
      ->add_option("--permission", options.permission_file,
                   "What its author may do in the repository, as GitHub's API returns it (missing: it is yours)")
      ->option_text("FILE");
  feedback->add_option("--answer", options.answer_file, "Write the answer, in Markdown, to this file")
      ->option_text("FILE");
}

void add_preview(CLI::App& app, Options& options) {
  CLI::App* preview =
      app.add_subcommand("preview", "Show what a settings edit would add to recent days and remove from them");
  preview->add_option("--days", options.days, "How many recorded days with papers to compare")
      ->check(from_to(1, 10000))
      ->option_text("N (14)");
}

void add_replay(CLI::App& app, Options& options) {
  CLI::App* replay = app.add_subcommand("replay", "Replay labelled papers through the scorer, day by day");
  replay->add_option("LABELLED", options.labelled, "Labelled papers (JSON Lines, optionally gzipped)")
      ->required()
      ->option_text(" ");
  replay->add_option("--scores", options.scores_file, "Write date, id, score and whether it was sent to this file")
      ->required()
      ->option_text("FILE");
  replay->add_option("--labels", options.labels, "Labels to learn from: none, all or sent")
      ->transform(
          CLI::CheckedTransformer(
              std::map<std::string, Labels>{{"none", Labels::none}, {"all", Labels::all}, {"sent", Labels::sent}},
              CLI::ignore_case)
              .description("{none,all,sent}"))
      ->option_text("NAME (sent)");
  replay->add_option("--warmup", options.warmups, "Labelled papers to learn from first; may be given several times")
      ->allow_extra_args(false)
      ->option_text("FILE");
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
  app.add_flag("-q,--quiet", quiet, "Print only errors and warnings");
  app.add_flag("-v,--verbose", verbose, "Say more");

  add_init(app, options);
  std::string date;
  CLI::App* run = app.add_subcommand("run", "Fetch the day's papers (or read files), score, record and build");
  run->add_option("--date", date, "The day to record, if not the feeds' own")
      ->check(date_form())
      ->option_text("YYYY-MM-DD");
  run->add_option("--feed", options.feeds, "Read RSS, Atom or API replies from files instead of the network")
      ->option_text("FILE...");
  run->add_flag("--dry-run", options.dry_run, "Show what an LLM would be asked and what it would cost; change nothing");
  RangeWords range;
  add_backfill(app, options, range);
  app.add_subcommand("build", "Build the site from the archive");
  CLI::App* import = app.add_subcommand("import", "Import older archives and pages");
  import->add_option("PATH", options.paths, "Files or folders: pages (.md), stores and bundles (.json), records")
      ->required();
  import->get_option("PATH")->option_text("...");
  app.add_subcommand("upgrade", "Rewrite the archive's records, pages and index in this version's format");
  CLI::App* serve = app.add_subcommand("serve", "Serve the site on this machine");
  serve->add_option("--port", options.port, "Port (0: any free one)")
      ->check(from_to(0, 65535))
      ->option_text("N (8000)");
  CLI::App* check = app.add_subcommand(
      "check", "Check settings, templates, archive and feedback, and report all errors; --online: services too");
  check->add_flag("--online", options.online,
                  "Also send one small request each to the LLM, arXiv and Semantic Scholar");
  add_deliver(app, options);
  add_feedback(app, options);
  add_preview(app, options);
  add_replay(app, options);

  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    command->footer("daybook --help shows the options of all commands");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    std::ostringstream out, err;
    if (app.exit(stop, out, err) == 0) return {std::nullopt, out.str(), 0};
    const bool no_command = app.get_subcommands().empty() && dynamic_cast<const CLI::RequiredError*>(&stop) != nullptr;
    return {std::nullopt, no_command ? command_fault(app, argc, argv) : stop.what(), 2};
  }
  options.command = app.get_subcommands().front()->get_name();
  if (options.program.empty()) options.program = DAYBOOK_PROGRAM;
  options.config_given = app.count("--config") > 0;
  if (!date.empty()) options.date = Date::parse(date);
  if (!range.from.empty()) options.from = *Date::parse(range.from);
  if (!range.to.empty()) options.to = *Date::parse(range.to);
  if (!range.shard.empty()) options.shard = *Shard::parse(range.shard);
  options.loudness = quiet ? Loudness::quiet : verbose ? Loudness::verbose : Loudness::normal;
  return {options, "", 0};
}

}  // namespace daybook
