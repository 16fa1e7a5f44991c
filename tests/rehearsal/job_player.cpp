#include "rehearsal/job_player.h"

#include <filesystem>
#include <stdexcept>

#include "rehearsal/actions.h"
#include "rehearsal/commands.h"
#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

// A larger summary is not shown: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
constexpr std::size_t summary_max = std::size_t{1024} * 1024;

void add(Texts& texts, const Texts& more) {
  for (const auto& [name, text] : more) set_text(texts, name, text);
}

// Where nothing is said, what GitHub grants in a new repository.
Texts permissions_of(const Workflow& workflow, const Job& job) {
  if (job.permissions) return *job.permissions;
  return workflow.permissions.value_or(Texts{{"contents", "read"}, {"packages", "read"}});
}

}  // namespace

JobPlayer::JobPlayer(Player& player, const JobSetting& setting)
    : player_(player), setting_(setting), workspace_(setting.folder + "/workspace") {
  job_.id = setting.job.id;
  job_.name = setting.name;
  for (const char* made : {"workspace", "temp/_runner_file_commands", "home"})
    std::filesystem::create_directories(path(made));
  token_ = player.hub_.make_token(permissions_of(setting.workflow, setting.job));
  if (player.hub_.may(token_, "contents", "write")) player.origin_.allow(token_);
  const Scope around = full_scope();
  for (const auto& [name, text] : setting.workflow.env) set_text(environment_, name, expand(text, around));
  for (const auto& [name, text] : setting.job.env) set_text(environment_, name, expand(text, around));
}

JobPlayer::~JobPlayer() {
  player_.hub_.revoke(token_);
  player_.origin_.forbid(token_);
  std::error_code ignored;
  std::filesystem::remove_all(setting_.folder, ignored);
}

JobPlayed JobPlayer::play() {
  for (const Step& step : setting_.job.steps) job_.steps.push_back({.title = step.title(), .id = step.id});
  for (std::size_t i = 0; i < job_.steps.size() && !lost_; ++i) play_step(setting_.job.steps[i], job_.steps[i]);
  job_.result = failed_ || lost_ ? "failure" : cancelled_ ? "cancelled" : "success";
  if (!lost_) fill_outputs();
  player_.leave_trace(job_.log() + job_.summary);
  for (const StepPlayed& step : job_.steps)
    for (const auto& [_, text] : step.outputs) player_.leave_trace(text);
  return job_;
}

void JobPlayer::play_step(const Step& step, StepPlayed& played) {
  if (!holds(step.condition, scope())) return;
  const Stop before = setting_.hooks.before_step ? setting_.hooks.before_step(job_.id, step) : Stop::none;
  for (const char* file : {"output", "env", "path", "summary"}) put(command_file(file), "");
  put(path("temp/log"), "");
  if (before != Stop::none) {
    stop(before, played);
  } else if (step.uses.empty()) {
    run_script(step, step_variables(step), played);
  } else {
    use(step, step_variables(step), played);
  }
  played.log = bytes_of(path("temp/log"));
  if (!lost_) take_commands(played);
  played.conclusion = played.outcome;
  if (played.outcome == "failure" && expand(step.continue_on_error, full_scope()) == "true")
    played.conclusion = "success";
  failed_ = failed_ || played.conclusion == "failure";
  if (setting_.hooks.after_step) setting_.hooks.after_step();
}

void JobPlayer::run_script(const Step& step, const Variables& variables, StepPlayed& played) {
  put(path("temp/step.sh"), expand(step.run, full_scope()));
  const std::string shell = step.shell.empty() ? setting_.job.shell : step.shell;
  if (!shell.empty() && shell != "bash") throw std::runtime_error("the rehearsal has no shell \"" + shell + '"');
  // Only who names it gets the stricter one.
  Command command;
  command.arguments = {"bash", "-e", path("temp/step.sh")};
  if (shell == "bash") command.arguments = {"bash", "--noprofile", "--norc", "-eo", "pipefail", path("temp/step.sh")};
  command.environment = variables;
  command.folder = workspace_ + (step.working_directory.empty() ? "" : '/' + step.working_directory);
  command.log = path("temp/log");
  std::function<Stop()> watch;
  if (setting_.hooks.during_step)
    watch = [&] { return setting_.hooks.during_step(job_.id, step, bytes_of(command.log)); };
  const Ending ending = rehearsal::run(command, watch);
  played.outcome = ending.code == 0 ? "success" : "failure";
  if (ending.stop != Stop::none) stop(ending.stop, played);
}

void JobPlayer::use(const Step& step, const Variables& variables, StepPlayed& played) {
  Texts with;
  for (const auto& [name, text] : step.with) with.emplace_back(name, expand(text, full_scope()));
  const ActionPlace place{
      player_.origin_, player_.hub_, player_.other_repositories, setting_.artifacts, workspace_,       path("temp"),
      token_,          setting_.sha, setting_.job.environment,   variables,          path("temp/log"), path_};
  Used used = use_action(step.uses, with, place);
  played.outcome = used.well ? "success" : "failure";
  played.outputs = std::move(used.outputs);
}

void JobPlayer::stop(Stop how, StepPlayed& played) {
  played.outcome = how == Stop::cancelled ? "cancelled" : "lost";
  cancelled_ = cancelled_ || how == Stop::cancelled;
  lost_ = how == Stop::lost;
}

// What the step left in the files that the runner gave it.
void JobPlayer::take_commands(StepPlayed& played) {
  if (const std::string off = turned_off_command_in(played.log); !off.empty())
    throw std::runtime_error(played.title + ": GitHub has turned ::" + off + ":: off");
  const CommandFile outputs = read_command_file(bytes_of(command_file("output")));
  const CommandFile variables = read_command_file(bytes_of(command_file("env")));
  for (const auto* file : {&outputs, &variables}) {
    if (file->fault.empty()) continue;
    played.outcome = "failure";
    played.log += "::error::Unable to process file command successfully. " + file->fault + '\n';
  }
  add(played.outputs, outputs.values);
  add(environment_, variables.values);
  for (const std::string& folder : lines_of(bytes_of(command_file("path")))) path_.insert(path_.begin(), folder);
  const std::string summary = bytes_of(command_file("summary"));
  if (summary.size() <= summary_max)
    job_.summary += summary;
  else
    played.log += "::error::$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k\n";
}

void JobPlayer::fill_outputs() {
  Scope around = full_scope();
  around.standing.reset();
  for (const auto& [name, text] : setting_.job.outputs) {
    std::string value = expand(text, around);
    player_.leave_trace(value);
    // GitHub hands no secret on from job to job.
    for (const auto& [_, secret] : secrets())
      if (!secret.empty() && value.find(secret) != std::string::npos) value.clear();
    job_.outputs.emplace_back(name, value);
  }
  if (!setting_.job.environment_url.empty()) expand(setting_.job.environment_url, around);
}

// Steps that have not run yet are null; one that is misspelt is a fault.
Value JobPlayer::steps_context() const {
  Object steps;
  steps.complete = true;
  for (const Step& step : setting_.job.steps) {
    if (step.id.empty()) continue;
    Object entry;
    for (const StepPlayed& played : job_.steps)
      if (played.id == step.id)
        entry.members = {
            {"outputs", object_of(played.outputs)}, {"outcome", played.outcome}, {"conclusion", played.conclusion}};
    steps.members.push_back({step.id, entry});
  }
  return steps;
}

Texts JobPlayer::secrets() const {
  Texts all = player_.secrets;
  all.emplace_back("GITHUB_TOKEN", token_);
  return all;
}

Scope JobPlayer::scope() const {
  Scope scope;
  for (const Member& one : setting_.contexts) {
    scope.contexts.push_back(one);
    if (one.name != "github") continue;
    auto& github = std::get<Object>(scope.contexts.back().value.is);
    for (const auto& [name, text] : Texts{{"token", token_}, {"job", setting_.job.id}, {"workspace", workspace_}})
      github.members.push_back({name, text});
  }
  scope.contexts.push_back({"env", object_of(environment_)});
  scope.contexts.push_back({"steps", steps_context()});
  const char* status = failed_ ? "failure" : cancelled_ ? "cancelled" : "success";
  scope.contexts.push_back({"job", object_of({{"status", status}}, true)});
  scope.contexts.push_back({"runner", object_of({{"os", "Linux"}, {"arch", "X64"}, {"temp", path("temp")}}, true)});
  scope.standing = Standing{!failed_ && !cancelled_, failed_, cancelled_};
  return scope;
}

Scope JobPlayer::full_scope() const {
  Scope full = scope();
  full.contexts.push_back({"secrets", object_of(secrets())});
  return full;
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
Texts JobPlayer::runner_variables() const {
  const std::string& repository = player_.hub_.repository();
  const std::string now = setting_.event.at.rfc3339();
  // For git, which does not read all years.
  const std::string git_time = '@' + std::to_string(setting_.event.at.seconds) + " +0000";
  const std::string run = std::to_string(setting_.run);
  return {{"CI", "true"},
          {"GITHUB_ACTIONS", "true"},
          {"GITHUB_ACTOR", bot},
          {"GITHUB_API_URL", player_.hub_.api_url()},
          {"GITHUB_SERVER_URL", "https://github.com"},
          {"GITHUB_REPOSITORY", repository},
          {"GITHUB_REPOSITORY_OWNER", repository.substr(0, repository.find('/'))},
          {"GITHUB_WORKFLOW", setting_.workflow.name},
          {"GITHUB_JOB", setting_.job.id},
          {"GITHUB_RUN_ID", run},
          {"GITHUB_RUN_NUMBER", run},
          {"GITHUB_RUN_ATTEMPT", "1"},
          {"GITHUB_EVENT_NAME", setting_.event.name},
          {"GITHUB_REF", "refs/heads/main"},
          {"GITHUB_REF_NAME", "main"},
          {"GITHUB_REF_TYPE", "branch"},
          {"GITHUB_SHA", setting_.sha},
          {"GITHUB_WORKSPACE", workspace_},
          {"GITHUB_OUTPUT", command_file("output")},
          {"GITHUB_ENV", command_file("env")},
          {"GITHUB_PATH", command_file("path")},
          {"GITHUB_STEP_SUMMARY", command_file("summary")},
          {"RUNNER_TEMP", path("temp")},
          {"RUNNER_OS", "Linux"},
          {"RUNNER_ARCH", "X64"},
          // The rehearsal's own: the time, and no way to anything but loopback.
          {"DAYBOOK_NOW", now},
          {"GIT_AUTHOR_DATE", git_time},
          {"GIT_COMMITTER_DATE", git_time},
          {"http_proxy", "http://127.0.0.1:9"},
          {"https_proxy", "http://127.0.0.1:9"},
          {"no_proxy", "127.0.0.1"}};
}

Variables JobPlayer::step_variables(const Step& step) const {
  Texts all;
  add(all, plain_environment(path("home")));
  add(all, runner_variables());
  add(all, player_.settings);
  add(all, environment_);
  const Scope around = full_scope();
  for (const auto& [name, text] : step.env) set_text(all, name, expand(text, around));
  std::string folders;
  for (const std::string& one : path_) folders += one + ':';
  set_text(all, "PATH", folders + text_of(all, "PATH"));
  return all;
}

}  // namespace daybook::rehearsal
