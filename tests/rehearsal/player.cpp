#include "rehearsal/player.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

std::string unescaped(std::string text) {
  for (const auto& [code, sign] : Texts{{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}})
    for (auto at = text.find(code); at != std::string::npos; at = text.find(code, at + sign.size()))
      text.replace(at, code.size(), sign);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// A file of "name=value" and "name<<MARK ... MARK": GITHUB_OUTPUT, GITHUB_ENV.
Texts texts_in(const std::string& path) {
  Texts texts;
  const auto lines = lines_of(bytes_of(path));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto equals = lines[i].find('=');
    const auto here = lines[i].find("<<");
    if (here != std::string::npos && here < equals) {
      const std::string mark = lines[i].substr(here + 2);
      std::string value;
      const std::size_t first = i + 1;
      for (i = first; i < lines.size() && lines[i] != mark; ++i) value += (i > first ? "\n" : "") + lines[i];
      if (i == lines.size()) throw std::runtime_error("an output does not end: " + path);
      set_text(texts, lines[first - 1].substr(0, here), value);
    } else if (equals != std::string::npos) {
      set_text(texts, lines[i].substr(0, equals), lines[i].substr(equals + 1));
    }
  }
  return texts;
}

// "shard-*", with the star at its end or none.
bool fits(const std::string& pattern, const std::string& name) {
  if (pattern.empty() || pattern.back() != '*') return pattern == name;
  return name.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0;
}

// The files below a folder, as an artifact takes them: no hidden ones, and no links.
Files packed(const std::string& folder) {
  Files files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_symlink()) throw std::runtime_error(entry.path().string() + " is a link, which Pages refuse");
    const std::string path = entry.path().string().substr(folder.size() + 1);
    if (entry.is_regular_file() && path[0] != '.' && path.find("/.") == std::string::npos)
      files[path] = bytes_of(entry.path().string());
  }
  return files;
}

std::string worst(const std::vector<std::string>& results) {
  for (const char* one : {"failure", "cancelled", "success"})
    if (std::find(results.begin(), results.end(), one) != results.end()) return one;
  return "skipped";
}

// Every combination of a matrix as an object; one empty object where there is none.
std::vector<Value> combinations(const std::vector<Member>& matrix, const Scope& scope) {
  std::vector<Object> all = {{}};
  for (const Member& axis : matrix) {
    const Value made =
        std::holds_alternative<std::string>(axis.value.is) ? expand_value(axis.value.text(), scope) : axis.value;
    std::vector<Object> more;
    for (const Object& one : all)
      for (const Value& value : std::get<List>(made.is)) {
        more.push_back(one);
        more.back().members.push_back({axis.name, value});
      }
    all = std::move(more);
  }
  return {all.begin(), all.end()};
}

Texts permissions_of(const Workflow& workflow, const Job& job) {
  if (job.permissions) return *job.permissions;
  return workflow.permissions.value_or(Texts{{"*", "write"}});
}

// A schedule's has nothing of what the others have.
Object event_of(const Event& event) {
  if (event.name == "schedule") return {};
  return {{{"created", event.makes_branch}, {"repository", Object{{{"default_branch", "main"}}, false}}}, false};
}

std::string name_of_action(const std::string& uses) { return uses.substr(0, uses.find('@')); }

}  // namespace

// What the jobs of a run share.
struct Player::Run {
  Workflow workflow;
  Event event;
  int number = 0;
  std::string folder;
  Texts inputs;
  Object needs;  // of the job that is played
  std::vector<JobPlayed> jobs;
  std::map<std::string, Files> artifacts;
  bool cancelled = false;
  std::string sha;
};

// What a job runs on, until it is done.
struct Player::Machine {
  std::string folder;
  std::string token;
  Texts permissions;
  Variables environment;
  Object steps;
  Scope scope;
  JobPlayed played;
  bool failed = false;
  bool lost = false;
  std::string workspace() const { return folder + "/workspace"; }
  void set(const std::string& name, const std::string& value) {
    for (auto& [known, text] : environment)
      if (known == name) {
        text = value;
        return;
      }
    environment.emplace_back(name, value);
  }
};

std::string JobPlayed::log() const {
  std::string all;
  for (const StepPlayed& step : steps) all += step.log;
  return all;
}

std::vector<std::string> JobPlayed::annotations() const {
  std::vector<std::string> found;
  for (const std::string& line : lines_of(log()))
    for (const std::string kind : {"error", "warning"})
      if (line.compare(0, kind.size() + 2, "::" + kind) == 0) {
        const auto text = line.find("::", 2);
        if (text == std::string::npos) continue;
        const std::string properties = line.substr(kind.size() + 2, text - kind.size() - 2);
        found.push_back(kind + ':' + properties + ' ' + unescaped(line.substr(text + 2)));
      }
  return found;
}

const JobPlayed& Played::job(const std::string& id) const {
  for (const JobPlayed& job : jobs)
    if (job.id == id) return job;
  throw std::runtime_error("no job \"" + id + "\" was played");
}

std::string Played::log() const {
  std::string all;
  for (const JobPlayed& job : jobs) all += job.log();
  return all;
}

std::vector<std::string> Played::annotations() const {
  std::vector<std::string> all;
  for (const JobPlayed& job : jobs)
    for (std::string& one : job.annotations()) all.push_back(std::move(one));
  return all;
}

Player::Player(Hub& hub, Origin& origin, std::string folder) : hub_(hub), origin_(origin), folder_(std::move(folder)) {}

Played Player::play(const std::string& file, const Event& event) {
  Run run;
  run.number = ++runs_;
  run.event = event;
  run.folder = folder_ + "/run-" + std::to_string(run.number);
  run.sha = origin_.tip("main");
  run.workflow = read_workflow(file, origin_.git({"show", "main:.github/workflows/" + file}));
  if (event.name == "workflow_dispatch") {
    for (const DispatchInput& input : run.workflow.inputs) set_text(run.inputs, input.name, input.value);
    for (const auto& [name, value] : event.inputs) set_text(run.inputs, name, value);
  }
  hub_.record({run.number, file, event.name, event.at.rfc3339(), "in_progress", ""});

  for (const Job& job : run.workflow.jobs) {
    run.needs = {};
    std::vector<std::string> results;
    for (const std::string& id : job.needs) {
      std::vector<std::string> of_matrix;
      Texts outputs;
      for (const JobPlayed& played : run.jobs)
        if (played.id == id) {
          of_matrix.push_back(played.result);
          outputs = played.outputs;
        }
      results.push_back(worst(of_matrix));
      run.needs.members.push_back({id, Object{{{"result", results.back()}, {"outputs", object_of(outputs)}}, true}});
    }
    Scope scope;
    scope.contexts = {{"github", Object{{{"event_name", event.name},
                                         {"repository", hub_.repository()},
                                         {"ref_name", "main"},
                                         {"event", event_of(event)}},
                                        true}},
                      {"needs", run.needs},
                      {"inputs", object_of(run.inputs)},
                      {"vars", object_of(variables)}};
    const auto has = [&](const char* result) {
      return std::find(results.begin(), results.end(), result) != results.end();
    };
    const bool needed_all =
        std::all_of(results.begin(), results.end(), [](const auto& one) { return one == "success"; });
    scope.standing = Standing{needed_all && !run.cancelled, has("failure"), run.cancelled};
    if (!holds(job.condition, scope)) {
      run.jobs.push_back({job.id, "skipped", {}, {}, {}});
      continue;
    }
    for (const Value& matrix : combinations(job.matrix, scope)) run.jobs.push_back(play_job(run, job, matrix));
  }

  Played played;
  std::vector<std::string> results;
  for (const JobPlayed& job : run.jobs) results.push_back(job.result);
  played.result = worst(results);
  played.jobs = std::move(run.jobs);
  hub_.record({run.number, file, event.name, event.at.rfc3339(), "completed", played.result});
  for (const auto& [name, files] : run.artifacts)
    for (const auto& [path, bytes] : files) traces_.push_back(bytes);
  fs::remove_all(run.folder);
  return played;
}

JobPlayed Player::play_job(Run& run, const Job& job, const Value& matrix) {
  Machine machine;
  machine.folder = run.folder + '/' + job.id + '-' + std::to_string(run.jobs.size());
  for (const char* part : {"workspace", "temp", "home"}) fs::create_directories(machine.folder + '/' + part);
  machine.permissions = permissions_of(run.workflow, job);
  machine.token = hub_.make_token(machine.permissions);
  if (hub_.may(machine.token, "contents", "write")) origin_.allow(machine.token);
  machine.environment = plain_environment(machine.folder + "/home");
  const std::string server = "https://github.com";
  const Object github{{{"event_name", run.event.name},
                       {"repository", hub_.repository()},
                       {"event", event_of(run.event)},
                       {"token", machine.token},
                       {"ref_name", "main"},
                       {"sha", run.sha},
                       {"run_id", std::to_string(run.number)},
                       {"workspace", machine.workspace()}},
                      true};
  for (const auto& [name, value] : Texts{{"CI", "true"},
                                         {"DAYBOOK_NOW", run.event.at.rfc3339()},
                                         {"GITHUB_ACTIONS", "true"},
                                         {"GITHUB_API_URL", hub_.api_url()},
                                         {"GITHUB_EVENT_NAME", run.event.name},
                                         {"GITHUB_JOB", job.id},
                                         {"GITHUB_REF", "refs/heads/main"},
                                         {"GITHUB_REF_NAME", "main"},
                                         {"GITHUB_REPOSITORY", hub_.repository()},
                                         {"GITHUB_RUN_ID", std::to_string(run.number)},
                                         {"GITHUB_SERVER_URL", server},
                                         {"GITHUB_SHA", run.sha},
                                         {"GITHUB_WORKFLOW", run.workflow.name},
                                         {"GITHUB_WORKSPACE", machine.workspace()},
                                         {"RUNNER_OS", "Linux"},
                                         {"RUNNER_TEMP", machine.folder + "/temp"}})
    machine.set(name, value);
  for (const auto& [name, value] : settings) machine.set(name, value);
  machine.scope.contexts = {{"github", github},
                            {"needs", run.needs},
                            {"inputs", object_of(run.inputs)},
                            {"vars", object_of(variables)},
                            {"secrets", object_of(secrets)},
                            {"matrix", matrix},
                            {"steps", Object{}}};
  for (const Texts* env : std::initializer_list<const Texts*>{&run.workflow.env, &job.env})
    for (const auto& [name, value] : *env) machine.set(name, expand(value, machine.scope));

  machine.played.id = job.id;
  for (const Step& step : job.steps) {
    if (machine.lost) break;
    play_step(run, machine, step);
  }
  JobPlayed played = std::move(machine.played);
  played.result = machine.lost || machine.failed ? "failure" : run.cancelled ? "cancelled" : "success";
  if (!machine.lost)
    for (const auto& [name, value] : job.outputs) set_text(played.outputs, name, expand(value, machine.scope));
  for (const auto& [name, value] : played.outputs) traces_.push_back(value);
  traces_.push_back(played.log());
  traces_.push_back(played.summary);
  hub_.revoke(machine.token);
  origin_.forbid(machine.token);
  return played;
}

void Player::play_step(Run& run, Machine& machine, const Step& step) {
  machine.scope.standing = Standing{!machine.failed && !run.cancelled, machine.failed, run.cancelled};
  StepPlayed played{step.title(), "skipped", {}};
  Object said;
  Texts outputs;
  if (holds(step.condition, machine.scope)) {
    const std::string log = machine.folder + "/temp/log";
    fs::remove(log);
    for (const char* file : {"OUTPUT", "ENV", "PATH", "STEP_SUMMARY"}) {
      const std::string path = machine.folder + "/temp/" + file;
      put(path, "");
      machine.set(std::string("GITHUB_") + file, path);
    }
    const Stop stop = before_step ? before_step(machine.played.id, step) : Stop::none;
    const Ending ending = stop == Stop::none ? act(run, machine, step, log) : Ending{1, stop};
    played.log = bytes_of(log);
    machine.played.summary += bytes_of(machine.folder + "/temp/STEP_SUMMARY");
    machine.lost = ending.stop == Stop::lost;
    run.cancelled = run.cancelled || ending.stop == Stop::cancelled;
    played.outcome = machine.lost                     ? "lost"
                     : ending.stop == Stop::cancelled ? "cancelled"
                     : ending.code == 0               ? "success"
                                                      : "failure";
    machine.failed = machine.failed || (played.outcome == "failure" && step.continue_on_error != "true");
    outputs = texts_in(machine.folder + "/temp/OUTPUT");
    for (const auto& [name, value] : texts_in(machine.folder + "/temp/ENV")) machine.set(name, value);
    for (const std::string& folder : lines_of(bytes_of(machine.folder + "/temp/PATH"))) {
      for (const auto& [name, value] : Variables(machine.environment))
        if (name == "PATH") machine.set("PATH", folder + ':' + value);
    }
  }
  for (const auto& [name, value] : outputs) traces_.push_back(value);
  if (!step.id.empty()) {
    machine.steps.members.push_back(
        {step.id,
         Object{{{"outputs", object_of(outputs)}, {"outcome", played.outcome}, {"conclusion", played.outcome}}, true}});
    machine.scope.contexts.back().value = machine.steps;
  }
  machine.played.steps.push_back(std::move(played));
}

Ending Player::act(Run& run, Machine& machine, const Step& step, const std::string& log) {
  if (!step.uses.empty()) {
    try {
      return use(run, machine, step, log);
    } catch (const std::runtime_error& fault) {
      put(log, std::string("::error::") + fault.what() + '\n');
      return {1, Stop::none};
    }
  }
  Command command;
  put(machine.folder + "/temp/step.sh", expand(step.run, machine.scope));
  command.arguments = {"bash", "--noprofile", "--norc", "-eo", "pipefail", machine.folder + "/temp/step.sh"};
  command.environment = machine.environment;
  for (const auto& [name, value] : step.env) {
    std::erase_if(command.environment, [&, key = name](const auto& known) { return known.first == key; });
    command.environment.emplace_back(name, expand(value, machine.scope));
  }
  command.folder = machine.workspace();
  command.log = log;
  if (!during_step) return rehearsal::run(command);
  return rehearsal::run(command, [&] { return during_step(machine.played.id, step, bytes_of(log)); });
}

void Player::check_out(Run& run, Machine& machine, const Texts& with) {
  const std::string asked = text_of(with, "repository");
  const bool own = asked.empty() || asked == hub_.repository();
  const auto other = other_repositories.find(asked);
  if (!own && other == other_repositories.end()) throw std::runtime_error("there is no repository " + asked);
  const std::string ref = text_of(with, "ref");
  const std::string path = text_of(with, "path");
  const std::string place = machine.workspace() + (path.empty() ? "" : '/' + path);
  std::vector<std::string> clone = {"git", "clone", "--quiet", "--depth", "1"};
  if (own || !ref.empty()) clone.insert(clone.end(), {"--branch", ref.empty() ? "main" : ref});
  clone.insert(clone.end(), {own ? origin_.url() : other->second, place});
  output_of({clone, machine.environment, machine.workspace(), {}});
  if (own && text_of(with, "persist-credentials") != "false")
    output_of({{"git", "config", "remote.origin.receivepack", Origin::receive_pack(machine.token)},
               machine.environment,
               place,
               {}});
  static_cast<void>(run);
}

Ending Player::use(Run& run, Machine& machine, const Step& step, const std::string& log) {
  Texts with;
  for (const auto& [name, value] : step.with) set_text(with, name, expand(value, machine.scope));
  const std::string action = name_of_action(step.uses);
  const std::string path = machine.workspace() + '/' + text_of(with, "path");
  if (action == "actions/checkout") {
    check_out(run, machine, with);
  } else if (action == "./.github/actions/setup-daybook") {
    if (!fs::exists(machine.workspace() + "/.github/actions/setup-daybook/action.yml"))
      throw std::runtime_error("the checkout has no action setup-daybook");
    put(machine.folder + "/temp/PATH", fs::path(DAYBOOK_BINARY).parent_path().string() + '\n');
  } else if (action == "actions/upload-pages-artifact") {
    run.artifacts["github-pages"] = packed(path);
  } else if (action == "actions/upload-artifact") {
    Files files = packed(path);
    if (!files.empty()) run.artifacts[text_of(with, "name")] = std::move(files);
  } else if (action == "actions/download-artifact") {
    for (const auto& [name, files] : run.artifacts)
      if (fits(text_of(with, "pattern"), name))
        for (const auto& [file, bytes] : files) put(path + '/' + file, bytes);
  } else if (action == "actions/deploy-pages") {
    for (const char* permission : {"pages", "id-token"})
      if (!hub_.may(machine.token, permission, "write"))
        throw std::runtime_error(std::string("deploy-pages needs ") + permission + ": write");
    if (!hub_.pages().on || hub_.pages().build_type != "workflow") throw std::runtime_error("Pages are off: 404");
    if (run.artifacts.count("github-pages") == 0) throw std::runtime_error("there is no artifact github-pages");
    hub_.deploy(run.artifacts["github-pages"]);
  } else {
    throw std::logic_error("the rehearsal does not know the action " + action);
  }
  put(log, "");
  return {};
}

bool Player::leaked(const std::string& secret) const {
  const auto has = [&](const std::string& text) { return text.find(secret) != std::string::npos; };
  if (std::any_of(traces_.begin(), traces_.end(), has) || origin_.holds(secret)) return true;
  for (const Issue& issue : hub_.issues()) {
    if (has(issue.title) || has(issue.body)) return true;
    if (std::any_of(issue.comments.begin(), issue.comments.end(), has)) return true;
  }
  return false;
}

}  // namespace daybook::rehearsal
