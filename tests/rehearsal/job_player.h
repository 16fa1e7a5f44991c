// One job on a machine of its own, which is thrown away when it is done.
#pragma once

#include <string>
#include <vector>

#include "rehearsal/expression.h"
#include "rehearsal/player.h"

namespace daybook::rehearsal {

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
  std::vector<Member> contexts;  // github (without what the job adds), needs, inputs, vars, matrix
};

class JobPlayer {
 public:
  JobPlayer(Player& player, const JobSetting& setting);
  ~JobPlayer();
  JobPlayer(const JobPlayer&) = delete;
  JobPlayer& operator=(const JobPlayer&) = delete;

  JobPlayed play();
  bool was_cancelled() const { return cancelled_; }

 private:
  void play_step(const Step& step, StepPlayed& played);
  void run_script(const Step& step, const Variables& variables, StepPlayed& played);
  void use(const Step& step, const Variables& variables, StepPlayed& played);
  void take_commands(StepPlayed& played);
  void stop(Stop how, StepPlayed& played);
  void fill_outputs();

  Texts runner_variables() const;
  Variables step_variables(const Step& step) const;
  Texts secrets() const;
  Scope scope() const;       // of an `if`, where there are no secrets
  Scope full_scope() const;  // of all else
  Value steps_context() const;
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

}  // namespace daybook::rehearsal
