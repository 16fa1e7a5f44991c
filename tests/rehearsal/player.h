// Plays workflow files as GitHub's runners do: each job on a machine of its own, with the scripts that its steps run,
// and stand-ins for the actions that they use. What GitHub refuses (a function where it is not allowed, an input that
// is none, a permission that the job does not have), it refuses too; what it does not know, it throws, which fails the
// test. https://docs.github.com/en/actions/reference/workflows-and-actions
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/date.h"
#include "rehearsal/hub.h"
#include "rehearsal/origin.h"
#include "rehearsal/process.h"
#include "rehearsal/workflow.h"

namespace daybook::rehearsal {

// What starts a run.
struct Event {
  std::string name = "schedule";
  Instant at = {};
  Texts inputs = {};      // of a workflow_dispatch
  std::string body = {};  // of the issue, where the event is `issues`
};

// Outcomes and results are GitHub's words: "success", "failure", "cancelled", "skipped"; a step may be "lost" too: its
// machine was gone.
struct StepPlayed {
  std::string title;
  std::string id = {};
  std::string outcome = "skipped";
  std::string log = {};  // nothing is masked in it
  Texts outputs = {};
};

struct JobPlayed {
  std::string id;
  std::string result = "skipped";
  Texts outputs = {};
  std::vector<StepPlayed> steps = {};
  std::string summary = {};
  std::string name = {};                                // of one of a matrix: "score (1)"
  const StepPlayed& step(const std::string& id) const;  // or of that title; fails where there is none
  std::string log() const;
  // "error: text", "warning: file=a.toml,line=3 text": its annotations, with their line breaks.
  std::vector<std::string> annotations() const;
};

struct Played {
  std::string result;                                 // of the whole: the worst of its jobs
  std::vector<JobPlayed> jobs;                        // of a matrix: one after the other
  const JobPlayed& job(const std::string& id) const;  // or of that name; fails where there is none
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

  // Whatever its concurrency group, which the rehearsal does not know.
  Played play(const std::string& file, const Event& event);
  // Both at once: a step of the one, a step of the other, as if there were no groups.
  std::pair<Played, Played> play_side_by_side(const std::string& file, const Event& one, const Event& other);

  // Whether anything that was logged, summed up, handed on or kept has this text.
  bool leaked(const std::string& secret) const;
  const std::string& folder() const { return folder_; }  // of the machines that work now

 private:
  friend class RunPlayer;
  friend class JobPlayer;

  // What was found clean is not read again.
  struct Searched {
    std::size_t traces = 0;
    std::set<std::string> objects = {};
    bool found = false;
  };

  void leave_trace(std::string text);
  int next_number();

  Hub& hub_;
  Origin& origin_;
  const std::string folder_;
  mutable std::mutex mutex_;  // guards what follows
  int runs_ = 0;
  std::vector<std::string> traces_;  // all that may not have a secret in it
  mutable std::map<std::string, Searched> searched_;
};

}  // namespace daybook::rehearsal
