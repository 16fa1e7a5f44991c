// Plays workflow files as GitHub's runners do: each job on a machine of its own, with the scripts that its steps run,
// and stand-ins for the actions that they use. https://docs.github.com/en/actions/reference/workflows-and-actions
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "rehearsal/expression.h"
#include "rehearsal/hub.h"
#include "rehearsal/origin.h"
#include "rehearsal/process.h"
#include "rehearsal/workflow.h"

namespace daybook::rehearsal {

// What starts a run.
struct Event {
  std::string name = "schedule";
  Instant at;
  Texts inputs = {};          // of a workflow_dispatch
  bool makes_branch = false;  // of a push: it made the branch
};

struct StepPlayed {
  std::string title;
  std::string outcome;  // "success", "failure", "cancelled", "skipped", "lost": the machine was gone
  std::string log;
};

struct JobPlayed {
  std::string id;
  std::string result;  // "success", "failure", "cancelled", "skipped"
  Texts outputs;
  std::vector<StepPlayed> steps;
  std::string summary;
  std::string log() const;
  // "error: text", "warning: file=a.toml,line=3 text": its annotations, with their line breaks.
  std::vector<std::string> annotations() const;
};

struct Played {
  std::string result;                                 // of the whole: the worst of its jobs
  std::vector<JobPlayed> jobs;                        // of a matrix: one after the other
  const JobPlayed& job(const std::string& id) const;  // fails where there is none
  std::string log() const;
  std::vector<std::string> annotations() const;
};

class Player {
 public:
  Player(Hub& hub, Origin& origin, std::string folder);

  Texts secrets;
  Texts variables;
  // More of the machine's environment: where DAYBOOK_PAUSE is set, scripts wait no longer than that.
  Texts settings = {{"DAYBOOK_PAUSE", "0.05"}};
  std::map<std::string, std::string> other_repositories;  // "bob/old" -> address to clone

  // Called before each step that is run; what it does is done while the machine waits. It may play other workflows, and
  // say how the machine stops here.
  std::function<Stop(const std::string& job, const Step&)> before_step;
  // Asked all the while a step runs, with its log so far.
  std::function<Stop(const std::string& job, const Step&, const std::string& log)> during_step;

  Played play(const std::string& file, const Event& event);
  const std::string& folder() const { return folder_; }  // of the machines that work now

  // Whether anything that was logged, summed up, handed on or kept has this text.
  bool leaked(const std::string& secret) const;

 private:
  struct Machine;
  struct Run;
  JobPlayed play_job(Run& run, const Job& job, const Value& matrix);
  void play_step(Run& run, Machine& machine, const Step& step);
  Ending act(Run& run, Machine& machine, const Step& step, const std::string& log);
  Ending use(Run& run, Machine& machine, const Step& step, const std::string& log);
  void check_out(Run& run, Machine& machine, const Texts& with);

  Hub& hub_;
  Origin& origin_;
  const std::string folder_;
  int runs_ = 0;
  std::vector<std::string> traces_;  // all that may not have a secret in it
};

}  // namespace daybook::rehearsal
