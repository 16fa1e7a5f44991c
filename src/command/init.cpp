// daybook init: a repository of an owner's own. It holds settings and workflows that name a release of Daybook by its
// version, so that an upgrade is another number there. The workflows are ours (.github/workflows), but for the one line
// that says where the program comes from.
#include "command/command.h"
#include "command/field_settings.h"
#include "platform/disk.h"
#include "settings/site_address.h"
#include "site/builtin.h"

namespace daybook {

namespace {

constexpr const char* our_action = "./.github/actions/setup-daybook";

// No name of a repository has a brace in it.
constexpr const char* readme = R"(# {TITLE}

New arXiv papers, ranked by [Daybook](https://github.com/{PROGRAM}). The site: <{ADDRESS}>

## Set up

1. Push this folder to a repository at GitHub. A public one has Actions and Pages free of charge.

       git init -b main && git add -A && git commit -m "My papers"
       git remote add origin https://github.com/{REPOSITORY}.git
       git push -u origin main

2. In its Settings, under Pages, choose *GitHub Actions* as the source.
3. Edit `config/daybook.toml`: `url` (this site's address), `categories`, and the topics that you read.
4. A large language model ranks better than the program's own scorer. To use one, put its key into
   *Settings, Secrets and variables, Actions*, as `OPENAI_API_KEY`. Without a key, no request is made and nothing is
   charged.
5. Under Actions, open *Daily* and choose *Run workflow*. It then runs every day.

## Afterwards

- An edit of `config/` shows on the site within minutes; errors in it appear in the run's log.
- `config/feedback.txt`: ids of papers you like, one per line; `- ID` for one you don't.
- The records are in the branch `archive`, one per day. The branch `state` may be deleted at any time.
- *More like this* at a paper opens a filled-in issue here; send it, and the site learns. Nobody else's counts.
- To upgrade, replace `{VERSION}` in the files of `.github/workflows/` by the number of the newest
  [release](https://github.com/{PROGRAM}/releases) and follow its notes.
)";

constexpr const char* gitignore = "/archive/\n/state/\n/public/\n/.cache/\n";

constexpr const char* feedback =
    "# Papers you like, one arXiv id or address per line; put a minus before one you don't:\n"
    "#\n"
    "#   2401.12345\n"
    "#   - 2401.12345      # not for me\n"
    "#\n"
    "# Exports of Zotero, JabRef and others (.bib, .ris) can go into the folder library next to this file.\n";

// Changes each occurrence.
std::string with(std::string text, std::string_view old, std::string_view now) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + now.size()))
    text.replace(at, old.size(), now);
  return text;
}

Result<std::string> owners_settings(const Options& options) {
  Result<std::string> text =
      options.field.empty() ? *find_bytes(builtin_config(), "daybook.toml") : settings_for_field(options.field);
  if (!text || options.repository.empty()) return text;
  const std::size_t line = text->find("\nurl = ") + 1;
  return text->replace(line, text->find('\n', line) - line, "url = \"" + default_pages(options.repository) + '"');
}

std::vector<File> owners_files(const Options& options, const std::string& settings) {
  const std::string version = "v" DAYBOOK_VERSION;
  const std::string repository = options.repository.empty() ? "OWNER/REPOSITORY" : options.repository;
  std::string text = with(readme, "{TITLE}", repository.substr(repository.find('/') + 1));
  text = with(with(text, "{ADDRESS}", default_pages(repository)), "{PROGRAM}", options.program);
  std::vector<File> files = {{".gitignore", gitignore},
                             {"README.md", with(with(text, "{VERSION}", version), "{REPOSITORY}", repository)},
                             {"config/daybook.toml", settings},
                             {"config/feedback.txt", feedback}};
  const std::string action = options.program + "/.github/actions/setup-daybook@" + version;
  for (const std::string& name : options.workflows) {
    const std::string path = name + ".yml";
    files.push_back({".github/workflows/" + path, with(*find_bytes(builtin_workflows(), path), our_action, action)});
    // The form whose issues that workflow takes.
    if (const std::string* form = find_bytes(builtin_issue_forms(), path))
      files.push_back({".github/ISSUE_TEMPLATE/" + path, *form});
  }
  return files;
}

}  // namespace

Exit init_command(const CommandContext& context) {
  const Options& options = context.options;
  if (options.program.empty())
    return context.fail({Kind::misuse,
                         {},
                         "this build does not know which repository's releases the workflow can use",
                         "name the repository that releases Daybook: --program OWNER/NAME"});
  const auto settings = owners_settings(options);
  if (!settings) return context.fail(settings.error());
  for (const File& file : owners_files(options, *settings)) {
    const std::string path = options.folder + '/' + file.path;
    if (exists(path)) {
      context.console.say("kept " + path);
      continue;
    }
    if (const auto written = write_atomically(path, file.bytes); !written) return context.fail(written.error());
    context.console.say("wrote " + path);
  }
  context.console.say("next: the steps in " + options.folder + "/README.md");
  return exit_done;
}

}  // namespace daybook
