#include "rehearsal/player.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "rehearsal/actions.h"
#include "rehearsal/commands.h"
#include "rehearsal/expression.h"
#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

// Whose turn it is, of two. Who has ended has none any more.
class Turns {
 public:
  void wait_for(std::size_t who) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return turn_ == who || ended_[1 - who]; });
  }
  void pass(std::size_t who) {
    const std::lock_guard lock(mutex_);
    turn_ = 1 - who;
    changed_.notify_all();
  }
  void end(std::size_t who) {
    const std::lock_guard lock(mutex_);
    ended_[who] = true;
    turn_ = 1 - who;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t turn_ = 0;
  bool ended_[2] = {false, false};
};

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

std::string worst(const std::vector<std::string>& results) {
  for (const char* one : {"failure", "cancelled", "success"})
    if (std::find(results.begin(), results.end(), one) != results.end()) return one;
  return "skipped";
}

struct Hooks {
  std::function<Stop(const std::string& job, const Step&)> before_step = {};
  std::function<void()> after_step = {};
  std::function<Stop(const std::string& job, const Step&, const std::string& log)> during_step = {};
};

// What a job knows of the run around it.
struct JobSetting {
  const Workflow& workflow;
  const Job& job;
  const Event& event;
  const Hooks& hooks;
  int run = 0;
  std::string name;       // with the matrix, "score (1)"
  std::string folder;     // of the job
  std::string artifacts;  // the folder of the run's
  std::string sha;
  Scope around;  // github (without its token), needs, inputs, vars, matrix
};

}  // namespace

// One job on a machine of its own, which is thrown away when it is done.
class JobPlayer {
 public:
  JobPlayer(Player& player, const JobSetting& setting)
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

  ~JobPlayer() {
    player_.hub_.revoke(token_);
    player_.origin_.forbid(token_);
    std::error_code ignored;
    std::filesystem::remove_all(setting_.folder, ignored);
  }

  JobPlayed play() {
    for (const Step& step : setting_.job.steps) job_.steps.push_back({.title = step.title(), .id = step.id});
    for (std::size_t i = 0; i < job_.steps.size() && !lost_; ++i) play_step(setting_.job.steps[i], job_.steps[i]);
    job_.result = failed_ || lost_ ? "failure" : cancelled_ ? "cancelled" : "success";
    if (!lost_) fill_outputs();
    player_.leave_trace(job_.log() + job_.summary);
    for (const StepPlayed& step : job_.steps)
      for (const auto& [_, text] : step.outputs) player_.leave_trace(text);
    return job_;
  }

  JobPlayer(const JobPlayer&) = delete;
  JobPlayer& operator=(const JobPlayer&) = delete;
  bool was_cancelled() const { return cancelled_; }

 private:
  void play_step(const Step& step, StepPlayed& played) {
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
    failed_ = failed_ || played.outcome == "failure";
    if (setting_.hooks.after_step) setting_.hooks.after_step();
  }

  void run_script(const Step& step, const Variables& variables, StepPlayed& played) {
    put(path("temp/step.sh"), expand(step.run, full_scope()));
    // Only who names bash gets the stricter one.
    Command command;
    command.arguments = {"bash", "-e", path("temp/step.sh")};
    if (setting_.workflow.strict)
      command.arguments = {"bash", "--noprofile", "--norc", "-eo", "pipefail", path("temp/step.sh")};
    command.environment = variables;
    command.folder = workspace_;
    command.log = path("temp/log");
    std::function<Stop()> watch;
    if (setting_.hooks.during_step)
      watch = [&] { return setting_.hooks.during_step(job_.id, step, bytes_of(command.log)); };
    const Ending ending = rehearsal::run(command, watch);
    played.outcome = ending.code == 0 ? "success" : "failure";
    if (ending.stop != Stop::none) stop(ending.stop, played);
  }

  void use(const Step& step, const Variables& variables, StepPlayed& played) {
    Texts with;
    for (const auto& [name, text] : step.with) with.emplace_back(name, expand(text, full_scope()));
    const ActionPlace place{
        player_.origin_, player_.hub_, player_.other_repositories, setting_.artifacts, workspace_,       path("temp"),
        token_,          setting_.sha, setting_.job.environment,   variables,          path("temp/log"), path_};
    Used used = use_action(step.uses, with, place);
    played.outcome = used.well ? "success" : "failure";
    played.outputs = std::move(used.outputs);
  }

  void stop(Stop how, StepPlayed& played) {
    played.outcome = how == Stop::cancelled ? "cancelled" : "lost";
    cancelled_ = cancelled_ || how == Stop::cancelled;
    lost_ = how == Stop::lost;
  }

  // What the step left in the files that the runner gave it.
  void take_commands(StepPlayed& played) {
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

  void fill_outputs() {
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

  Texts secrets() const {
    Texts all = player_.secrets;
    all.emplace_back("GITHUB_TOKEN", token_);
    return all;
  }

  // Steps that have not run yet are null; one that is misspelt is a fault.
  Scope scope() const {
    Scope scope = setting_.around;
    scope.add("github", {{"token", token_}});
    scope.add("env", environment_);
    scope.open.emplace_back("env.");
    for (const Step& step : setting_.job.steps)
      if (!step.id.empty()) scope.open.push_back("steps." + step.id + '.');
    for (const StepPlayed& played : job_.steps) {
      if (played.id.empty()) continue;
      scope.add("steps." + played.id, {{"outcome", played.outcome}});
      scope.add("steps." + played.id + ".outputs", played.outputs);
    }
    scope.add("runner", {{"temp", path("temp")}});
    scope.standing = Standing{!failed_ && !cancelled_, failed_, cancelled_};
    return scope;
  }

  Scope full_scope() const {
    Scope full = scope();
    full.add("secrets", secrets());
    full.open.emplace_back("secrets.");
    return full;
  }

  // https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
  Texts runner_variables() const {
    const std::string& repository = player_.hub_.repository();
    const std::string now = setting_.event.at.rfc3339();
    // For git, which does not read all years.
    const std::string git_time = '@' + std::to_string(setting_.event.at.seconds) + " +0000";
    const std::string run = std::to_string(setting_.run);
    return {{"CI", "true"},
            {"GITHUB_ACTIONS", "true"},
            {"GITHUB_API_URL", player_.hub_.api_url()},
            {"GITHUB_SERVER_URL", "https://github.com"},
            {"GITHUB_REPOSITORY", repository},
            {"GITHUB_JOB", setting_.job.id},
            {"GITHUB_RUN_ID", run},
            {"GITHUB_EVENT_NAME", setting_.event.name},
            {"GITHUB_REF_NAME", "main"},
            {"GITHUB_SHA", setting_.sha},
            {"GITHUB_WORKSPACE", workspace_},
            {"GITHUB_OUTPUT", command_file("output")},
            {"GITHUB_ENV", command_file("env")},
            {"GITHUB_PATH", command_file("path")},
            {"GITHUB_STEP_SUMMARY", command_file("summary")},
            {"RUNNER_TEMP", path("temp")},
            // The rehearsal's own: the time, and no way to anything but loopback.
            {"DAYBOOK_NOW", now},
            {"GIT_AUTHOR_DATE", git_time},
            {"GIT_COMMITTER_DATE", git_time},
            {"http_proxy", "http://127.0.0.1:9"},
            {"https_proxy", "http://127.0.0.1:9"},
            {"no_proxy", "127.0.0.1"}};
  }

  Variables step_variables(const Step& step) const {
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

  std::string path(const std::string& name) const { return setting_.folder + '/' + name; }
  std::string command_file(const std::string& name) const { return path("temp/_runner_file_commands/" + name); }

  Player& player_;
  const JobSetting& setting_;
  const std::string workspace_;
  std::string token_;
  Texts environment_;              // the workflow's, the job's, and GITHUB_ENV
  std::vector<std::string> path_;  // GITHUB_PATH
  JobPlayed job_;
  bool failed_ = false;
  bool cancelled_ = false;
  bool lost_ = false;
};

// One run of a workflow: its jobs, in the order of their needs.
class RunPlayer {
 public:
  // Fails where GitHub would not start the run: on an event or an input that the file does not have.
  RunPlayer(Player& player, const std::string& file, const Event& event, Hooks hooks)
      : player_(player),
        event_(event),
        hooks_(std::move(hooks)),
        workflow_(read_workflow(file, player.origin_.git({"show", "main:.github/workflows/" + file}))),
        sha_(player.origin_.tip("main")) {
    check_event();
  }

  Played play() {
    number_ = player_.next_number();
    folder_ = player_.folder() + "/run-" + std::to_string(number_);
    const auto record = [&](const char* status) {
      player_.hub_.record({number_, workflow_.file, event_.name, event_.at.rfc3339(), status, played_.result});
    };
    record("in_progress");
    play_jobs();
    record("completed");
    leave_traces();
    return played_;
  }

 private:
  // Of whole jobs, all of their matrix together.
  struct Result {
    std::string id;
    std::string result;
    Texts outputs;
  };
  void check_event() {
    const auto& events = workflow_.events;
    if (std::find(events.begin(), events.end(), event_.name) == events.end())
      throw std::runtime_error(workflow_.file + " does not run on " + event_.name);
    for (const auto& [name, value] : event_.inputs) {
      const auto known = std::find_if(workflow_.inputs.begin(), workflow_.inputs.end(),
                                      [&, &input = name](const DispatchInput& one) { return one.name == input; });
      if (known == workflow_.inputs.end()) throw std::runtime_error("422 Unexpected inputs provided: " + name);
      const auto& options = known->options;
      if (!options.empty() && std::find(options.begin(), options.end(), value) == options.end())
        throw std::runtime_error("422 Provided value '" + value + "' for input '" + name +
                                 "' not in the list of allowed values");
    }
  }

  void leave_traces() {
    if (std::filesystem::exists(folder_))
      for (auto& [_, bytes] : contents(folder_)) player_.leave_trace(std::move(bytes));
    std::filesystem::remove_all(folder_);
  }

  void play_jobs() {
    while (results_.size() < workflow_.jobs.size()) {
      const std::size_t before = results_.size();
      for (const Job& job : workflow_.jobs)
        if (ready(job)) play_job(job);
      if (results_.size() == before) throw std::runtime_error(workflow_.file + ": jobs need one another in a circle");
    }
    std::vector<std::string> results;
    for (const Result& one : results_) results.push_back(one.result);
    played_.result = worst(results);
  }

  bool ready(const Job& job) const {
    const auto done = [&](const std::string& id) {
      return std::any_of(results_.begin(), results_.end(), [&](const Result& one) { return one.id == id; });
    };
    return !done(job.id) && std::all_of(job.needs.begin(), job.needs.end(), done);
  }

  std::vector<std::string> ancestors(const Job& job) const {
    std::vector<std::string> all = job.needs;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (const Job& one : workflow_.jobs)
        if (one.id == all[i]) all.insert(all.end(), one.needs.begin(), one.needs.end());
    return all;
  }

  Standing standing(const Job& job) const {
    Standing standing{!cancelled_, false, cancelled_};
    for (const std::string& id : ancestors(job))
      for (const Result& one : results_) {
        if (one.id != id) continue;
        standing.success = standing.success && one.result == "success";
        standing.failure = standing.failure || one.result == "failure";
      }
    return standing;
  }

  void play_job(const Job& job) {
    Result result{job.id, "skipped", {}};
    Scope around = scope(job);
    around.standing = standing(job);
    if (!holds(job.condition, around)) {
      played_.jobs.push_back({.id = job.id, .name = job.id});
      results_.push_back(result);
      return;
    }
    std::vector<std::string> results;
    for (const Texts& matrix : combinations(job)) {
      played_.jobs.push_back(play_on_machine(job, matrix));
      results.push_back(played_.jobs.back().result);
      // Of one name in several of a matrix, the last that is not empty counts.
      for (const auto& [output, text] : played_.jobs.back().outputs)
        if (!text.empty()) set_text(result.outputs, output, text);
    }
    result.result = worst(results);
    results_.push_back(result);
  }

  JobPlayed play_on_machine(const Job& job, const Texts& matrix) {
    std::string values;
    for (const auto& [_, value] : matrix) values += (values.empty() ? "" : ", ") + value;
    const std::string machine = folder_ + '/' + job.id + '-' + std::to_string(played_.jobs.size());
    Scope around = scope(job);
    around.add("matrix", matrix);
    const JobSetting setting{workflow_, job,
                             event_,    hooks_,
                             number_,   values.empty() ? job.id : job.id + " (" + values + ')',
                             machine,   folder_ + "/artifacts",
                             sha_,      around};
    JobPlayer player(player_, setting);
    JobPlayed played = player.play();
    cancelled_ = cancelled_ || player.was_cancelled();
    return played;
  }

  // Each value of each name with each of the others; one without names, where there is no matrix. No failure ends the
  // others, as with fail-fast: false.
  std::vector<Texts> combinations(const Job& job) const {
    std::vector<Texts> all(1);
    for (const Dimension& dimension : job.matrix) {
      const auto values =
          dimension.expression.empty() ? dimension.values : members_of_list(expand(dimension.expression, scope(job)));
      std::vector<Texts> more;
      for (const Texts& one : all)
        for (const std::string& value : values) {
          more.push_back(one);
          more.back().emplace_back(dimension.name, value);
        }
      all = std::move(more);
    }
    return all;
  }

  // What all of the job's expressions can speak of.
  Scope scope(const Job& job) const {
    const std::string& repository = player_.hub_.repository();
    Scope scope;
    scope.add("github", {{"event_name", event_.name},
                         {"sha", sha_},
                         {"ref", "refs/heads/main"},
                         {"ref_name", "main"},
                         {"repository", repository},
                         {"run_id", std::to_string(number_)}});
    // A schedule's event has nothing of what the others have.
    scope.open = {"github.event.", "vars."};
    if (event_.name != "schedule") {
      scope.values["github.event.created"] = false;
      scope.add("github.event.repository", {{"default_branch", "main"}});
      scope.add("github.event.issue", {{"body", event_.body}});
    }
    scope.add("vars", player_.variables);
    // Outside of workflow_dispatch all inputs are null.
    for (const DispatchInput& one : workflow_.inputs) {
      const std::string given = text_of(event_.inputs, one.name);
      scope.values["inputs." + one.name] =
          event_.name != "workflow_dispatch" ? Value() : Value(given.empty() ? one.value : given);
    }
    for (const std::string& id : job.needs)
      for (const Result& one : results_) {
        if (one.id != id) continue;
        scope.values["needs." + id + ".result"] = one.result;
        for (const Job& needed : workflow_.jobs)
          for (const auto& [name, _] : needed.outputs)
            if (needed.id == id) scope.values["needs." + id + ".outputs." + name] = text_of(one.outputs, name);
      }
    return scope;
  }

  Player& player_;
  const Event event_;
  const Hooks hooks_;
  const Workflow workflow_;
  const std::string sha_;
  int number_ = 0;
  std::string folder_;
  Played played_;
  bool cancelled_ = false;
  std::vector<Result> results_;
};

const StepPlayed& JobPlayed::step(const std::string& wanted) const {
  for (const StepPlayed& step : steps)
    if (step.id == wanted || step.title == wanted) return step;
  throw std::runtime_error("the job " + id + " has no step \"" + wanted + '"');
}

std::string JobPlayed::log() const {
  std::string all;
  for (const StepPlayed& step : steps) all += step.log;
  return all;
}

std::vector<std::string> JobPlayed::annotations() const { return annotations_in(log()); }

const JobPlayed& Played::job(const std::string& wanted) const {
  for (const JobPlayed& job : jobs)
    if (job.id == wanted || job.name == wanted) return job;
  throw std::runtime_error("no job \"" + wanted + "\" was played");
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
  return RunPlayer(*this, file, event, {before_step, {}, during_step}).play();
}

std::pair<Played, Played> Player::play_side_by_side(const std::string& file, const Event& one, const Event& other) {
  Turns turns;
  Played played[2];
  std::exception_ptr failures[2];
  const auto play_one = [&](std::size_t who, const Event& event) {
    Hooks hooks;
    hooks.before_step = [&, who](const std::string&, const Step&) {
      turns.wait_for(who);
      return Stop::none;
    };
    hooks.after_step = [&, who] { turns.pass(who); };
    try {
      played[who] = RunPlayer(*this, file, event, hooks).play();
    } catch (...) {
      failures[who] = std::current_exception();
    }
    turns.end(who);
  };
  std::thread second([&] { play_one(1, other); });
  play_one(0, one);
  second.join();
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
  return {played[0], played[1]};
}

void Player::leave_trace(std::string text) {
  const std::lock_guard lock(mutex_);
  traces_.push_back(std::move(text));
}

int Player::next_number() {
  const std::lock_guard lock(mutex_);
  return ++runs_;
}

bool Player::leaked(const std::string& secret) const {
  const auto has = [&](const std::string& text) { return text.find(secret) != std::string::npos; };
  const std::lock_guard lock(mutex_);
  Searched& searched = searched_[secret];
  for (; searched.traces < traces_.size(); ++searched.traces)
    searched.found = searched.found || has(traces_[searched.traces]);
  searched.found = searched.found || origin_.new_objects_hold(secret, searched.objects);
  if (searched.found) return true;
  for (const Issue& issue : hub_.issues()) {
    if (has(issue.title) || has(issue.body)) return true;
    if (std::any_of(issue.comments.begin(), issue.comments.end(), [&](const Comment& one) { return has(one.body); }))
      return true;
  }
  const auto site = hub_.site();
  return site && std::any_of(site->begin(), site->end(), [&](const auto& file) { return has(file.second); });
}

}  // namespace daybook::rehearsal
