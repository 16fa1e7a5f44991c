#include "rehearsal/owner.h"

#include <filesystem>
#include <stdexcept>

#include "day/record.h"
#include "rehearsal/invented.h"

namespace daybook::rehearsal {

namespace {

namespace fs = std::filesystem;
const std::vector<std::string> followed = {"cs.LG", "cs.CL"};

// A line of the shipped settings, edited as the README says.
void edit(std::string& settings, const std::string& start, const std::string& line) {
  const auto at = settings.find('\n' + start);
  if (at == std::string::npos) throw std::runtime_error("config/daybook.toml has no line that starts with " + start);
  settings.replace(at + 1, settings.find('\n', at + 1) - at - 1, line);
}

}  // namespace

Files copied_files() {
  Files files;
  const std::string source = DAYBOOK_SOURCE_DIR;
  for (const char* folder : {".github", "config", "templates", "site"})
    for (const auto& [path, bytes] : contents(source + '/' + folder))
      if (path.back() != '/') files[std::string(folder) + '/' + path] = bytes;
  files[".gitignore"] = bytes_of(source + "/.gitignore");
  return files;
}

Files initialized_files(const std::vector<std::string>& options) {
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {"init",          folder / "mine", "--program",
                                        "grace/daybook", "--repository",  "ada/papers"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  if (Program(arguments, {}, folder / "output").wait() != 0)
    throw std::runtime_error("daybook init: " + bytes_of(folder / "output"));
  Files files;
  for (const auto& [path, bytes] : contents(folder / "mine"))
    if (path.back() != '/') files[path] = bytes;
  return files;
}

Owner::Owner(Files files) : origin(folder_ / "origin.git"), runner(hub, origin, folder_ / "runs") {
  LlmBehaviour honest;
  honest.key = owners_key;
  llm.behave(honest);
  std::string& settings = *files["config/daybook.toml"];
  edit(settings, "url = ", "url = \"" + hub.pages_url() + '"');
  edit(settings, "categories = ", "categories = [\"cs.LG\", \"cs.CL\"]");
  edit(settings, "# seconds_between = ",
       "seconds_between = 0\nrss_url = \"" + arxiv.rss_url() + "\"\nlist_url = \"" + arxiv.list_url() +
           "\"\napi_url = \"" + arxiv.api_url() + '"');
  edit(settings, "# retries = ", "retries = 1");
  edit(settings, "# rss_url = ", "");
  edit(settings, "# api_url = ", "");
  edit(settings, "budget = ", "budget = 0\nbase_url = \"" + llm.base_url() + '"');
  origin.commit("main", files, "Mine");
  runner.secrets = {{"OPENAI_API_KEY", owners_key}};
}

void Owner::submit(Date from, Date to, int papers_a_day) {
  for (Date day = from; day <= to; day = day + 1) {
    if (day.weekday() == Weekday::sunday) continue;
    for (int i = 0; i < papers_a_day; ++i) {
      const bool language = i % 3 == 2;
      Paper paper = invented_paper(++last_paper_, language ? "cs.CL" : "cs.LG", language ? "cs.LG" : "cs.CL");
      arxiv.submit(std::move(paper), new_york_time(day, 9 + i % 9, i % 60));
    }
  }
}

Played Owner::daily(Date day, int hour, int minute) {
  return play("daily.yml", {"schedule", new_york_time(day, hour, minute)});
}

Played Owner::play(const std::string& file, Event event) {
  arxiv.set_today(new_york_date(event.at));
  return runner.play(file, event);
}

void Owner::write_branch(const std::string& branch, const std::string& folder) const {
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const auto& [path, bytes] : origin.files(branch)) put(folder + '/' + path, bytes);
}

std::optional<Day> Owner::record(Date day) const {
  const std::string path = day.iso().substr(0, 4) + '/' + day.iso() + ".json";
  if (!origin.has("archive") || origin.git({"ls-tree", "archive", path}).empty()) return std::nullopt;
  auto read = read_record(origin.git({"show", "archive:" + path}), path);
  if (!read) return std::nullopt;
  return std::move(*read);
}

std::string Owner::status(Date day) const {
  const auto found = record(day);
  return found ? std::string(status_name(found->status)) : std::string();
}

std::vector<std::string> Owner::problems() {
  std::vector<std::string> all = hub.refusals();
  const TemporaryFolder folder;
  write_branch("archive", folder / "archive");
  const auto files = contents(folder / "archive");
  for (const std::string& file : archive_files_)
    if (files.count(file) == 0) all.push_back("the archive has lost " + file);
  for (const auto& [file, bytes] : files) archive_files_.insert(file);
  if (const auto site = hub.site()) {
    for (const auto& [path, bytes] : *site) put(folder / "site/" + path, bytes);
    for (std::string& fault : site_faults(folder / "site", folder / "archive")) all.push_back(std::move(fault));
  } else {
    all.push_back("nothing is online");
  }
  if (origin.commits("state").size() != 1)
    all.push_back("the state has " + std::to_string(origin.commits("state").size()) + " commits");
  return all;
}

std::vector<std::string> Owner::leaks() const {
  std::vector<std::string> all;
  for (const std::string secret : {owners_key, "ghs_"})
    if (runner.leaked(secret)) all.push_back("a secret leaked: " + secret.substr(0, 4) + "...");
  return all;
}

std::vector<std::string> Owner::archive_problems(Date from, Date to) const {
  std::set<std::string> announced;
  for (Date day = from; day <= to; day = day + 1) announced.merge(arxiv.ids_of(day, followed));
  const TemporaryFolder folder;
  write_branch("archive", folder / "archive");
  return archive_faults(folder / "archive", {announced.begin(), announced.end()});
}

}  // namespace daybook::rehearsal
