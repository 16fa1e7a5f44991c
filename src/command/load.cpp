#include <algorithm>

#include "advice/repository.h"
#include "command/load.h"
#include "core/text.h"
#include "delivery/chat_text.h"
#include "delivery/mail.h"
#include "generator/site.h"
#include "platform/disk.h"
#include "site/builtin.h"
#include "store/archive.h"
#include "store/context.h"
#include "taste/feedback.h"

namespace daybook {

namespace {

// The folder that holds config/, templates/ and site/: above the settings' folder where that is called config.
std::string project_folder(const Options& options) {
  const auto slash = options.config.rfind('/');
  std::string folder = slash == std::string::npos ? "" : options.config.substr(0, slash + 1);
  const std::string_view end = "config/";
  if (folder == end || (folder.size() > 8 && folder.ends_with("/config/"))) folder.resize(folder.size() - end.size());
  return folder;
}

// Names with a dot are not for the public (.git, .env), but for the two that web servers ask for.
bool is_hidden(const std::string& path) {
  for (const std::string_view part : split(path, '/'))
    if (part.substr(0, 1) == "." && part != ".well-known" && part != ".nojekyll") return true;
  return false;
}

// All files below a folder; none where there is no such folder.
Result<std::vector<File>> all_files(const std::string& folder) {
  if (!exists(folder)) return std::vector<File>();
  const auto paths = files_below(folder);
  if (!paths) return paths.error();
  std::vector<File> files;
  for (const std::string& path : *paths) {
    if (is_hidden(path)) continue;
    auto bytes = read_file(folder + '/' + path);
    if (!bytes) return bytes.error();
    files.push_back({path, std::move(*bytes)});
  }
  return files;
}

// The owner's files, and ours under the names that he left.
std::vector<File> with_ours(std::vector<File> own_files) {
  for (const File& file : builtin_site_files())
    if (find_bytes(own_files, file.path) == nullptr) own_files.push_back(file);
  std::sort(own_files.begin(), own_files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return own_files;
}

// The files of site/ that the settings name must be there.
void check_named_files(const SiteSettings& site, const std::string& folder, const std::vector<File>& files,
                       Errors& errors) {
  const auto fault = [&](const std::string& path, std::string what, std::string hint) {
    errors.push_back({Kind::misuse, {folder + path, 0, 0}, std::move(what), std::move(hint)});
  };
  if (!site.logo.empty() && find_bytes(files, site.logo) == nullptr)
    fault(site.logo, "[site] logo names this file, which does not exist", "add it, or remove \"logo\" from [site]");
  for (const MenuEntry& entry : site.menu) {
    const bool is_page = entry.url.ends_with('/');
    const std::string path = is_page ? entry.url.substr(0, entry.url.size() - 1) + ".md" : entry.url;
    if (entry.url.find(':') == std::string::npos && find_bytes(files, path) == nullptr)
      fault(path, "[[menu]] \"" + entry.name + "\" names this file, which does not exist",
            "add it, or write the full address of the page, starting with https://");
  }
}

// Pages, feed entries, mail and chat messages; of Markdown the prompts alone, since other files of it are for reading.
bool is_template(std::string_view path) {
  return path.ends_with(".html") || path == "mail.txt" || path == "chat.txt" ||
         (path.starts_with("prompts/") && path.ends_with(".md"));
}

TemplateTexts as_templates(const std::vector<File>& files, const std::string& folder) {
  TemplateTexts texts;
  for (const File& file : files)
    if (is_template(file.path)) texts[file.path] = {folder + file.path, file.bytes};
  return texts;
}

Result<std::string> settings_text(const CommandContext& context) {
  const Options& options = context.options;
  if (!options.config_given && !exists(options.config)) {
    context.console.warning(
        {Kind::failed,
         {options.config, 0, 0},
         "there is no such file; the settings that ship with Daybook are used",
         "copy config/daybook.toml from Daybook's repository and edit it, or name yours with --config"});
    return *find_bytes(builtin_config(), "daybook.toml");
  }
  return read_file(options.config);
}

// What no default can stand for.
void require_site_url(const Settings& settings, const std::string& source, Errors& errors) {
  if (settings.site.url.empty() && errors.empty())
    errors.push_back({Kind::misuse,
                      {source, 0, 0},
                      "[site] has no url",
                      "add url = \"https://...\", your site's address; feed ids are derived from it"});
}

// The archive's id_base where the settings have none.
void take_kept_id_base(const CommandContext& context, SiteSettings& site) {
  if (!site.id_base.empty()) return;
  if (auto kept = kept_id_base(context.options.archive)) {
    site.id_base = std::move(*kept);
  } else {
    context.console.warning(kept.error());
  }
}

}  // namespace

Settings read_all_settings(const CommandContext& context, Errors& errors) {
  const auto text = settings_text(context);
  if (!text) {
    errors.push_back(text.error());
    errors.back().kind = Kind::misuse;
    return {};
  }
  Settings settings = read_settings(*text, context.options.config, errors);
  const auto warning = take_pages_address(surrounding_repository(), context, settings);
  // Once a day is enough: the workflow begins with a check.
  if (warning && context.options.command == "check") context.console.warning(*warning);
  require_site_url(settings, context.options.config, errors);
  if (!context.options.interests.empty()) {
    const auto interests = read_file(context.options.interests);
    if (interests) {
      settings.interests = read_interests(*interests, context.options.interests, errors);
    } else {
      errors.push_back(interests.error());
      errors.back().kind = Kind::misuse;
    }
  }
  check_feeds(settings, context.options.config, errors);
  return settings;
}

std::vector<std::string> site_sources(const CommandContext& context, const SiteSettings& site) {
  const std::string project = project_folder(context.options);
  std::vector<std::string> sources = {context.options.config, context.options.archive, project + "site",
                                      project + "templates"};
  const std::string liked = feedback_file(context.options);
  sources.insert(sources.end(), {liked, liked.substr(0, liked.rfind('/') + 1) + "library"});
  if (!context.options.interests.empty()) sources.push_back(context.options.interests);
  if (!site.templates.empty()) sources.push_back(project + site.templates);
  return sources;
}

std::optional<Error> misplaced_output(const CommandContext& context, const Settings& settings) {
  const Options& options = context.options;
  const std::string project = project_folder(options);
  const std::string own_templates = settings.site.templates.empty() ? "" : project + settings.site.templates;
  const std::pair<const char*, std::string> others[] = {{"archive", options.archive},
                                                        {"state", options.state},
                                                        {"folder site/", project + "site"},
                                                        {"folder templates/", project + "templates"},
                                                        {"folder of templates", own_templates}};
  for (const auto& [name, folder] : others)
    if (!folder.empty() && overlap(options.out, folder))
      return Error{Kind::misuse,
                   {options.out, 0, 0},
                   "the site can't be published here: the " + std::string(name) + " is " + folder +
                       ", and the site's folder is replaced as a whole",
                   "choose separate folders, neither inside the other"};
  return std::nullopt;
}

std::optional<Settings> load_settings(const CommandContext& context) {
  Errors errors;
  Settings settings = read_all_settings(context, errors);
  context.console.errors(errors);
  if (!errors.empty()) return std::nullopt;
  return settings;
}

Publishing read_publishing(const CommandContext& context, const Settings& settings, Errors& errors) {
  const std::string project = project_folder(context.options);
  const auto take = [&](Result<std::vector<File>> files) {
    if (files) return std::move(*files);
    errors.push_back(files.error());
    return std::vector<File>();
  };
  // Ours always, so that a repository whose templates/ lacks a newer one still builds.
  TemplateTexts ours = as_templates(builtin_templates(), "templates/");
  for (auto& [name, text] : as_templates(take(all_files(project + "templates")), project + "templates/"))
    ours[name] = text;
  TemplateTexts owners;
  if (!settings.site.templates.empty()) {
    const std::string folder = project + settings.site.templates;
    if (!exists(folder))
      errors.push_back({Kind::misuse,
                        {folder, 0, 0},
                        "this templates folder does not exist",
                        "create it, or remove \"templates\" from [site]"});
    owners = as_templates(take(all_files(folder)), folder + '/');
  }
  std::vector<File> own_files = with_ours(take(all_files(project + "site")));
  check_named_files(settings.site, project + "site/", own_files, errors);
  PromptTexts prompts;
  if (auto kept = Archive(context.options.archive).prompts()) {
    prompts = std::move(*kept);
  } else {
    errors.push_back(kept.error());
  }
  SiteParts parts{settings.site, settings.interests, std::move(own_files), std::move(prompts), settings.feeds};
  parts.feedback_form = feedback_form(surrounding_repository(), settings.feedback);
  Templates templates(ours, owners, errors);
  check_templates(templates, parts, errors);
  check_chat_template(templates, errors);
  for (const auto& [name, fields] : offered_mail_fields(settings.site)) templates.check_names(name, fields, errors);
  return {std::move(parts), std::move(templates)};
}

std::optional<Loaded> load_for_scoring(const CommandContext& context) {
  auto settings = load_settings(context);
  if (!settings) return std::nullopt;
  auto publishing = load_publishing(context, *settings);
  if (!publishing) return std::nullopt;
  auto llm = load_llm(context, *settings, publishing->templates);
  if (!llm) return std::nullopt;
  return Loaded{std::move(*settings), std::move(*publishing), std::move(*llm)};
}

std::optional<Publishing> load_publishing(const CommandContext& context, const Settings& settings) {
  Errors errors;
  Publishing publishing = read_publishing(context, settings, errors);
  context.console.errors(errors);
  if (!errors.empty()) return std::nullopt;
  take_kept_id_base(context, publishing.parts.site);
  return publishing;
}

}  // namespace daybook
